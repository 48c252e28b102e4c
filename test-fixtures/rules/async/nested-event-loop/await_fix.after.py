"""What was run is awaited."""
import asyncio


async def load(key: str) -> dict:
    return {"key": key}


async def show(loop: asyncio.AbstractEventLoop) -> str:
    first = await load("a")
    coro = load("b")
    second = (await coro)["key"]
    third = await (load("c") if first else load("d"))
    return f"{first} {second} {third}"
