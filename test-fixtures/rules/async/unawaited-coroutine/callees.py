"""Which callees surely give a coroutine."""
import functools
from abc import ABC, abstractmethod
from unittest.mock import patch

import httpx
from fastapi import FastAPI
from somewhere import memoised, retry
from sqlalchemy.ext.asyncio import AsyncSession
from tornado.web import RequestHandler

app = FastAPI()


class Store:
    async def save(self, row: dict) -> None: ...

    @classmethod
    async def open(cls) -> "Store":
        return cls()

    @staticmethod
    async def ping() -> bool:
        return True

    async def all(self) -> None:
        self.save({})  # >> async/unawaited-coroutine @`self.save`


class Bulk(Store):
    async def all(self) -> None:
        super().all()  # >> async/unawaited-coroutine @`super().all`


class Service:
    def __init__(self, store: Store) -> None:
        self.store = store

    async def run(self, rows: list[dict]) -> None:
        for row in rows:
            self.store.save(row)  # >> async/unawaited-coroutine @`self.store.save`
        Store.ping()  # >> async/unawaited-coroutine @`Store.ping`
        Store.open()  # >> async/unawaited-coroutine @`Store.open`
        Bulk().all()  # >> async/unawaited-coroutine @`Bulk().all`


async def of_libraries(session: AsyncSession, client: httpx.AsyncClient) -> None:
    session.add({})  # >> quiet
    session.commit()  # >> async/unawaited-coroutine @`session.commit`
    if client.get("https://example.org").status_code == 200:  # >> async/unawaited-coroutine @`client.get`
        client.aclose()  # >> async/unawaited-coroutine @`client.aclose`


class Repository(ABC):
    @abstractmethod
    async def find(self, key: str): ...

    async def drop(self, key: str) -> None: ...


class InMemory(Repository):
    async def find(self, key: str):
        return key

    def drop(self, key: str) -> None: ...


async def through_the_base(repository: Repository) -> None:
    repository.find("a")  # >> async/unawaited-coroutine @`repository.find`
    repository.drop("a")  # >> quiet


def logged(fn):
    @functools.wraps(fn)
    async def wrapper(*args, **kwargs):
        return await fn(*args, **kwargs)

    return wrapper


def limited(times: int):
    def decorate(fn):
        async def wrapper(*args, **kwargs):
            return await fn(*args, times, **kwargs)

        return wrapper

    return decorate


handlers = []


def registered(fn):
    handlers.append(fn)
    return fn


def in_background(fn):
    @functools.wraps(fn)
    def wrapper(*args):
        handlers.append(fn(*args))

    return wrapper


@logged
async def write_log() -> None: ...


@limited(3)
async def write_limited() -> None: ...


@registered
async def on_start() -> None: ...


@in_background
async def refresh() -> None: ...


@retry(times=3)
async def reload() -> None: ...


@memoised
async def settings() -> dict:
    return {}


@app.get("/orders")
async def orders() -> list:
    return []


async def decorated() -> None:
    write_log()  # >> async/unawaited-coroutine @`write_log`
    write_limited()  # >> async/unawaited-coroutine @`write_limited`
    on_start()  # >> async/unawaited-coroutine @`on_start`
    orders()  # >> async/unawaited-coroutine @`orders`
    refresh()  # >> quiet
    reload()  # >> quiet
    settings()["debug"]  # >> quiet


def sometimes_plain(fast: bool, given=None) -> None:
    write = write_log if fast else print
    write()  # >> quiet
    call = given or write_log
    call()  # >> quiet


class Hooks:
    def __init__(self, notify=None) -> None:
        self.notify = notify or write_log

    def fire(self) -> None:
        self.notify()  # >> quiet


if app.debug:

    async def trace() -> None: ...

else:

    def trace() -> None: ...


def either() -> None:
    trace()  # >> quiet


def mocked() -> None:
    with patch("app.mail.send") as send:
        send("a")  # >> quiet


class Files(RequestHandler):
    async def get(self) -> None:
        self.write("a")
        self.flush()  # >> quiet
        self.finish()  # >> quiet
