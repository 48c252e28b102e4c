"""Engines, pools and clients that own one: made for each request, and near misses."""
import os
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Annotated

import asyncpg
import redis.asyncio as redis
from fastapi import Depends, FastAPI
from kafka import KafkaProducer
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import MongoClient
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

URL = os.environ["DATABASE_URL"]
engine = create_engine(URL)  # >> quiet
pool = redis.ConnectionPool.from_url("redis://cache.example")  # >> quiet


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.pool = await asyncpg.create_pool(URL)  # >> quiet
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/count")
def count():
    with create_engine(URL).connect() as connection:  # >> db/engine-per-request @`create_engine(URL)` "database engine anew for each request that `count` serves"
        return connection.scalar(text("select 1"))


def get_session():
    url = URL
    made = create_engine(url)  # >> db/engine-per-request @`create_engine(url)`
    with Session(made) as session:
        yield session


@app.get("/orders")
def orders(session: Session = Depends(get_session)):
    return session.execute(text("select 1")).all()


def get_mongo():
    client = MongoClient("mongodb://db.example")  # >> db/engine-per-request @`MongoClient("mongodb://db.example")`
    try:
        yield client
    finally:
        client.close()


@app.get("/parcels")
def parcels(client: Annotated[MongoClient, Depends(get_mongo)]):
    return client.shop.parcels.count_documents({})


class Repository:
    def __init__(self) -> None:
        self.client = AsyncIOMotorClient("mongodb://db.example")  # >> db/engine-per-request @`AsyncIOMotorClient("mongodb://db.example")` "that comes by `found`" via `found`


@app.get("/found")
async def found():
    repository = Repository()
    return await repository.client.shop.parcels.find_one()


class Injected:
    def __init__(self) -> None:
        self.client = redis.Redis(host="cache.example")  # >> db/engine-per-request @`redis.Redis(host="cache.example")`


@app.get("/injected")
async def injected(service: Injected = Depends()):
    return await service.client.get("key")


@app.get("/depends")
async def depends(service: Annotated[Injected, Depends(Injected)]):
    return await service.client.get("key")


def publish(body: bytes) -> None:
    KafkaProducer(bootstrap_servers=["kafka.example"]).send("orders", body)  # >> db/engine-per-request @`KafkaProducer(bootstrap_servers=["kafka.example"])` via `publish` # >> db/leaked-connection


@app.post("/orders")
def order(name: str):
    publish(name.encode())


def make_engine():
    return create_async_engine(URL)  # >> db/engine-per-request @`create_async_engine(URL)`


@app.get("/made")
async def made():
    async with AsyncSession(make_engine()) as session:
        return await session.scalar(text("select 1"))


# --- near misses ---------------------------------------------------------------------------------------------------------


@app.get("/shared")
async def shared():
    client = redis.Redis(connection_pool=pool)  # >> quiet
    return await client.get("key")


@lru_cache
def cached_engine():
    return create_engine(URL)  # >> quiet


_client = None


def kept_client():
    global _client
    if _client is None:
        _client = MongoClient("mongodb://db.example")  # >> quiet
    return _client


class Lazy:
    def __init__(self) -> None:
        self._client = None
        self._other = None

    def make(self):
        return MongoClient("mongodb://db.example")  # >> quiet

    @property
    def client(self) -> MongoClient:
        if self._client is None:
            self._client = MongoClient("mongodb://db.example")  # >> quiet
        return self._client

    def other(self) -> MongoClient:
        if self._other is None:
            self._other = self.make()
        return self._other


lazy = Lazy()
engines = {}


def engine_of(tenant: str):
    if tenant not in engines:
        engines[tenant] = create_engine(URL)  # >> quiet
    return engines[tenant]


def found_or_made(name: str):
    made = engines.get(name)
    if made is None:
        made = create_engine(URL)  # >> quiet
        engines[name] = made
    return made


def given_or_made(client: AsyncIOMotorClient | None = None):
    client = client or AsyncIOMotorClient("mongodb://db.example")  # >> quiet
    return client.shop


@app.get("/kept")
def kept(tenant: str):
    lazy.other()
    given_or_made(lazy.client)
    found_or_made(tenant)
    return kept_client(), cached_engine(), lazy.client, engine_of(tenant)


@app.post("/sources/test")
def try_out(url: str):
    with create_engine(url).connect() as connection:  # >> quiet
        return connection.scalar(text("select 1"))


@app.get("/unpooled")
def unpooled():
    with create_engine(URL, poolclass=NullPool).connect() as connection:  # >> quiet
        return connection.scalar(text("select 1"))


def migrate() -> None:
    """Run by a command, not for requests."""
    with create_engine(URL).begin() as connection:  # >> quiet
        connection.execute(text("create table orders (id int)"))


@app.on_event("startup")
async def start():
    app.state.engine = create_engine(URL)  # >> quiet
    checked = create_engine(URL)  # >> quiet
    checked.dispose()


class Lasting:
    def __init__(self) -> None:
        self.engine = create_engine(URL)  # >> quiet


lasting = Lasting()
Sessions = sessionmaker(lasting.engine)


@app.get("/lasting")
def use_lasting():
    with Sessions() as session:
        return session.scalar(text("select 1"))
