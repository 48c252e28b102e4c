import asyncio

from fastapi import APIRouter, HTTPException

from app.services import tracking

router = APIRouter(prefix="/tracking")


@router.get("/{number}")
async def status(number: str) -> dict:
    return {"status": tracking.latest(number)}  # a loop inside of the loop that runs this handler


@router.post("/{number}/watch")
async def watch(number: str) -> dict:
    if tracking.is_lost(number):  # a coroutine is always true
        raise HTTPException(404)
    asyncio.create_task(tracking.watch(number))  # nobody holds the task
    return {"watched": number}


@router.get("/{number}/lost")
async def lost(number: str) -> dict:
    return {"lost": await tracking.is_lost(number), "status": await asyncio.to_thread(tracking.latest, number)}
