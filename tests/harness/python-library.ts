/**
 * The module `fake` of `run-functions.py` as programs import it, and what Holdfast is told of it.
 */

export const PRELUDE = `from contextlib import AsyncExitStack, ExitStack, closing, contextmanager, suppress
from typing import Any

from fake import (
    Broken, Lost, Pool, Slow, aconnect, aitems, ask, awork, calm, caught, connect, items, keep, pick, plain, stumble, work
)

KEPT = []
pool = Pool()


def shut(c):
    c.close()


def shut_if(c):
    if c is not None:
        c.close()
    stumble()


def hold(c):
    KEPT.append(c)


def look(c):
    c.use()


async def ashut(c):
    await c.close()


def opener(site):
    c = connect(site)
    return c


@contextmanager
def scope(site):
    c = connect(site)
    try:
        yield c
    finally:
        c.close()


`;

/** What Holdfast is told of that module. */
export const FAKE_STUB = `"""What run-functions.py lays down."""
from typing import AsyncIterator, Iterator, Self

from verbs import closes, never_raises, opens, owns

class Broken(Exception): ...
class Slow(Broken): ...
class Lost(Exception): ...

@opens("database connection", closed_by=["close", "with"])
class Connection:
    def use(self): ...
    @closes
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *exc_info) -> None: ...

@opens("database connection", closed_by=["close"])
class Plain:
    def use(self): ...
    @closes
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *exc_info) -> None: ...

@opens("database connection", closed_by=["close", "with"])
class AsyncConnection:
    async def use(self): ...
    @closes
    async def close(self) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *exc_info) -> None: ...

class Pool:
    @opens("database connection", closed_by=[])
    def take(self, site) -> Connection: ...
    @closes("connection")
    def give(self, connection) -> None: ...

@opens("database connection", closed_by=["close", "with"])
def connect(site) -> Connection: ...
@opens("database connection", closed_by=["close"])
def plain(site) -> Plain: ...
@opens("database connection", closed_by=["close", "with"])
async def aconnect(site) -> AsyncConnection: ...
def work(): ...
def stumble(): ...
async def awork(): ...
@never_raises
def calm(): ...
@never_raises
def caught(): ...
@never_raises
def ask() -> bool: ...
@never_raises
def pick() -> int: ...
@never_raises
def items() -> list[int]: ...
def aitems() -> AsyncIterator[int]: ...
@owns("connection")
def keep(connection) -> None: ...
`;
