"""Generators that lend a session: whoever got it may raise, or never come back."""
from contextlib import asynccontextmanager, contextmanager

import pytest
import pytest_asyncio
from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

SessionLocal = sessionmaker(create_engine("postgresql://db.example/app"))
AsyncLocal = async_sessionmaker(create_async_engine("postgresql+asyncpg://db.example/app"))
app = FastAPI()


def dependency():
    db = SessionLocal()  # >> db/leaked-session @`SessionLocal()` "whoever it was lent to"
    yield db
    db.close()


async def async_dependency():
    db = AsyncLocal()  # >> db/leaked-session @`AsyncLocal()` "whoever it was lent to"
    yield db
    await db.close()


def dependency_that_handles_errors():
    db = SessionLocal()  # >> db/leaked-session @`SessionLocal()` "whoever it was lent to"
    try:
        yield db
        db.commit()
    except Exception:
        db.rollback()
        raise
    db.close()


def safe_dependency():
    db = SessionLocal()  # >> quiet
    try:
        yield db
    finally:
        db.close()


@app.get("/orders")
def count(
    db: Session = Depends(dependency), other=Depends(async_dependency), third=Depends(dependency_that_handles_errors)
):
    return db.scalar(text("select 1"))


@contextmanager
def scope():
    db = SessionLocal()  # >> db/leaked-session @`SessionLocal()` "whoever it was lent to"
    yield db
    db.close()


@asynccontextmanager
async def async_scope():
    db = AsyncLocal()  # >> db/leaked-session @`AsyncLocal()` "whoever it was lent to"
    yield db
    await db.close()


@pytest.fixture
def fixture():
    db = SessionLocal()  # >> quiet
    yield db
    db.close()


@pytest.fixture(scope="module")
def fixture_of_a_module():
    db = SessionLocal()  # >> quiet
    yield db
    db.close()


@pytest_asyncio.fixture
async def async_fixture():
    db = AsyncLocal()  # >> quiet
    yield db
    await db.close()


@pytest.fixture
def fixture_that_forgets():
    db = SessionLocal()  # >> db/leaked-session @`SessionLocal()` "never closed"
    yield db
