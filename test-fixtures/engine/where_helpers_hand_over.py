"""Helpers of the project around executors and callbacks: what they do with a function decides where it runs."""
import asyncio
import functools
import inspect
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def load(seconds: float = 1) -> float:
    time.sleep(seconds)  # >> quiet
    return seconds


async def maybe_thread(function: Callable[..., Any], *args: Any) -> Any:
    if asyncio.iscoroutinefunction(function):
        return await function(*args)
    return await asyncio.to_thread(function, *args)


async def either(function, *args):
    if inspect.iscoroutinefunction(function):
        task = function(*args)
        return await task
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, functools.partial(function, *args))


async def only_coroutines(function: Callable[..., Awaitable[Any]]) -> Any:
    return await function()


async def on_the_loop(function: Callable[..., Any]) -> Any:
    result = function()
    if inspect.isawaitable(result):
        result = await result
    return result


def nested_call(function: Callable[..., Any], *args: Any) -> Awaitable[Any]:
    def work() -> Any:
        return function(*args)

    return asyncio.get_running_loop().run_in_executor(None, work)


class Pool:
    def __init__(self) -> None:
        self.executor = ThreadPoolExecutor(2)

    async def run(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.executor, lambda: function(*args, **kwargs))

    def __call__(self, function: Callable[..., Any], *args: Any) -> Awaitable[Any]:
        return asyncio.wrap_future(self.executor.submit(function, *args))


pool = Pool()
in_pool = pool.run


async def use() -> None:
    await maybe_thread(load)  # >> quiet
    await maybe_thread(load, 2)  # >> quiet
    await either(load)  # >> quiet
    await only_coroutines(load)  # >> quiet
    await nested_call(load, 2)  # >> quiet
    await pool.run(load, 2)  # >> quiet
    await pool(load, 2)  # >> quiet
    await in_pool(load)  # >> quiet
    await pool.run(functools.partial(load, 2))  # >> quiet
    await pool.run(lambda: load(2))  # >> quiet
    await on_the_loop(load)  # >> async/blocking-call @`on_the_loop` "the clock" via `time.sleep`
    await on_the_loop(lambda: load(2))  # >> async/blocking-call @`on_the_loop` "the clock" via `load`, `time.sleep`
    await on_the_loop(functools.partial(load, 2))  # >> async/blocking-call @`on_the_loop` "the clock" via `time.sleep`


def every(seconds: float, function: Callable[[], Any]) -> None:
    loop = asyncio.get_running_loop()

    def again() -> None:
        function()
        loop.call_later(seconds, again)

    loop.call_soon(again)


def later(function: Callable[[], Any]) -> None:
    asyncio.get_running_loop().call_soon(function)


def ticking() -> None:
    load()  # >> async/blocking-call @`load` "the clock" via `time.sleep`


def once() -> None:
    load()  # >> async/blocking-call @`load` "the clock" via `time.sleep`


def kept() -> None:
    load()  # >> quiet


def keep(function: Callable[[], Any], into: list) -> None:
    into.append(function)


def start() -> None:
    every(5, ticking)
    later(once)
    keep(kept, [])


def through_another(function):
    @functools.wraps(function)
    async def wrapper(*args):
        return await on_the_loop(function)

    return wrapper


@through_another
def view() -> None:
    load()  # >> async/blocking-call @`load` "the clock" via `time.sleep`
