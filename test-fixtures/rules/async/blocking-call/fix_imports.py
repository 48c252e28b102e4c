"""The name the fix needs is imported once, and the one that is there is used."""
import asyncio as aio
from time import sleep


async def one() -> None:
    sleep(1)  # >> async/blocking-call @`sleep`
    await aio.sleep(1)


async def two() -> None:
    sleep(2)  # >> async/blocking-call @`sleep`
