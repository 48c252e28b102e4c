"""Fields of records; what stacks of contexts enter; results of several tasks."""
import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import NamedTuple, TypedDict

import attr
import attrs
import requests


class Row(NamedTuple):
    session: requests.Session
    name: str


class Options(TypedDict):
    session: requests.Session
    name: str


@attrs.define
class Kept:
    session: requests.Session = attrs.field(init=False)


@attr.s
class Old:
    session = attr.ib(factory=requests.Session)
    name = attr.ib(default="")


async def fields(row: Row, options: Options, kept: Kept, old: Old) -> None:
    session, name = row
    session.get(name)  # >> async/blocking-call @`session.get` "a network reply"
    name.get(session)  # >> quiet
    row[0].get(name)  # >> async/blocking-call @`row[0].get` "a network reply"
    row[1].get(name)  # >> quiet
    options.get("session").get(name)  # >> async/blocking-call "a network reply"
    options.get("name").get(name)  # >> quiet
    kept.session.get(name)  # >> async/blocking-call @`kept.session.get` "a network reply"
    old.session.get(name)  # >> async/blocking-call @`old.session.get` "a network reply"
    old.name.get(name)  # >> quiet


@contextlib.contextmanager
def opened() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


@contextlib.asynccontextmanager
async def opened_later() -> AsyncIterator[requests.Session]:
    with requests.Session() as session:
        yield session


async def stacked() -> None:
    async with contextlib.AsyncExitStack() as stack:
        first = stack.enter_context(opened())
        first.get("https://a.example")  # >> async/blocking-call @`first.get` "a network reply"
        second = await stack.enter_async_context(opened_later())
        second.get("https://a.example")  # >> async/blocking-call @`second.get` "a network reply"
        third = stack.enter_context(contextlib.suppress(ValueError))
        third.get("https://a.example")  # >> quiet


async def connect(name: str) -> requests.Session:
    session = requests.Session()
    session.headers["name"] = name
    return session


async def gathered(names: list[str]) -> None:
    sessions = await asyncio.gather(*[connect(name) for name in names])
    for session in sessions:
        session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"
    for name, session in zip(names, sessions):
        session.get(name)  # >> async/blocking-call @`session.get` "a network reply"
        name.get(session)  # >> quiet
