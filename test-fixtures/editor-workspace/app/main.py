import time

from fastapi import FastAPI

from app import helpers, orders

app = FastAPI()
app.include_router(orders.router)


@app.get("/rates")
async def rates() -> dict:
    return helpers.load_rates()


@app.get("/slow")
async def slow() -> dict:
    time.sleep(1)
    return {"done": True}


@app.get("/threaded")
def threaded() -> dict:
    return helpers.load_rates()
