"""The name the fix needs is imported once, and the one that is there is used."""
import asyncio as aio
from time import sleep


async def one() -> None:
    await aio.sleep(1)
    await aio.sleep(1)


async def two() -> None:
    await aio.sleep(2)
