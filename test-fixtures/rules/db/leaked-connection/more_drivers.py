"""One connection that is lost and one that is closed, for further drivers, and what needs no closing."""
from contextlib import closing

import aio_pika
import aiomysql
import aioodbc
import aiopg
import aiopg.sa
import asyncmy
import clickhouse_connect
import clickhouse_driver
import ibm_db
import redis
import redis.asyncio
from confluent_kafka import Producer
from django.db import connection as django_connection
from django.db import connections
from elasticsearch import Elasticsearch
from kafka import KafkaConsumer
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import scoped_session, sessionmaker
from sqlmodel import Session, select
from sqlmodel.ext.asyncio.session import AsyncSession

engine = create_engine("postgresql://db.example/app")
async_engine = create_async_engine("postgresql+asyncpg://db.example/app")
registry = scoped_session(sessionmaker(engine))


def with_sqlalchemy() -> None:
    lost = engine.connect()  # >> db/leaked-connection @`engine.connect()`
    lost.execute(text("select 1"))
    with engine.connect() as fine:  # >> quiet
        fine.execute(text("select 1"))
    with engine.begin() as also_fine:  # >> quiet
        also_fine.execute(text("select 1"))


def with_raw_sqlalchemy() -> None:
    lost = engine.raw_connection()  # >> db/leaked-connection @`engine.raw_connection()`
    lost.cursor().execute("select 1")
    with closing(engine.raw_connection()) as fine:  # >> quiet
        fine.cursor().execute("select 1")


async def with_async_sqlalchemy() -> None:
    lost = await async_engine.connect()  # >> db/leaked-connection @`async_engine.connect()`
    await lost.execute(text("select 1"))
    async with async_engine.connect() as fine:  # >> quiet
        await fine.execute(text("select 1"))


async def with_raw_async_sqlalchemy() -> None:
    lost = await async_engine.raw_connection()  # >> db/leaked-connection @`await async_engine.raw_connection()`
    print(lost.is_valid)


def with_a_registry() -> None:
    registry.execute(text("select 1"))  # >> quiet


def with_sqlmodel() -> None:
    lost = Session(engine)  # >> db/leaked-session @`Session(engine)`
    lost.exec(select(1))
    with Session(engine) as fine:  # >> quiet
        fine.exec(select(1))


async def with_async_sqlmodel() -> None:
    lost = AsyncSession(async_engine)  # >> db/leaked-session @`AsyncSession(async_engine)`
    await lost.exec(select(1))
    async with AsyncSession(async_engine) as fine:  # >> quiet
        await fine.exec(select(1))


def two_sessions() -> None:
    first = Session(engine)  # >> quiet
    second = Session(engine)  # >> quiet
    try:
        first.exec(select(1))
        second.exec(select(1))
    finally:
        first.close()
        second.close()


def with_django() -> None:
    cursor = django_connection.cursor()  # >> quiet
    cursor.execute("select 1")
    with connections["reports"].cursor() as other:  # >> quiet
        other.execute("select 1")


def with_redis(url: str) -> None:
    """Its connections go back to a pool after each command, and that closes them when it goes."""
    client = redis.Redis.from_url(url)  # >> quiet
    client.get("orders")
    with redis.Redis(host="cache") as other:  # >> quiet
        other.get("orders")


async def with_async_redis(url: str) -> None:
    client = redis.asyncio.from_url(url)  # >> quiet
    await client.get("orders")


def with_clickhouse_connect() -> None:
    lost = clickhouse_connect.get_client(host="db")  # >> db/leaked-connection @`clickhouse_connect.get_client(host="db")`
    lost.query("select 1")
    with clickhouse_connect.get_client(host="db") as fine:  # >> quiet
        fine.query("select 1")


async def with_async_clickhouse_connect() -> None:
    lost = await clickhouse_connect.get_async_client(host="db")  # >> db/leaked-connection @`await clickhouse_connect.get_async_client(host="db")`
    await lost.query("select 1")
    async with await clickhouse_connect.get_async_client(host="db") as fine:  # >> quiet
        await fine.query("select 1")


def with_a_clickhouse_client() -> None:
    lost = clickhouse_driver.Client("db")  # >> db/leaked-connection @`clickhouse_driver.Client("db")`
    lost.execute("select 1")
    fine = clickhouse_driver.Client("db")  # >> quiet
    try:
        fine.execute("select 1")
    finally:
        fine.disconnect()


async def with_aiopg(dsn: str) -> None:
    lost = await aiopg.connect(dsn)  # >> db/leaked-connection @`aiopg.connect(dsn)`
    await lost.cursor()
    async with aiopg.connect(dsn) as fine:  # >> quiet
        async with fine.cursor() as cursor:
            await cursor.execute("select 1")


async def with_an_aiopg_pool(pool: aiopg.Pool, sa: aiopg.sa.Engine) -> None:
    lost = await pool.acquire()  # >> db/leaked-connection @`pool.acquire()`
    await lost.cursor()
    pool.release(lost)
    async with sa.acquire() as fine:  # >> quiet
        await fine.scalar("select 1")


async def with_asyncmy() -> None:
    lost = await asyncmy.connect(host="db")  # >> db/leaked-connection @`asyncmy.connect(host="db")`
    await lost.ping()
    fine = await asyncmy.connect(host="db")  # >> quiet
    try:
        await fine.ping()
    finally:
        await fine.ensure_closed()


async def closed_for_sure() -> None:
    fine = await aiomysql.connect(host="db")  # >> quiet
    try:
        await fine.ping()
    finally:
        await fine.ensure_closed()


async def with_aioodbc(dsn: str) -> None:
    lost = await aioodbc.connect(dsn=dsn)  # >> db/leaked-connection @`aioodbc.connect(dsn=dsn)`
    await lost.execute("select 1")
    async with aioodbc.connect(dsn=dsn) as fine:  # >> quiet
        await fine.execute("select 1")


def with_ibm_db(dsn: str) -> None:
    lost = ibm_db.connect(dsn, "", "")  # >> db/leaked-connection @`ibm_db.connect(dsn, "", "")` "stays open when something fails"
    ibm_db.exec_immediate(lost, "select 1 from sysibm.sysdummy1")
    ibm_db.close(lost)
    fine = ibm_db.connect(dsn, "", "")  # >> quiet
    try:
        ibm_db.exec_immediate(fine, "select 1 from sysibm.sysdummy1")
    finally:
        ibm_db.close(fine)
    ibm_db.exec_immediate(ibm_db.pconnect(dsn, "", ""), "select 1 from sysibm.sysdummy1")  # >> quiet


def with_elasticsearch(hosts: list[str]) -> None:
    """Its pool closes its connections when it goes; only the asynchronous one has to be told."""
    Elasticsearch(hosts).search(index="orders")  # >> quiet


def with_kafka() -> None:
    lost = KafkaConsumer("orders")  # >> db/leaked-connection @`KafkaConsumer("orders")`
    lost.poll()


def with_confluent_kafka() -> None:
    """A producer has no way of closing: it is flushed, and goes."""
    producer = Producer({})  # >> quiet
    producer.produce("orders", b"1")
    producer.flush()


async def with_aio_pika(url: str) -> None:
    lost = await aio_pika.connect_robust(url)  # >> db/leaked-connection @`await aio_pika.connect_robust(url)`
    await lost.channel()
    async with await aio_pika.connect_robust(url) as fine:  # >> quiet
        await fine.channel()
