from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session

from app.db import get_db
from app.models import Parcel
from app.schemas import CarrierEvent
from app.services.events import store_event

router = APIRouter(prefix="/webhooks")


@router.post("/carrier")
async def carrier_event(request: Request) -> dict:
    event = CarrierEvent.model_validate(await request.json())
    return {"number": event.number, "state": event.state}


@router.post("/returns")
async def returned(request: Request) -> dict:
    data = await request.json()
    return store_event(data["number"], data["reason"])


@router.post("/weights")
def weighed(measured: dict, db: Session = Depends(get_db)) -> dict:
    parcel = db.get(Parcel, measured["id"])
    parcel.grams = measured["grams"]
    db.commit()
    return {"grams": parcel.grams}
