"""Three helpers that take a function: one calls it, one hands it to a thread, one only keeps it."""
import asyncio
from collections.abc import Callable

handlers: list[Callable] = []


def call_twice(function: Callable, *args) -> None:
    function(*args)
    function(*args)


async def run_elsewhere(function: Callable, *args):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, function, *args)


def register(function: Callable) -> Callable:
    handlers.append(function)
    return function


def call_later(function: Callable, *args) -> None:
    call_twice(function, *args)
