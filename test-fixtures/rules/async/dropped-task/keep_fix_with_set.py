"""The module has a set already."""
import asyncio

background_tasks: set[asyncio.Task] = set()


async def work() -> None: ...


async def start() -> None:
    asyncio.create_task(work())  # >> async/dropped-task
