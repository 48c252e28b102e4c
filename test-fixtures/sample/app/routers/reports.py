import time
from pathlib import Path

from fastapi import APIRouter, BackgroundTasks, Header

from app.services import reporting
from app.settings import REPORTS, REPORTS_KEY

router = APIRouter(prefix="/reports")


@router.get("/daily")
def daily() -> dict:
    return {"parcels": reporting.count_today(), "heaviest": reporting.heaviest()}


@router.get("/weekly")
async def weekly() -> dict:
    for _ in range(3):
        if reporting.is_ready():
            break
        time.sleep(0.5)
    return {"ready": reporting.is_ready()}


@router.get("/archive")
async def archive(name: str, key: str = Header()) -> str:
    if not reporting.is_key(key, REPORTS_KEY):
        return ""
    return Path(REPORTS, name).read_text()


@router.post("/rebuild")
async def rebuild(tasks: BackgroundTasks) -> dict:
    tasks.add_task(reporting.rebuild)
    return {"started": True}
