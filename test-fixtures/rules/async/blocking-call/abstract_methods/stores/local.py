"""Implementations that do not wait."""
from .base import Inbox, Store


class MemoryStore(Store):
    def __init__(self) -> None:
        self.items: dict[str, str] = {}

    def read(self, name: str) -> str:
        return self.items[name]

    @property
    def size(self) -> int:
        return len(self.items)

    def forget(self, name: str) -> None:
        del self.items[name]


class EmptyInbox(Inbox):
    def fetch(self, limit: int = 10) -> list[str]:
        return []
