import asyncio
from requests import get
from json import loads


async def load(url: str) -> bytes:
    return loads((await asyncio.to_thread(get, url)).content)
