"""The project runs its coroutines with the standard library."""
import requests


async def load(url: str) -> bytes:
    return requests.get(url, timeout=3).content  # >> async/blocking-call @`requests.get`
