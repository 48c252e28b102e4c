"""Imported where it is needed."""
import asyncio


async def load(url: str) -> bytes:
    from requests import get

    return (await asyncio.to_thread(get, url)).content
