"""Databases: what waits for a reply, and what only looks like it."""
import asyncpg
import psycopg2
import redis
import redis.asyncio as aioredis
import valkey
import valkey.asyncio as aiovalkey
from django.db import models
from pymongo import MongoClient
from sqlalchemy import create_engine, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session

engine = create_engine("postgresql://db.example/app")
async_engine = create_async_engine("postgresql+asyncpg://db.example/app")
AsyncSessionLocal = async_sessionmaker(async_engine)


class Book(models.Model):
    title = models.CharField(max_length=50)


async def sessions(db: Session) -> None:
    db.execute(select(1))  # >> async/blocking-call @`db.execute` "a database reply"
    db.commit()  # >> async/blocking-call @`db.commit` "a database reply"
    db.add(object())  # >> quiet
    select(1).where(text("true"))  # >> quiet


async def lazily_built(db: Session) -> list:
    query = db.query(Book).filter(Book.title == "a").order_by(Book.title)  # >> quiet
    return query.all()  # >> async/blocking-call @`query.all` "a database reply"


async def async_sessions(db: AsyncSession) -> list:
    result = await db.execute(select(1))  # >> quiet
    rows = result.scalars().all()  # >> quiet
    result.fetchall()  # >> quiet
    async with AsyncSessionLocal() as other:  # >> quiet
        await other.commit()  # >> quiet
    return rows


async def django_models() -> None:
    books = Book.objects.filter(title="a").exclude(title="b")  # >> quiet
    books.count()  # >> async/blocking-call @`books.count` "a database reply"
    Book.objects.get(pk=1)  # >> async/blocking-call @`Book.objects.get` "a database reply"
    await Book.objects.aget(pk=1)  # >> quiet
    for book in books:  # >> async/blocking-call "a database reply"
        book.save()  # >> async/blocking-call @`book.save` "a database reply"
    async for book in books:  # >> quiet
        await book.asave()  # >> quiet


async def caches(cache: redis.Redis, async_cache: aioredis.Redis) -> None:
    cache.get("a")  # >> async/blocking-call @`cache.get`
    await async_cache.get("a")  # >> quiet


async def forks(cache: valkey.Valkey, async_cache: aiovalkey.Valkey) -> None:
    cache.get("a")  # >> async/blocking-call @`cache.get`
    valkey.StrictRedis(host="cache.example").set("a", "b")  # >> async/blocking-call "a network reply"
    valkey.from_url("valkey://cache.example").ping()  # >> async/blocking-call
    cache.pipeline().set("a", "b")  # >> quiet
    await async_cache.get("a")  # >> quiet
    await aiovalkey.from_url("valkey://cache.example").get("a")  # >> quiet


async def documents(client: MongoClient) -> None:
    client["shop"]["orders"].find_one({})  # >> async/blocking-call
    client["shop"]["orders"].find({})  # >> quiet


async def drivers(pool: asyncpg.Pool) -> None:
    connection = psycopg2.connect("dbname=app")  # >> async/blocking-call @`psycopg2.connect` "a database reply"
    try:
        cursor = connection.cursor()
        cursor.execute("select 1")  # >> async/blocking-call @`cursor.execute` "a database reply"
    finally:
        connection.close()
    async with pool.acquire() as other:
        await other.fetch("select 1")  # >> quiet
