"""Uses behind the block that closed what is used."""
import sqlite3
from collections.abc import Generator
from contextlib import asynccontextmanager, contextmanager

import httpx
import psycopg
import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session

from tenants import engine_of

engine = create_engine("postgresql://db.example/app")
Local = async_sessionmaker(create_async_engine("postgresql+asyncpg://db.example/app"))


def queried():
    with Session(engine) as session:
        count = session.scalar(text("select 1"))
    return count, session.query(int).all()  # >> db/used-after-close @`session.query(int).all()` "a database session"


async def executed(flag: bool):
    async with Local() as session:
        count = await session.scalar(text("select 1"))
    if flag:
        await session.execute(select(1))  # >> db/used-after-close @`session.execute(select(1))`
        await session.commit()
    return count


async def fetched(urls: list[str]):
    replies = []
    for url in urls:
        async with httpx.AsyncClient() as client:
            replies.append(await client.get(url))
        replies.append(await client.get(url))  # >> db/used-after-close @`client.get(url)` "an http client"
    return replies


def with_a_driver(dsn: str):
    with psycopg.connect(dsn) as connection:
        connection.execute("select 1")
    connection.execute("select 2")  # >> db/used-after-close @`connection.execute("select 2")`


def inside(flag: bool):
    with Session(engine) as session:
        if flag:
            with session.begin():
                session.scalar(text("select 1"))
        return session.scalar(text("select 1"))  # >> quiet


def one_after_the_other():
    with Session(engine) as session:
        session.scalar(text("select 1"))
    with Session(engine) as session:
        session.scalar(text("select 1"))  # >> quiet


def opened_again():
    with httpx.Client() as client:
        client.get("https://shop.example")
    client = httpx.Client()
    try:
        client.get("https://shop.example")  # >> quiet
    finally:
        client.close()


def only_asked():
    with httpx.Client() as client:
        reply = client.get("https://shop.example")
    assert client.is_closed  # >> quiet
    client.close()
    return reply.json()


async def rolled_back():
    async with Local() as session:
        await session.scalar(text("select 1"))
    await session.rollback()  # >> quiet
    await session.close()


def ends_only_the_transaction(connection: sqlite3.Connection):
    with connection:
        connection.execute("select 1")
    connection.execute("select 1")  # >> quiet


def transactions(session: Session):
    with session.begin():
        session.scalar(text("select 1"))
    session.scalar(text("select 1"))  # >> quiet


def other_way(flag: bool, session: Session):
    if flag:
        with Session(engine) as session:
            session.scalar(text("select 1"))
    else:
        session.scalar(text("select 1"))  # >> quiet


def meant_to_fail():
    with httpx.Client() as client:
        client.get("https://shop.example")
    with pytest.raises(RuntimeError):
        client.get("https://shop.example")  # >> quiet


async def annotated(session: AsyncSession):
    async with Local() as other:
        await other.scalar(text("select 1"))
    return await session.scalar(text("select 1"))  # >> quiet


# --- context managers of the project -------------------------------------------------------------------------------------


@asynccontextmanager
async def lend():
    session = Local()
    try:
        yield session
    finally:
        await session.close()


@asynccontextmanager
async def lend_the_one(session: AsyncSession):
    yield session


async def lent_and_over():
    async with lend() as session:
        first = await session.scalar(text("select 1"))
    return first, await session.scalar(text("select 2"))  # >> db/used-after-close @`session.scalar(text("select 2"))`


async def behind_a_branch(flag: bool):
    if flag:
        async with lend() as session:
            await session.scalar(text("select 1"))
    await session.scalar(text("select 2"))  # >> db/used-after-close


async def of_another_branch(flag: bool, other: AsyncSession):
    if flag:
        async with lend() as session:
            await session.scalar(text("select 1"))
    else:
        session = other
    await session.scalar(text("select 2"))  # >> quiet


async def never_closed_there(other: AsyncSession):
    async with lend_the_one(other) as session:
        await session.scalar(text("select 1"))
    await session.scalar(text("select 2"))  # >> quiet


def release(session: Session) -> None:
    try:
        session.close()
    except Exception:
        print("lost")


@contextmanager
def lend_one_of(name: str):
    session = Session(engine)
    try:
        yield session
    finally:
        release(session)


@contextmanager
def lend_mine():
    with lend_one_of("mine") as session:
        yield session


def store(value: int, db_session: Session) -> None:
    db_session.execute(text("insert into orders values (1)"))
    db_session.commit()


def store_all(values: list[int], db: Session) -> None:
    for value in values:
        store(value, db_session=db)


def ignore(db: Session) -> None:
    print(db)


def handed_on():
    with lend_mine() as db_session:
        first = db_session.scalar(text("select 1"))
    store_all([first], db_session)  # >> db/used-after-close @`store_all([first], db_session)` "`db_session`, a database session"


@contextmanager
def lend_of_a_tenant(tenant: str) -> Generator[Session, None, None]:
    bound = engine_of(tenant)
    session = Session(bind=bound)
    try:
        yield session
    finally:
        release(session)


def of_a_tenant():
    with lend_of_a_tenant("mine") as session:
        session.scalar(text("select 1"))
    session.scalar(text("select 2"))  # >> db/used-after-close


def handed_on_and_ignored():
    with lend_mine() as db_session:
        db_session.scalar(text("select 1"))
    ignore(db_session)  # >> quiet


def handed_on_inside():
    with lend_mine() as db_session:
        store(1, db_session)
    with lend_mine() as db_session:
        store(2, db_session)  # >> quiet
