import asyncio

from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy.orm import Session

from app.auth import current_user
from app.db import get_db
from app.models import Parcel
from app.schemas import ParcelIn
from app.services import carriers, labels
from app.services.notifications import Notifier

router = APIRouter(prefix="/parcels")
notifier = Notifier()


@router.post("/")
async def announce(parcel: ParcelIn, db: Session = Depends(get_db), user: str = Depends(current_user)) -> dict:
    row = Parcel(number=parcel.number, recipient=parcel.recipient, grams=parcel.grams)
    db.add(row)
    db.commit()  # a plain Session in an async handler: every other request waits with it
    notifier.announced(row.recipient, user)
    return {"id": row.id}


@router.get("/{key}")
def show(key: int, db: Session = Depends(get_db)) -> dict:
    # A plain `def` runs in a thread, so waiting for the database is fine here.
    row = db.get(Parcel, key)
    if row is None:
        raise HTTPException(404)
    return {"number": row.number, "state": row.state}


@router.get("/{number}/position")
async def position(number: str) -> dict:
    return carriers.position_of(number)


@router.get("/{number}/arrival")
async def arrival(number: str) -> dict:
    # The same question, asked from a thread.
    return await asyncio.to_thread(carriers.position_of, number)


@router.post("/{number}/label")
async def label(number: str) -> dict:
    return {"path": str(labels.print_label(number))}


@router.patch("/{key}")
def change(key: int, changes: dict, db: Session = Depends(get_db)) -> dict:
    # Whatever a client sends ends up in the row, `state` and `id` included.
    row = db.get(Parcel, key)
    for name, value in changes.items():
        setattr(row, name, value)
    db.commit()
    return {"id": key}
