"""Names that read like blocking calls and are none. Near misses, all of them."""
import asyncio
import concurrent.futures
import queue
import time

import httpx


class Clock:
    def sleep(self, seconds: float) -> None:
        self.seconds = seconds


class requests_cache:
    @staticmethod
    def get(url: str) -> str:
        return url


async def same_name_other_thing(clock: Clock, requests: dict[str, str]) -> None:
    clock.sleep(1)  # >> quiet
    requests.get("https://a.example")  # >> quiet
    requests_cache.get("https://a.example")  # >> quiet


async def loop_twins() -> None:
    await asyncio.sleep(1)  # >> quiet
    async with httpx.AsyncClient() as client:
        await client.get("https://a.example")  # >> quiet
    process = await asyncio.create_subprocess_exec("true")
    await process.wait()  # >> quiet
    inbox: asyncio.Queue[int] = asyncio.Queue()
    await inbox.get()  # >> quiet
    lock = asyncio.Lock()
    await lock.acquire()  # >> quiet
    event = asyncio.Event()
    await event.wait()  # >> quiet


async def told_not_to_wait() -> None:
    inbox: queue.Queue[int] = queue.Queue()
    inbox.get_nowait()  # >> quiet
    inbox.get(block=False)  # >> quiet
    inbox.get(False)  # >> quiet
    inbox.get()  # >> async/blocking-call @`inbox.get` "another thread"


async def shadowed(time) -> None:
    time.sleep(1)  # >> quiet


async def locally_defined() -> None:
    def sleep(seconds: float) -> float:
        return seconds

    sleep(time.time())  # >> quiet


async def results_of_done_tasks() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    await task
    task.result()  # >> quiet
    results = await asyncio.gather(asyncio.sleep(0), asyncio.sleep(0))
    results.append(None)  # >> quiet


async def gathered_later() -> None:
    jobs = [loop_twins() for _ in range(3)]  # >> quiet
    await asyncio.gather(*jobs)  # >> quiet


async def futures_that_have_ended(pool: concurrent.futures.ThreadPoolExecutor) -> None:
    running = {pool.submit(len, word): word for word in ("a", "b")}
    for future in concurrent.futures.as_completed(running):  # >> async/blocking-call
        print(future.result(), running[future])  # >> quiet
    done, late = concurrent.futures.wait(list(running))  # >> async/blocking-call
    print([future.result() for future in done])  # >> quiet
    print([future.exception() for future in late])  # >> async/blocking-call @`future.exception`
    pool.submit(len, "c").result()  # >> async/blocking-call
