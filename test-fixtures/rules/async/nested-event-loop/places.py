"""Where a loop runs already, and where none does."""
import asyncio
import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import anyio
import trio
from asgiref.sync import async_to_sync, sync_to_async
from fastapi import FastAPI

app = FastAPI()


async def load(key: str = "") -> str:
    return key


async def directly(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.run(load())  # >> async/nested-event-loop @`asyncio.run` "this raises RuntimeError"
    loop.run_until_complete(load())  # >> async/nested-event-loop @`loop.run_until_complete`
    asyncio.get_event_loop().run_until_complete(load())  # >> async/nested-event-loop
    asyncio.new_event_loop().run_forever()  # >> async/nested-event-loop
    anyio.run(load)  # >> async/nested-event-loop @`anyio.run`
    trio.run(load)  # >> async/nested-event-loop @`trio.run`
    async_to_sync(load)("a")  # >> async/nested-event-loop
    with asyncio.Runner() as runner:
        runner.run(load())  # >> async/nested-event-loop @`runner.run`


def load_now(key: str) -> str:
    return asyncio.run(load(key))  # >> quiet


class Reports:
    def title(self) -> str:
        return load_now("title")  # >> quiet

    @property
    def author(self) -> str:
        return asyncio.get_event_loop().run_until_complete(load("author"))  # >> quiet


@app.get("/report")
async def report() -> str:
    reports = Reports()
    return reports.title() + reports.author  # >> async/nested-event-loop @`reports.title` "2 calls further down" via `title`, `load_now` # >> async/nested-event-loop @`reports.author`


@app.get("/plain")
def plain() -> str:
    return load_now("a")  # >> quiet


def unknown_caller() -> str:
    return Reports().title()  # >> quiet


async def in_threads(pool: ThreadPoolExecutor) -> None:
    await asyncio.to_thread(load_now, "a")  # >> quiet
    await sync_to_async(load_now)("a")  # >> quiet
    await asyncio.get_running_loop().run_in_executor(None, load_now, "a")  # >> quiet
    threading.Thread(target=load_now, args=("a",)).start()  # >> quiet
    pool.submit(asyncio.run, load())  # >> quiet
    pool.submit(lambda: asyncio.run(load()))  # >> quiet

    def inside() -> str:
        return asyncio.run(load())  # >> quiet

    await asyncio.to_thread(inside)  # >> quiet


def asks_first(key: str) -> str | None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(load(key))
    return None


def asks_the_loop(key: str) -> str | None:
    loop = asyncio.get_event_loop()
    if loop.is_running():
        loop.create_task(load(key)).add_done_callback(print)
        return None
    else:
        return loop.run_until_complete(load(key))


def looks_for_a_loop(key: str) -> str:
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is not None:
        with ThreadPoolExecutor() as pool:
            return pool.submit(asyncio.run, load(key)).result()
    return asyncio.run(load(key))


def expects_the_error(key: str) -> str:
    try:
        return asyncio.run(load(key))
    except (RuntimeError, ValueError):
        return key


def swallows_the_error(key: str) -> str:
    with contextlib.suppress(RuntimeError):
        return asyncio.run(load(key))
    return key


def swallows_another_error(key: str) -> str:
    with contextlib.suppress(ValueError):
        return asyncio.run(load(key))
    return key


def does_not_ask(key: str) -> str:
    loop = asyncio.get_running_loop()
    return loop.run_until_complete(load(key))


async def minded() -> None:
    asks_first("a")  # >> quiet
    asks_the_loop("a")  # >> quiet
    expects_the_error("a")  # >> quiet
    swallows_the_error("a")  # >> quiet
    swallows_another_error("a")  # >> async/nested-event-loop @`swallows_another_error`
    does_not_ask("a")  # >> async/nested-event-loop @`does_not_ask`


class Cached:
    def __init__(self) -> None:
        self.rows: list[str] = []

    def get(self) -> list[str]:
        if not self.rows:
            self.rows = [load_now("a")]
        return self.rows

    def first(self, wait: bool) -> str | None:
        if not wait:
            return None
        return load_now("a")

    def any(self, key: str) -> str:
        if not key:
            raise ValueError(key)
        for part in key.split():
            print(part)
        return load_now(key)

    def by_kind(self, kind: str) -> str:
        match kind:
            case "now":
                return load_now(kind)
        return kind if kind else load_now(kind)


async def under_conditions(cached: Cached, urgent: bool) -> None:
    cached.get()  # >> quiet
    cached.first(True)  # >> quiet
    cached.by_kind("now")  # >> quiet
    cached.any("a")  # >> async/nested-event-loop @`cached.any` via `any`, `load_now`
    if urgent:
        load_now("a")  # >> async/nested-event-loop @`load_now`


def main() -> None:
    asyncio.run(load())  # >> quiet


if __name__ == "__main__":
    main()
    asyncio.run(load())  # >> quiet
