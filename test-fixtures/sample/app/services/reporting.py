import bcrypt
from sqlalchemy import func, select

from app.db import SessionLocal
from app.models import Parcel

ready = False


def is_ready() -> bool:
    return ready


def count_today() -> int:
    db = SessionLocal()
    return db.execute(select(func.count(Parcel.id))).scalar_one()


def heaviest() -> int:
    with SessionLocal() as db:
        return db.execute(select(func.max(Parcel.grams))).scalar_one()


def rebuild() -> None:
    global ready
    db = SessionLocal()
    try:
        db.execute(select(Parcel)).all()
        ready = True
    finally:
        db.close()


def is_key(key: str, stored: bytes) -> bool:
    return bcrypt.checkpw(key.encode(), stored)
