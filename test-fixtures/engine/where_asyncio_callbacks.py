"""Plain functions that a loop calls run on it; what is handed to threads does not."""
import asyncio
import functools
import signal
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

pool = ThreadPoolExecutor(2)


def wait(seconds: float = 1) -> None:
    time.sleep(seconds)  # >> quiet


def soon() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def later() -> None:
    wait()  # >> async/blocking-call @`wait` "on which `later` runs: it is given to `call_later`" via `time.sleep`


def with_arguments(seconds: float) -> None:
    time.sleep(seconds)  # >> async/blocking-call @`time.sleep` "the clock"


def only_an_argument() -> None:
    wait()  # >> quiet


def done(task: asyncio.Task) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def thread_done(future: Future) -> None:
    wait()  # >> quiet


def stopped() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def interrupted(signum, frame) -> None:
    wait()  # >> quiet


def timer() -> None:
    wait()  # >> quiet


def both() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


class Worker:
    def tick(self) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`

    def tock(self) -> None:
        wait()  # >> quiet

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.call_soon_threadsafe(self.tick)
        loop.run_in_executor(None, self.tock)


class Lines(asyncio.Protocol):
    def data_received(self, data: bytes) -> None:
        wait()  # >> async/blocking-call @`wait` "on which `Lines.data_received` runs" via `time.sleep`

    def helper(self) -> None:
        wait()  # >> quiet


class Loop(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None) -> asyncio.Handle:
        wait()  # >> quiet
        return super().call_soon(callback, *args, context=context)


async def main() -> None:
    loop = asyncio.get_running_loop()
    loop.call_soon(soon)
    loop.call_later(5, later)
    loop.call_later(5, functools.partial(with_arguments, 2))
    loop.call_soon(print, only_an_argument)
    loop.call_soon(lambda: wait(2))  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    loop.call_soon(both)
    await asyncio.to_thread(both)
    task = asyncio.create_task(asyncio.sleep(1))
    task.add_done_callback(done)
    pool.submit(wait).add_done_callback(thread_done)
    loop.add_signal_handler(signal.SIGTERM, stopped)
    signal.signal(signal.SIGINT, interrupted)
    threading.Timer(1, timer).start()

    def nested() -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`

    def nested_in_thread() -> None:
        wait()  # >> quiet

    loop.call_soon(nested)
    await loop.run_in_executor(None, nested_in_thread)


asyncio.run(main())  # >> quiet
