"""Generators that hold a session while a response is sent, and near misses."""
from contextlib import asynccontextmanager

from django.http import StreamingHttpResponse
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from sqlalchemy import create_engine, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session

app = FastAPI()
Sessions = async_sessionmaker(create_async_engine("postgresql+asyncpg://db.example/shop"))
engine = create_engine("postgresql://db.example/shop")


async def words(history):
    for word in history.split():
        yield word


async def held():
    async with Sessions() as session:
        history = await session.scalar(text("select history from chats"))
        async for word in words("Hello"):
            yield word + history


@app.get("/held")
async def answer_held():
    return StreamingResponse(held(), media_type="text/event-stream")  # >> db/session-held-while-streaming @`held()` "`session`, a database session, keeps its connection" via `session`, `as long as`


@app.get("/nested")
async def answer_nested():
    def lines():
        with Session(engine) as db:
            db.execute(text("select 1"))
            for number in range(1000):
                yield str(number)

    return StreamingResponse(content=lines())  # >> db/session-held-while-streaming @`lines()`


def exported():
    with Session(engine) as db:
        header = db.scalar(text("select header"))
        yield header
        while True:
            yield "beat"


def export(request):
    return StreamingHttpResponse(exported())  # >> db/session-held-while-streaming


# --- near misses ---------------------------------------------------------------------------------------------------------


async def rows():
    async with Sessions() as session:
        result = await session.stream(select(text("1")))
        async for row in result:
            yield str(row)


async def closed_before():
    async with Sessions() as session:
        history = await session.scalar(text("select history from chats"))
    async for word in words(history):
        yield word


async def committed_before():
    async with Sessions() as session:
        history = await session.scalar(text("select history from chats"))
        await session.commit()
        async for word in words("Hello"):
            yield word + history


async def used_behind():
    async with Sessions() as session:
        async for word in words("Hello"):
            yield word
        await session.execute(text("insert into chats values (1)"))


@app.get("/quiet")
async def quiet(kind: int):
    if kind == 0:
        return StreamingResponse(rows())  # >> quiet
    if kind == 1:
        return StreamingResponse(closed_before())  # >> quiet
    if kind == 2:
        return StreamingResponse(committed_before())  # >> quiet
    return StreamingResponse(used_behind())  # >> quiet


@asynccontextmanager
async def lent():
    async with Sessions() as session:
        await session.execute(text("select 1"))
        for attempt in range(3):
            yield session  # >> quiet
