"""A function that wraps callables wraps this one too."""
import requests
from asgiref.sync import sync_to_async as in_thread


async def load(url: str) -> bytes:
    await in_thread(requests.head)(url)
    return requests.get(url, timeout=3).content  # >> async/blocking-call @`requests.get`
