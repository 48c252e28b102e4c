"""Sessions that a dependency lends to a handler until its streamed response is over, and near misses."""
import asyncio
import io
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.responses import StreamingResponse
from sqlalchemy import create_engine, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session
from sse_starlette.sse import EventSourceResponse

app = FastAPI()
Sessions = async_sessionmaker(create_async_engine("postgresql+asyncpg://db.example/shop"))
engine = create_engine("postgresql://db.example/shop")


async def get_db():
    async with Sessions() as session:
        yield session


def get_sync_db():
    with Session(engine) as session:
        yield session


def make_db() -> Session:
    return Session(engine)


SyncDb = Annotated[Session, Depends(get_sync_db)]


async def ticks():
    while True:
        yield "tick"
        await asyncio.sleep(1)


@app.get("/watch")
async def watch(key: str, db: AsyncSession = Depends(get_db)):
    order = await db.scalar(text("select 1"))
    if order is None:
        return None
    return StreamingResponse(ticks(), media_type="text/event-stream")  # >> db/session-held-while-streaming likely @`ticks()` "`db`, a database session, keeps its connection" via `db: AsyncSession = Depends(get_db)`, `db.scalar`


def require(db: Session, key: str) -> None:
    if db.get(Session, key) is None:
        raise KeyError(key)


@app.get("/status")
def status(key: str, db: SyncDb) -> StreamingResponse:
    require(db, key)
    return StreamingResponse(ticks())  # >> db/session-held-while-streaming @`ticks()` via `db`, `require(db, key)`


@app.get("/events")
async def events(db: Annotated[AsyncSession, Depends(get_db)]):
    await db.execute(text("select 1"))
    return EventSourceResponse(ticks())  # >> db/session-held-while-streaming @`ticks()`


async def answer(db: AsyncSession, question: str, model):
    history = (await db.execute(text("select history from chats"))).scalars().all()
    async for word in model.stream(question, history):
        yield word
    await db.execute(text("insert into chats values (1)"))


@app.get("/answer")
async def answers(question: str, db: AsyncSession = Depends(get_db)):
    return StreamingResponse(answer(db, question, app.state.model))  # >> db/session-held-while-streaming @`answer(db, question, app.state.model)` via `db`, `as long as`


@app.get("/answer/nested")
async def nested(question: str, db: AsyncSession = Depends(get_db)):
    async def stream():
        history = await db.scalar(text("select history from chats"))
        async for word in app.state.model.stream(question, history):
            yield word

    return StreamingResponse(stream())  # >> db/session-held-while-streaming @`stream()`


# --- near misses ---------------------------------------------------------------------------------------------------------


@app.get("/closed")
async def closed(db: AsyncSession = Depends(get_db)):
    await db.execute(text("select 1"))
    await db.close()
    return StreamingResponse(ticks())  # >> quiet


@app.get("/committed")
async def committed(db: AsyncSession = Depends(get_db)):
    await db.execute(text("update orders set seen = true"))
    await db.commit()
    return StreamingResponse(ticks())  # >> quiet


@app.get("/unused")
async def unused(db: AsyncSession = Depends(get_db)):
    return StreamingResponse(ticks())  # >> quiet


def save(db: Session, key: str) -> None:
    db.execute(text("update orders set seen = true"))
    db.commit()


@app.get("/saved")
def saved(key: str, db: SyncDb):
    save(db, key)
    return StreamingResponse(ticks())  # >> quiet


@app.get("/file")
def file(db: SyncDb):
    content = db.scalar(text("select content from files"))
    return StreamingResponse(io.BytesIO(content))  # >> quiet


async def rows(db: AsyncSession):
    result = await db.stream(select(text("1")))
    async for row in result:
        yield str(row)


@app.get("/rows")
async def all_rows(db: AsyncSession = Depends(get_db)):
    return StreamingResponse(rows(db))  # >> quiet


@app.get("/rows/nested")
def nested_rows(db: SyncDb):
    db.execute(text("set statement_timeout = 0"))

    def lines():
        for row in db.execute(text("select 1")).yield_per(100):
            yield str(row)

    return StreamingResponse(lines())  # >> quiet


@app.get("/returned")
def returned(db: Annotated[Session, Depends(make_db)]):
    db.execute(text("select 1"))
    return StreamingResponse(ticks())  # >> quiet


def helper(db: Session):
    db.execute(text("select 1"))
    return StreamingResponse(ticks())  # >> quiet


@app.get("/released")
async def released(db: AsyncSession = Depends(get_db)):
    async def stream():
        history = await db.scalar(text("select history from chats"))
        await db.close()
        async for word in app.state.model.stream(history):
            yield word

    return StreamingResponse(stream())  # >> quiet


@app.get("/either")
async def either(stream: bool, db: AsyncSession = Depends(get_db)):
    if not stream:
        try:
            return await db.scalar(text("select 1"))
        except KeyError:
            return None
    return StreamingResponse(ticks())  # >> quiet
