"""Interfaces and what stands behind them: nobody says which implementation is in use."""
import queue
import time
from abc import ABC, abstractmethod

import requests
from django.core.cache import caches


class Store(ABC):
    @abstractmethod
    def read(self, name: str) -> str: ...


class RemoteStore(Store):
    def read(self, name: str) -> str:
        return requests.get(f"https://store.example/{name}").text


class MemoryStore(Store):
    def __init__(self) -> None:
        self.items: dict[str, str] = {}

    def read(self, name: str) -> str:
        return self.items[name]


async def handle(store: Store, remote: RemoteStore, memory: MemoryStore) -> None:
    store.read("a")  # >> async/blocking-call likely "where the implementation is `RemoteStore`"
    remote.read("a")  # >> async/blocking-call @`remote.read` "a network reply"
    memory.read("a")  # >> quiet


class Outbox:
    def __init__(self) -> None:
        self.unbounded: queue.Queue[str] = queue.Queue()
        self.bounded = queue.Queue(maxsize=1)


async def sending(outbox: Outbox) -> None:
    outbox.unbounded.put("a")  # >> quiet
    outbox.unbounded.put("a", False)  # >> quiet
    outbox.bounded.put("a")  # >> missed async/blocking-call: how a queue was made is not part of its type
    outbox.bounded.put("a", timeout=3)  # >> async/blocking-call "another thread"
    outbox.bounded.put("a", block=True)  # >> async/blocking-call "another thread"


async def cached() -> None:
    caches["process"].get("a")  # >> wrong async/blocking-call: the settings may say that this cache is in memory
    time.sleep(0)  # >> quiet
