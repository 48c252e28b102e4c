"""Who asked whether there is something to wait for does not wait."""
import asyncio
import queue
import subprocess
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import Process
from multiprocessing.connection import Connection


class Worker:
    def __init__(self) -> None:
        self.jobs: queue.Queue[str] = queue.Queue()
        self.thread = threading.Thread(target=print)

    def next_job(self) -> str | None:
        if self.jobs.empty():
            return None
        return self.jobs.get()  # >> quiet

    def any_job(self) -> str:
        if self.jobs.empty():
            print("will take a while")
        return self.jobs.get()


async def queues(jobs: "queue.Queue[str]", others: "queue.Queue[str]", worker: Worker) -> None:
    if not jobs.empty():
        jobs.get()  # >> quiet
        others.get()  # >> async/blocking-call @`others.get`
    jobs.get()  # >> async/blocking-call @`jobs.get`
    while not jobs.empty():
        jobs.get()  # >> quiet
    if jobs.qsize() > 0:
        jobs.get()  # >> quiet
    else:
        jobs.get()  # >> async/blocking-call @`jobs.get`
    while jobs.empty():
        await asyncio.sleep(0.1)
    jobs.get()  # >> quiet
    first = others.get() if others.qsize() else None  # >> quiet
    if not others.full():
        others.put(first or "")  # >> quiet
    if not jobs.empty() and first:
        jobs.get()  # >> quiet
    if not others.empty() or first:
        others.get()  # >> async/blocking-call @`others.get`
    worker.next_job()  # >> quiet
    worker.any_job()  # >> async/blocking-call @`worker.any_job`
    if not worker.jobs.empty():
        worker.jobs.get()  # >> quiet
        worker = Worker()
        worker.jobs.get()  # >> async/blocking-call @`worker.jobs.get`


async def futures(pool: ThreadPoolExecutor, started: "Future[int]") -> int:
    total = 0
    if started.done():
        total += started.result()  # >> quiet
    running = pool.submit(len, "abc")
    while not running.done():
        await asyncio.sleep(0)
    total += running.result()  # >> quiet
    running = pool.submit(len, "abcd")
    return total + running.result()  # >> async/blocking-call @`running.result`


async def others_at_work(child: subprocess.Popen, process: Process, pipe: Connection, ready: threading.Event) -> None:
    while child.poll() is None:
        await asyncio.sleep(0.1)
    child.wait()  # >> quiet
    if process.is_alive():
        process.join()  # >> async/blocking-call @`process.join`
    else:
        process.join()  # >> quiet
    if pipe.poll():
        pipe.recv()  # >> quiet
    if not ready.is_set():
        return
    ready.wait()  # >> quiet
