from app.db import SessionLocal
from app.models import Parcel


def store_event(number: str, reason: str) -> dict:
    db = SessionLocal()
    parcel = db.query(Parcel).filter_by(number=number).one()
    parcel.state = f"returned: {reason}"
    db.commit()
    db.close()
    return {"id": parcel.id}
