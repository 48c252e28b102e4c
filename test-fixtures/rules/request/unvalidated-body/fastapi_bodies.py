"""FastAPI: bodies that enter as they were sent."""
from typing import Annotated, Any

from fastapi import APIRouter, Body, FastAPI, Request
from sqlalchemy.orm import Session

app = FastAPI()
router = APIRouter()


class Order:
    def __init__(self, item: str, amount: int) -> None:
        self.item = item
        self.amount = amount


@app.post("/orders")
async def create(request: Request) -> dict:
    data = await request.json()  # >> request/unvalidated-body @`request.json()`
    order = Order(data["item"], data["amount"])
    return {"item": order.item}


@router.put("/orders/{key}")
async def replace(key: int, payload: dict) -> dict:  # >> request/untyped-body @`payload: dict`
    return {"key": key, "item": payload["item"]}


@router.patch("/orders/{key}")
async def change(key: int, payload: dict[str, Any] = Body(...)) -> dict:  # >> request/untyped-body
    return {"key": key, "amount": payload["amount"] + 1}


@router.post("/search")
def search(filters: dict = Body()) -> list:  # >> request/untyped-body
    return [filters["q"]]


@router.post("/form")
async def form(request: Request) -> dict:
    sent = await request.form()  # >> request/unvalidated-body @`request.form()`
    return {"mail": sent["mail"].lower()}


@router.post("/setattr")
async def update_all(request: Request, db: Session) -> None:
    order = Order("crate", 1)
    for name, value in (await request.json()).items():  # >> quiet
        setattr(order, name, value)  # >> request/mass-assignment via `request.json()`


Payload = Annotated[dict, Body(embed=True)]


@router.post("/annotated")
async def annotated(payload: Annotated[dict, Body()]) -> str:  # >> request/untyped-body
    return payload["item"]


@router.post("/annotated-by-name")
async def annotated_by_name(payload: Payload) -> str:  # >> request/untyped-body
    return payload["item"]


@router.post("/described")
async def described(payload: Annotated[dict, "what was ordered"]) -> str:  # >> request/untyped-body
    return payload["item"]


async def sent_by(request: Request) -> dict:
    sent = await request.json()
    if not isinstance(sent, dict):
        raise TypeError("no object")
    return sent


@router.post("/through-a-helper")
async def through_a_helper(request: Request) -> str:
    sent = await sent_by(request)  # >> request/unvalidated-body @`sent_by(request)`
    return sent["item"]


@router.post("/each-by-hand")
async def each_by_hand(request: Request) -> str:
    sent = await request.json()  # >> quiet
    item = sent.get("item")
    if not isinstance(item, str):
        raise TypeError("item")
    return item
