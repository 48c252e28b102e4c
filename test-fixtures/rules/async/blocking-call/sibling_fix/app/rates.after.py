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
