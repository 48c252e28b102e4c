"""Where coroutines are run by another library, threads are its own."""
import anyio
import requests


async def load(url: str) -> bytes:
    await anyio.sleep(0)
    requests.head(url)  # >> async/blocking-call @`requests.head`
    return requests.get(url, timeout=3).content  # >> async/blocking-call @`requests.get`
