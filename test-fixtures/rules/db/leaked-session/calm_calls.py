"""Calls that raise nothing worth a thought, between opening a session and the `try` that closes it."""
import datetime
import os
import re
import threading
import uuid

import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from app_settings import Unknown, load

engine = create_engine("postgresql://db.example/app")
async_engine = create_async_engine("postgresql+asyncpg://db.example/app")
LOG = structlog.get_logger()


class Clock:
    def __init__(self, zone: str = "UTC") -> None:
        self.zone = zone
        self.pattern = re.compile("^[0-9]+$")


class Plain:
    pass


class Ready(Unknown):
    def __init__(self) -> None:
        self.ready = True


class Unready(Unknown):
    pass


class Reader:
    def __init__(self, path: str) -> None:
        self.text = open(path).read()


class Derived(Reader):
    pass


def label(prefix: str) -> str:
    return prefix.upper() + ":"


def calm(words: list[str]) -> None:
    session = Session(engine)  # >> quiet
    LOG.info("opened", words=len(words))
    key = str(uuid.uuid4())
    pattern = "(" + "|".join(words) + ")"
    since = datetime.datetime.now() - datetime.timedelta(days=1)
    lock = threading.Lock()
    clock = Clock()
    plain = Plain()
    ready = Ready()
    host = os.getenv("HOST", label("host"))
    try:
        session.execute(text(pattern), {"key": key, "since": since, "host": host, "all": (lock, clock, plain, ready)})
    finally:
        session.close()


def reads_a_file(path: str) -> None:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)` "stays open when something fails"
    reader = Reader(path)
    try:
        session.execute(text(reader.text))
    finally:
        session.close()


def reads_a_file_by_a_base(path: str) -> None:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)`
    reader = Derived(path)
    try:
        session.execute(text(reader.text))
    finally:
        session.close()


def nobody_knows_the_base() -> None:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)`
    unready = Unready()
    try:
        session.execute(text(unready.query))
    finally:
        session.close()


def nobody_knows() -> None:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)`
    settings = load()
    try:
        session.execute(text(settings))
    finally:
        session.close()


def sends(logger_client) -> None:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)`
    logger_client.info("opened")
    try:
        session.commit()
    finally:
        session.close()


# --- what is claimed by an assert ----------------------------------------------------------------------------------------


def make(kind: str) -> Session:
    return Session(engine)


def claimed_to_be_none() -> None:
    session = make("none")  # >> quiet
    assert session is None


def claimed_to_be_there() -> None:
    session = make("one")  # >> quiet
    assert session is not None
    assert session
    try:
        session.commit()
    finally:
        session.close()


def claimed_and_left() -> None:
    session = make("one")  # >> db/leaked-session @`make("one")` "never closed"
    assert session is not None
    session.commit()


# --- what opens nothing of its own ---------------------------------------------------------------------------------------


class Stand(Session):
    def __init__(self) -> None:
        self.calls = []


class Wider(Session):
    def __init__(self) -> None:
        super().__init__(engine)


def stand_in() -> None:
    Stand().commit()  # >> quiet


def wider() -> None:
    Wider().commit()  # >> db/leaked-session @`Wider()`


async def of_a_connection() -> None:
    connection = await async_engine.connect()  # >> quiet
    session = AsyncSession(bind=connection)  # >> quiet
    try:
        await session.commit()
    finally:
        await connection.close()


async def of_an_engine() -> None:
    session = AsyncSession(bind=async_engine)  # >> db/leaked-session @`AsyncSession(bind=async_engine)`
    await session.commit()
