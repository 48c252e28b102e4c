"""Interfaces, with nothing behind them in this file."""
from abc import ABC, abstractmethod
from typing import Protocol


class Store(ABC):
    @abstractmethod
    def read(self, name: str) -> str:
        """The text kept under a name."""

    @property
    @abstractmethod
    def size(self) -> int: ...

    @abstractmethod
    def forget(self, name: str) -> None: ...

    def read_all(self, names: list[str]) -> list[str]:
        return [self.read(name) for name in names]

    async def first(self, names: list[str]) -> str:
        return self.read(names[0])  # >> async/blocking-call likely @`self.read` "where the implementation is `BucketStore`"


class Index(Protocol):
    def look_up(self, key: str) -> list[str]: ...

    def drop(self, key: str) -> None: ...


class Inbox:
    def fetch(self, limit: int = 10) -> list[str]:
        raise NotImplementedError

    async def fetch_later(self) -> list[str]:
        raise NotImplementedError("not for this inbox")


class Hook:
    """Does nothing unless somebody overrides it."""

    def before(self) -> None:
        pass

    def after(self) -> None:
        return None


class Clock(Protocol):
    def now(self) -> float: ...


class Closing(Protocol):
    """Too little to know what follows it."""

    def close(self) -> None: ...


class Catalogue(ABC):
    @abstractmethod
    def entries(self) -> list[str]: ...
