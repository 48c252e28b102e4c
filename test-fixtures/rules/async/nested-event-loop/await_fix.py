"""What was run is awaited."""
import asyncio


async def load(key: str) -> dict:
    return {"key": key}


async def show(loop: asyncio.AbstractEventLoop) -> str:
    first = asyncio.run(load("a"))  # >> async/nested-event-loop
    coro = load("b")
    second = loop.run_until_complete(coro)["key"]  # >> async/nested-event-loop
    third = asyncio.run(load("c") if first else load("d"))  # >> async/nested-event-loop
    return f"{first} {second} {third}"
