from requests import get
from json import loads


async def load(url: str) -> bytes:
    return loads(get(url).content)  # >> async/blocking-call @`get`
