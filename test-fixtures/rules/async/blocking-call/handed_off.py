"""Work that is handed over uncalled runs elsewhere. Near misses, all of them."""
import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import anyio
import requests
from asgiref.sync import sync_to_async
from fastapi import BackgroundTasks
from fastapi.concurrency import run_in_threadpool
from starlette.concurrency import run_in_threadpool as starlette_pool

pool = ThreadPoolExecutor(4)


def load(url: str) -> str:
    return requests.get(url, timeout=5).text


async def to_threads(url: str) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(time.sleep, 1)  # >> quiet
    await asyncio.to_thread(load, url)  # >> quiet
    await loop.run_in_executor(None, load, url)  # >> quiet
    await loop.run_in_executor(pool, partial(load, url))  # >> quiet
    await loop.run_in_executor(None, lambda: load(url))  # >> quiet
    await run_in_threadpool(load, url)  # >> quiet
    await starlette_pool(load, url)  # >> quiet
    await anyio.to_thread.run_sync(load, url)  # >> quiet
    await sync_to_async(load)(url)  # >> quiet


async def by_another_name(url: str) -> None:
    run = asyncio.get_running_loop().run_in_executor
    await run(None, load, url)  # >> quiet
    in_thread = asyncio.to_thread
    await in_thread(load, url)  # >> quiet


async def nested_function(url: str) -> str:
    def work() -> str:
        time.sleep(1)
        return requests.get(url).text  # >> quiet

    return await asyncio.to_thread(work)  # >> quiet


async def executors_and_threads(urls: list[str]) -> None:
    pool.submit(load, urls[0])  # >> quiet
    pool.map(load, urls)  # >> quiet
    threading.Thread(target=load, args=(urls[0],)).start()  # >> quiet


async def after_the_response(tasks: BackgroundTasks, url: str) -> None:
    tasks.add_task(load, url)  # >> quiet


@sync_to_async
def load_in_thread(url: str) -> str:
    return requests.get(url).text  # >> quiet


async def decorated(url: str) -> str:
    return await load_in_thread(url)  # >> quiet


async def in_thread(function, *args):
    return await asyncio.get_running_loop().run_in_executor(None, function, *args)


async def through_our_own_wrapper(url: str) -> str:
    return await in_thread(load, url)  # >> quiet


class Downloader:
    def run(self, url: str) -> str:
        return requests.get(url).text

    async def start(self, url: str) -> str:
        return await asyncio.to_thread(self.run, url)  # >> quiet


async def called_too_early(url: str) -> None:
    await asyncio.to_thread(load(url))  # >> async/blocking-call @`load` "a network reply" via `requests.get`
