"""The module has a set already."""
import asyncio

background_tasks: set[asyncio.Task] = set()


async def work() -> None: ...


async def start() -> None:
    task = asyncio.create_task(work())
    background_tasks.add(task)
    task.add_done_callback(background_tasks.discard)
