import time

from fastapi import APIRouter, BackgroundTasks

from app.services import reporting

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


@router.post("/rebuild")
async def rebuild(tasks: BackgroundTasks) -> dict:
    tasks.add_task(reporting.rebuild)
    return {"started": True}
