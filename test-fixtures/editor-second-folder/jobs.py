import asyncio
import time


async def tick() -> None:
    time.sleep(1)
    asyncio.sleep(1)
