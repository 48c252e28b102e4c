import asyncio
import requests


async def load(url: str) -> bytes:
    return (await asyncio.to_thread(requests.get, url)).content
