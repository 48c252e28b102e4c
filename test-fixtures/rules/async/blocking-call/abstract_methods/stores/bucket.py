"""Implementations that wait."""
import asyncio
import time

import boto3
import requests

from .base import Catalogue, Hook, Inbox, Store


class BucketStore(Store):
    def __init__(self) -> None:
        self.client = boto3.client("s3")

    def read(self, name: str) -> str:
        return self._body(name).decode()

    @property
    def size(self) -> int:
        return len(requests.get("https://bucket.example/").text)

    def forget(self, name: str) -> None:
        return super().forget(name)

    def _body(self, name: str) -> bytes:
        return self.client.get_object(Bucket="main", Key=name)["Body"].read()


class HttpInbox(Inbox):
    def fetch(self, limit: int = 10) -> list[str]:
        return requests.get("https://inbox.example/", params={"limit": limit}).json()

    async def fetch_later(self) -> list[str]:
        return await asyncio.to_thread(self.fetch)


class HttpIndex:
    """Follows a protocol without naming it."""

    def look_up(self, key: str) -> list[str]:
        return requests.get(f"https://index.example/{key}").json()

    def drop(self, key: str) -> None:
        requests.delete(f"https://index.example/{key}")


class HalfIndex:
    """Has one of two methods, so it is none."""

    def drop(self, key: str) -> None:
        requests.delete(f"https://index.example/{key}")


class SlowHook(Hook):
    def before(self) -> None:
        time.sleep(1)

    def after(self) -> None:
        time.sleep(1)


class Doors:
    def close(self) -> None:
        time.sleep(1)


class RadioClock:
    """Other parameters than the protocol's."""

    def now(self, station: str) -> float:
        return requests.get(f"https://{station}.example/").json()


class HttpCatalogue(Catalogue):
    async def entries(self) -> list[str]:
        return (await asyncio.to_thread(requests.get, "https://catalogue.example/")).json()
