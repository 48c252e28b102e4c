"""The fix in every position an expression can stand in."""
from __future__ import annotations

import asyncio
import time
from subprocess import run

import requests


class Client:
    def load(self, url: str, *, timeout: int = 3) -> dict:
        return requests.get(url, timeout=timeout).json()


async def chained(url: str) -> str:
    return (await asyncio.to_thread(requests.get, url, timeout=5)).json()["name"].strip()


async def in_arguments(client: Client, url: str) -> None:
    print(await asyncio.to_thread(client.load, url), [await asyncio.to_thread(client.load, url, timeout=1)])


async def over_lines(url: str) -> dict:
    return (await asyncio.to_thread(requests.post,
        url,
        json={
            "a": 1,  # a comment
        },
        timeout=3,
    )).json()


async def with_stars(urls: list[str], options: dict) -> None:
    await asyncio.to_thread(run, *urls, **options)


async def in_conditions(url: str) -> bool:
    if not (await asyncio.to_thread(requests.get, url)).ok and len(url) > 3:
        return False
    while (await asyncio.to_thread(requests.get, url)).status_code == 202:
        await asyncio.sleep(1)
    return (await asyncio.to_thread(requests.get, url)).ok if url else False


async def in_a_comprehension(urls: list[str]) -> list:
    return [await asyncio.to_thread(requests.get, url) for url in urls]


async def before_operators(url: str) -> int:
    return -(await asyncio.to_thread(requests.get, url)).status_code ** 2 + (await asyncio.to_thread(requests.get, url)).status_code
