import contextlib
import functools
import time
from dataclasses import dataclass, field
from typing import Generic, Iterator, NamedTuple, Protocol, TypedDict, TypeVar

import requests


class Client:
    timeout: int = 3

    def __init__(self, base: str = "") -> None:
        self.base = base
        self.session = requests.Session()

    def get(self, path):
        return self.session.get(self.base + path)

    @property
    def rate(self):
        return self.get("/rate").json()

    @functools.cached_property
    def region(self):
        return self.get("/region").text

    @classmethod
    def connect(cls, base):
        client = cls(base)
        client.get("/ping")
        return client

    @staticmethod
    def pause():
        time.sleep(1)

    def __call__(self, path):
        return self.get(path)

    def __enter__(self):
        self.get("/login")
        return self

    def __exit__(self, *failure):
        return None

    def __iter__(self):
        yield self.get("/1")

    def __len__(self):
        return len(self.get("/all").text)

    def __getitem__(self, key):
        return self.get(key)

    def __contains__(self, key):
        return key in self.get("/all").text

    def __bool__(self):
        return True

    def __truediv__(self, other):
        return Client(self.base + other)


class Child(Client):
    def get(self, path):
        return super().get(path + ".json")


class Quiet(Client):
    def get(self, path):
        return None


def make(base):
    return Client(base)


def pair():
    return Client("a"), "b"


def optional(flag) -> "Client | None":
    return Client() if flag else None


@contextlib.contextmanager
def opened():
    client = Client()
    client.get("/open")
    yield client


@dataclass
class Settings:
    client: Client
    others: list[Client] = field(default_factory=list)
    by_name: dict[str, Client] = field(default_factory=dict)


class Options(TypedDict):
    client: Client


class Named(NamedTuple):
    client: Client


T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, item: T) -> None:
        self.item = item

    def get(self) -> T:
        return self.item


class Fetcher(Protocol):
    def fetch(self) -> Client: ...


def first(items: list[T]) -> T:
    return items[0]


def clients() -> Iterator[Client]:
    yield Client()


default = Client("https://default.example")
run = functools.partial(Client.pause)
