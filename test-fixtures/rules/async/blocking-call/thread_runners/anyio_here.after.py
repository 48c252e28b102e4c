"""Where coroutines are run by another library, threads are its own."""
import anyio
import anyio.to_thread
import functools
import requests


async def load(url: str) -> bytes:
    await anyio.sleep(0)
    await anyio.to_thread.run_sync(requests.head, url)
    return (await anyio.to_thread.run_sync(functools.partial(requests.get, url, timeout=3))).content
