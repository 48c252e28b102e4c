import asyncio
import time

from fastapi import APIRouter

from app.running import careful, counted, in_pool, in_thread, logged, named, pool

router = APIRouter()


@router.get("/counted")
@counted
def on_the_loop() -> None:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "on which `on_the_loop` runs: `counted` decorates it"


@named("orders")
def on_the_loop_too() -> None:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "on which `on_the_loop_too` runs: `named` decorates it"


@in_thread
def in_a_thread() -> None:
    time.sleep(1)  # >> quiet


@in_pool(pool)
def in_the_pool() -> None:
    time.sleep(1)  # >> quiet


@careful
def with_care() -> None:
    time.sleep(1)  # >> quiet


@counted
@in_thread
def thread_first() -> None:
    time.sleep(1)  # >> quiet


@router.get("/logged")
@logged
def only_logged() -> None:
    time.sleep(1)  # >> quiet


class Service:
    @in_thread
    def load(self) -> None:
        time.sleep(1)  # >> quiet

    @counted
    def count(self) -> None:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"


async def use(service: Service) -> None:
    await in_a_thread()  # >> quiet
    await in_the_pool()  # >> quiet
    await with_care()  # >> quiet
    await thread_first()  # >> quiet
    await service.load()  # >> quiet
    await on_the_loop()  # >> quiet
    await asyncio.gather(service.count(), in_a_thread())  # >> quiet
    only_logged()  # >> async/blocking-call @`only_logged` "the clock" via `time.sleep`
