"""Code that runs when a value is iterated or entered."""
import time
from contextlib import asynccontextmanager, contextmanager

import requests


def pages(url: str):
    while True:
        reply = requests.get(url)
        yield reply.json()


def numbers():
    yield 1
    yield 2


@contextmanager
def throttled():
    time.sleep(1)
    yield
    time.sleep(1)


@asynccontextmanager
async def polite():
    yield


class Lease:
    def __enter__(self) -> "Lease":
        requests.post("https://lease.example")
        return self

    def __exit__(self, *details: object) -> None:
        requests.delete("https://lease.example")


async def iterated(url: str) -> list:
    made = pages(url)  # >> quiet
    for page in made:  # >> async/blocking-call "a network reply" via `requests.get`
        return page
    for number in numbers():  # >> quiet
        print(number)
    return list(pages(url))  # >> async/blocking-call @`list` "a network reply" via `requests.get`


async def entered() -> None:
    with throttled():  # >> async/blocking-call "the clock" via `time.sleep`
        pass
    with Lease():  # >> async/blocking-call "a network reply" via `requests.post`
        pass
    async with polite():  # >> quiet
        pass


async def comprehended(url: str) -> list:
    return [page for page in pages(url)]  # >> async/blocking-call "a network reply" via `requests.get`
