import psycopg2
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine("postgresql://db.example/app")
SessionLocal = sessionmaker(engine)


def open_session() -> Session:
    return SessionLocal()  # >> quiet


def connect():
    return psycopg2.connect("dbname=app")  # >> quiet


def finish(session: Session) -> None:
    session.commit()
    session.close()


def count(session: Session) -> int:
    return session.query(int).count()


class Job:
    def __init__(self, session: Session) -> None:
        self.session = session
