"""The clock has a twin on the loop that takes the same arguments."""
import asyncio
import time


async def poll(attempts: int) -> None:
    for attempt in range(attempts):
        await asyncio.sleep(2**attempt)


def pause() -> None:
    time.sleep(1)
