"""The function that is imported for it is used."""
import asyncio

from fastapi.concurrency import run_in_threadpool
import requests


async def load(url: str) -> bytes:
    await asyncio.sleep(0)
    await run_in_threadpool(requests.head, url)
    return requests.get(url, timeout=3).content  # >> async/blocking-call @`requests.get`
