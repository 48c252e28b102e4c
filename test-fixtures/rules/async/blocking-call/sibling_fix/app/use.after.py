"""A sibling is awaited where it takes the same."""
import asyncio
from app import rates
from app.rates import Archive, count, load


async def by_import(url: str) -> bytes:
    return (await rates.aload(url, timeout=1)).strip()


async def by_module(url: str) -> bytes:
    return await rates.aload(url)


async def by_receiver(archive: Archive) -> bytes:
    return await archive.find_async("a") + await archive.aget("b")


async def of_other_parameters(url: str) -> int:
    return await asyncio.to_thread(count, url)
