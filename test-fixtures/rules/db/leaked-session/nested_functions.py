"""What a nested function takes from around it: kept where the function may run later, only used where it is called on the spot."""
import asyncio

from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session
from tenacity import retry

engine = create_engine("postgresql://db.example/app")
async_engine = create_async_engine("postgresql+asyncpg://db.example/app")


def called_on_the_spot(names: list[str]) -> list[int]:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)` "never closed"

    def count(name: str) -> int:
        return session.scalar(text("select count(*) from parcels where name = :name"), {"name": name})

    return [count(name) for name in names]


def called_under_a_decorator() -> None:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)`

    @retry
    def wait() -> None:
        session.execute(text("select 1"))

    wait()


def gone_through() -> list[int]:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)`

    def pages():
        yield from session.execute(text("select 1"))

    return [page for page in pages()]


async def awaited() -> int:
    session = AsyncSession(async_engine)  # >> db/leaked-session @`AsyncSession(async_engine)`

    async def count() -> int:
        return await session.scalar(text("select 1"))

    return await count()


# --- near misses ---------------------------------------------------------------------------------------------------------


def closed_after_the_call() -> int:
    session = Session(engine)  # >> quiet

    def count() -> int:
        return session.scalar(text("select 1"))

    try:
        return count()
    finally:
        session.close()


def given_back():
    session = Session(engine)  # >> quiet

    def count() -> int:
        return session.scalar(text("select 1"))

    return count


def registered(app):
    session = Session(engine)  # >> quiet

    @app.get("/count")
    def count() -> int:
        return session.scalar(text("select 1"))


def closes_it(names: list[str]) -> None:
    session = Session(engine)  # >> quiet

    def finish() -> None:
        session.close()

    for name in names:
        session.execute(text(name))
    finish()


def keeps_it(repository) -> None:
    session = Session(engine)  # >> quiet

    def fill() -> None:
        repository.session = session

    fill()


def lazy():
    session = Session(engine)  # >> quiet

    def pages():
        yield from session.execute(text("select 1"))

    return pages()


async def later() -> asyncio.Task:
    session = AsyncSession(async_engine)  # >> quiet

    async def count() -> int:
        return await session.scalar(text("select 1"))

    return asyncio.create_task(count())
