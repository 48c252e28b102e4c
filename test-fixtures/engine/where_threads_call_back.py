"""What a worker thread sends back to the loop runs on the loop."""
import time

import anyio
import anyio.from_thread
import trio
from anyio.from_thread import BlockingPortal


def wait() -> None:
    time.sleep(1)  # >> quiet


def back() -> None:
    wait()  # >> async/blocking-call @`wait` "on which `back` runs: it is given to `run_sync`" via `time.sleep`


def trio_back() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def called(portal: BlockingPortal) -> None:
    portal.call(through_portal)
    wait()  # >> quiet


def through_portal() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def work() -> None:
    anyio.from_thread.run_sync(back)
    trio.from_thread.run_sync(trio_back)
    wait()  # >> quiet


async def main() -> None:
    await anyio.to_thread.run_sync(work)  # >> quiet
