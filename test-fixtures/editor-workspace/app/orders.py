from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

router = APIRouter()
SessionLocal = sessionmaker(create_engine("sqlite:///orders.db"))


class Refund(BaseModel):
    cents: int


@router.post("/refunds")
async def create_refund(refund: Refund) -> dict:
    return {"cents": refund.cents}


@router.post("/orders")
async def create_order(request: Request) -> dict:
    body = await request.json()
    return {"name": body["name"]}


@router.get("/orders/count")
def count_orders() -> dict:
    session = SessionLocal()
    count = session.execute(text("select count(*) from orders")).scalar_one()
    return {"count": count}
