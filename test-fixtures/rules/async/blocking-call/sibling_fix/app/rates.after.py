"""Functions and methods that have an awaitable sibling."""
import asyncio
import httpx
import requests


def load(url: str, *, timeout: int = 3) -> bytes:
    return requests.get(url, timeout=timeout).content


async def aload(url: str, *, timeout: int = 3) -> bytes:
    async with httpx.AsyncClient() as client:
        return (await client.get(url, timeout=timeout)).content


def count(url: str) -> int:
    return len(requests.get(url).content)


async def count_async(url: str, unit: str) -> int:
    return len(await aload(url)) // len(unit)


async def afetch(url: str) -> bytes:
    return await asyncio.to_thread(fetch, url)


def fetch(url: str) -> bytes:
    return requests.get(url).content


class Store:
    def get(self, key: str) -> bytes:
        return requests.get(key).content

    async def aget(self, key: str) -> bytes:
        return await aload(key)


class Archive(Store):
    def find(self, key: str) -> bytes:
        return self.get(key)

    async def find_async(self, key: str) -> bytes:
        return await self.aget(key)


def ping_sync(url: str) -> bool:
    return requests.get(url).ok


async def ping(url: str) -> bool:
    return bool(await aload(url))


def _probe(url: str) -> bool:
    return requests.get(url).ok


async def _aprobe(url: str) -> bool:
    return await ping(url)


async def both(url: str) -> bool:
    return await ping(url) and await _aprobe(url)
