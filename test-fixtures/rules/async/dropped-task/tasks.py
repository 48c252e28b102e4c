"""Who keeps a task."""
import asyncio
from asyncio import create_task

import anyio


async def work(n: int = 0) -> int:
    await asyncio.sleep(n)
    return n


async def thrown_away(urgent: bool) -> None:
    asyncio.create_task(work())  # >> async/dropped-task @`asyncio.create_task` "nobody keeps"
    create_task(work(), name="work")  # >> async/dropped-task @`create_task`
    asyncio.ensure_future(work())  # >> async/dropped-task @`asyncio.ensure_future`
    asyncio.get_running_loop().create_task(work())  # >> async/dropped-task
    asyncio.gather(work(), work())  # >> async/dropped-task @`asyncio.gather`
    if urgent:
        loop = asyncio.get_event_loop()
        loop.create_task(work())  # >> async/dropped-task @`loop.create_task`


def from_plain_code(loop: asyncio.AbstractEventLoop) -> None:
    task = loop.create_task(work())  # >> async/dropped-task @`loop.create_task` "holds until this function ends"


async def named_and_forgotten() -> int:
    await work()
    task = asyncio.create_task(work())  # >> async/dropped-task
    return 1


async def held_while_waiting() -> int:
    task = asyncio.create_task(work())  # >> quiet
    return await work(5)


async def held_by_a_loop() -> None:
    while True:
        await asyncio.sleep(1)
        task = asyncio.create_task(work())  # >> quiet


async def held_around_a_yield():
    task = asyncio.create_task(work())  # >> quiet
    yield


async def held_inside_a_context(lock: asyncio.Lock) -> None:
    async with lock:
        task = asyncio.create_task(work())  # >> quiet


background_tasks: set[asyncio.Task] = set()
running: dict[str, asyncio.Task] = {}
last: asyncio.Task | None = None


class Worker:
    async def start(self) -> None:
        self.task = asyncio.create_task(work())  # >> quiet


async def kept() -> asyncio.Task:
    global last
    task = asyncio.create_task(work())  # >> quiet
    background_tasks.add(task)
    task.add_done_callback(background_tasks.discard)
    background_tasks.add(asyncio.create_task(work()))  # >> quiet
    running["a"] = asyncio.create_task(work())  # >> quiet
    last = asyncio.create_task(work())  # >> quiet
    asyncio.create_task(work()).add_done_callback(print)  # >> quiet
    await asyncio.create_task(work())  # >> quiet
    await asyncio.gather(asyncio.create_task(work()), work())  # >> quiet
    await asyncio.shield(work())  # >> quiet
    tasks = [asyncio.create_task(work(n)) for n in range(3)]  # >> quiet
    done, pending = await asyncio.wait(tasks)
    print(done, pending)
    return asyncio.create_task(work())  # >> quiet


async def read_later() -> list[int]:
    task = asyncio.create_task(work())  # >> quiet
    callback = lambda: task.cancel()
    return [1 for _ in range(3) if callback]


async def in_groups() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(work())  # >> quiet
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(work)  # >> quiet


class Runner:
    def create_task(self, coro) -> None: ...


async def of_others(runner: Runner, unknown) -> None:
    runner.create_task(work())  # >> quiet
    unknown.create_task(work())  # >> quiet
    asyncio.get_running_loop().call_later(1, lambda: asyncio.create_task(work()))  # >> quiet
