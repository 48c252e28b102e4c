"""The fix in every position an expression can stand in."""
from __future__ import annotations

import time
from subprocess import run

import requests


class Client:
    def load(self, url: str, *, timeout: int = 3) -> dict:
        return requests.get(url, timeout=timeout).json()


async def chained(url: str) -> str:
    return requests.get(url, timeout=5).json()["name"].strip()  # >> async/blocking-call @`requests.get`


async def in_arguments(client: Client, url: str) -> None:
    print(client.load(url), [client.load(url, timeout=1)])  # >> async/blocking-call @`client.load` # >> async/blocking-call @`client.load`


async def over_lines(url: str) -> dict:
    return requests.post(  # >> async/blocking-call @`requests.post`
        url,
        json={
            "a": 1,  # a comment
        },
        timeout=3,
    ).json()


async def with_stars(urls: list[str], options: dict) -> None:
    run(*urls, **options)  # >> async/blocking-call @`run`


async def in_conditions(url: str) -> bool:
    if not requests.get(url).ok and len(url) > 3:  # >> async/blocking-call @`requests.get`
        return False
    while requests.get(url).status_code == 202:  # >> async/blocking-call @`requests.get`
        time.sleep(1)  # >> async/blocking-call @`time.sleep`
    return requests.get(url).ok if url else False  # >> async/blocking-call @`requests.get`


async def in_a_comprehension(urls: list[str]) -> list:
    return [requests.get(url) for url in urls]  # >> async/blocking-call @`requests.get`


async def before_operators(url: str) -> int:
    return -requests.get(url).status_code ** 2 + requests.get(url).status_code  # >> async/blocking-call @`requests.get` # >> async/blocking-call @`requests.get`
