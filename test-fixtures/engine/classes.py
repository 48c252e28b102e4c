"""Ways of making and reaching objects."""
from __future__ import annotations

import abc
import time
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, Self, TypeVar

from requests import Session

T = TypeVar("T")


class Builder:
    session: Session

    @classmethod
    def make(cls) -> Self:
        return cls()

    @classmethod
    def inferred(cls):
        return cls()

    def configured(self) -> Self:
        return self

    def chained(self):
        return self

    def wait(self) -> None:
        time.sleep(1)

    def __call__(self) -> None:
        time.sleep(1)

    class Inner:
        def wait(self) -> None:
            time.sleep(1)


async def made() -> None:
    Builder.make().wait()  # >> async/blocking-call @`Builder.make().wait` "the clock"
    Builder.inferred().wait()  # >> async/blocking-call @`Builder.inferred().wait` "the clock"
    Builder().configured().chained().wait()  # >> async/blocking-call "the clock"
    Builder.Inner().wait()  # >> async/blocking-call @`Builder.Inner().wait` "the clock"
    Builder.make().session.get("https://a.example")  # >> async/blocking-call "a network reply"
    builder = Builder()
    builder()  # >> async/blocking-call @`builder` "the clock" via `time.sleep`


class Row(NamedTuple):
    name: str
    session: Session


@dataclass(frozen=True)
class Pair:
    left: Builder
    right: Builder | None = None


async def fields(row: Row, pair: Pair) -> None:
    row.session.get("https://a.example")  # >> async/blocking-call @`row.session.get` "a network reply"
    pair.left.wait()  # >> async/blocking-call @`pair.left.wait` "the clock"
    if pair.right:
        pair.right.wait()  # >> async/blocking-call @`pair.right.wait` "the clock"


class Waits(Protocol):
    def wait(self) -> None: ...


class Abstract(abc.ABC):
    @abc.abstractmethod
    def wait(self) -> None: ...

    def twice(self) -> None:
        self.wait()
        self.wait()


async def unknown_implementations(waits: Waits, abstract: Abstract) -> None:
    waits.wait()  # >> quiet
    abstract.twice()  # >> quiet


class Box(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value = value


async def generic(box: Box[Builder]) -> None:
    print(box.value)  # >> quiet


class Lazy:
    _session: Session | None = None

    @property
    def session(self) -> Session:
        if self._session is None:
            self._session = Session()
        return self._session

    async def load(self) -> None:
        self.session.get("https://a.example")  # >> async/blocking-call @`self.session.get` "a network reply"


class AsyncMethods:
    async def one(self) -> None:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"

    async def two(self) -> None:
        await self.one()  # >> quiet

    @staticmethod
    async def three() -> None:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"

    async def __aenter__(self) -> Self:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
        return self

    async def __aexit__(self, *details: object) -> None: ...


async def entered() -> None:
    async with AsyncMethods() as methods:  # >> quiet
        await methods.two()  # >> quiet
