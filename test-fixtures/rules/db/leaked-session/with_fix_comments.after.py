"""Comments move along with the statements they stand above."""
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker(create_engine("sqlite://"))


def count() -> int:
    with SessionLocal() as db:
        # Every row counts,
        # even the old ones.
        rows = db.execute(text("select 1")).all()
    # Done.
    return len(rows)
