"""The fix puts the uses into a `with` block."""
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

engine = create_engine("sqlite://")


def count() -> int:
    with Session(engine) as db:
        rows = db.execute(text("select 1")).all()
        total = len(rows)
    return total
