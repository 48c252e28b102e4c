"""Comments move along with the statements they stand above."""
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker(create_engine("sqlite://"))


def count() -> int:
    db = SessionLocal()  # >> db/leaked-session

    # Every row counts,
    # even the old ones.
    rows = db.execute(text("select 1")).all()
    # Done.
    db.close()
    return len(rows)
