"""The fix checks what was read with a schema of the keys the code reads."""
from fastapi import APIRouter, Request
from pydantic import BaseModel
from typing import Any

router = APIRouter()


class Other(BaseModel):
    name: str


class OrderBody(BaseModel):
    amount: int
    note: Any = None
    item: Any


@router.post("/orders/{key}")
async def order(key: int, data: OrderBody) -> dict:
    amount = int(data.amount)
    note = data.note
    return {"key": key, "amount": amount, "note": note, "item": data.item}


class ChangeBody(BaseModel):
    size: int = 10
    unit: str = "m"
    open: bool = False


@router.put("/orders/{key}")
async def change(sent: ChangeBody) -> dict:
    return {"size": int(sent.size), "unit": sent.unit, "open": sent.open}
