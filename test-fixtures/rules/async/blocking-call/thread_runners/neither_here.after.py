"""The project runs its coroutines with the standard library."""
import asyncio
import requests


async def load(url: str) -> bytes:
    return (await asyncio.to_thread(requests.get, url, timeout=3)).content
