from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from app.routers import parcels, reports, tracking, webhooks
from app.settings import CARRIER_URL


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with httpx.AsyncClient(base_url=CARRIER_URL) as client:
        app.state.carrier = client
        yield


app = FastAPI(title="Parcels", lifespan=lifespan)
app.include_router(parcels.router)
app.include_router(reports.router)
app.include_router(tracking.router)
app.include_router(webhooks.router)


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "up"}
