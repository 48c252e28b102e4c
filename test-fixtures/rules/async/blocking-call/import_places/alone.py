import requests


async def load(url: str) -> bytes:
    return requests.get(url).content  # >> async/blocking-call @`requests.get`
