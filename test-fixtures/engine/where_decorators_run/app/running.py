"""Decorators of the project: some make a coroutine of a plain function, some hand it to a thread, some only look at it."""
import asyncio
import functools
import inspect
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(4)


def counted(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        result = function(*args, **kwargs)
        if inspect.isawaitable(result):
            result = await result
        return result

    return wrapper


def named(name: str):
    def decorate(function: Callable) -> Callable:
        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            if asyncio.iscoroutinefunction(function):
                return await function(*args, **kwargs)
            return function(*args, **kwargs)

        return wrapper

    return decorate


def in_thread(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, functools.partial(function, *args, **kwargs))

    return wrapper


def in_pool(workers: ThreadPoolExecutor):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            loop = asyncio.get_running_loop()
            return loop.run_in_executor(workers, lambda: function(*args, **kwargs))

        return wrapper

    return decorate


def careful(function: Callable):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        if asyncio.iscoroutinefunction(function):
            return await function(*args, **kwargs)
        return await asyncio.to_thread(function, *args, **kwargs)

    return wrapper


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print(function.__name__)
        return function(*args, **kwargs)

    return wrapper
