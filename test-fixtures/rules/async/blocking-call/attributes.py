"""Receivers kept on objects."""
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import requests
from requests import Session


class RatesClient:
    shared = Session()
    declared: ClassVar[Session]

    def __init__(self, base_url: str, session: Session | None = None) -> None:
        self.base_url = base_url
        self.session = session or requests.Session()
        self.cache: dict[str, float] = {}

    async def today(self) -> dict:
        reply = self.session.get(self.base_url)  # >> async/blocking-call @`self.session.get` "a network reply"
        return reply.json()

    async def yesterday(self) -> dict:
        return self.shared.get(self.base_url)  # >> async/blocking-call @`self.shared.get` "a network reply"

    async def tomorrow(self) -> dict:
        return self.declared.get(self.base_url)  # >> async/blocking-call @`self.declared.get` "a network reply"

    async def cached(self, currency: str) -> float | None:
        return self.cache.get(currency)  # >> quiet

    async def refresh(self) -> None:
        self._fetch()  # >> async/blocking-call @`self._fetch` "a network reply" via `self.session.get`

    def _fetch(self) -> None:
        self.cache.update(self.session.get(self.base_url).json())

    @property
    def latest(self) -> dict:
        return self.session.get(self.base_url).json()

    @cached_property
    def archive(self) -> str:
        return Path("/srv/rates").read_text()

    @classmethod
    def ping(cls) -> bool:
        return cls.shared.get("https://rates.example/ping").ok

    @staticmethod
    def head() -> bool:
        return requests.get("https://rates.example").ok


@dataclass
class Ledger:
    path: Path
    sessions: list[Session] = field(default_factory=list)

    def append(self, line: str) -> None:
        self.path.write_text(line)


async def through_an_object(client: RatesClient, ledger: Ledger) -> None:
    client.session.get("https://a.example")  # >> async/blocking-call @`client.session.get` "a network reply"
    client.latest  # >> async/blocking-call "a network reply" via `self.session.get`
    client.archive  # >> async/blocking-file-io "the disk" via `read_text`
    RatesClient.ping()  # >> async/blocking-call @`RatesClient.ping` "a network reply" via `cls.shared.get`
    client.head()  # >> async/blocking-call @`client.head` "a network reply" via `requests.get`
    ledger.path.read_text()  # >> async/blocking-file-io @`ledger.path.read_text` "the disk"
    ledger.append("paid")  # >> async/blocking-file-io @`ledger.append` "the disk" via `self.path.write_text`
    ledger.sessions[0].get("https://a.example")  # >> async/blocking-call @`ledger.sessions[0].get` "a network reply"
