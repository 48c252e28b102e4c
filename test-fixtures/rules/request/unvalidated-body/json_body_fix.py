"""The fix checks what was read with a schema of the keys the code reads."""
from fastapi import APIRouter, Request
from pydantic import BaseModel

router = APIRouter()


class Other(BaseModel):
    name: str


@router.post("/orders/{key}")
async def order(key: int, request: Request) -> dict:
    data = await request.json()  # >> request/unvalidated-body @`request.json()`
    amount = int(data["amount"])
    note = data.get("note")
    return {"key": key, "amount": amount, "note": note, "item": data["item"]}


@router.put("/orders/{key}")
async def change(request: Request) -> dict:
    sent = await request.json()  # >> request/unvalidated-body
    return {"size": int(sent.get("size", 10)), "unit": sent.get("unit", "m"), "open": sent.get("open", False)}
