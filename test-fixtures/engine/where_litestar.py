"""Litestar runs plain handlers on the loop unless they ask for a thread."""
import time

from litestar import Controller, Litestar, get, post
from litestar.di import Provide


@get("/sync", sync_to_thread=False)
def on_the_loop() -> str:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    return "done"


@get("/default")
def by_default() -> str:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    return "done"


@get("/thread", sync_to_thread=True)
def in_a_thread() -> str:
    time.sleep(1)  # >> quiet
    return "done"


THREADS = bool(1)


@get("/unknown", sync_to_thread=THREADS)
def who_knows() -> str:
    time.sleep(1)  # >> quiet
    return "done"


@get("/async")
async def asynchronous() -> str:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    return "done"


class Orders(Controller):
    path = "/orders"

    @post(sync_to_thread=True)
    def create(self) -> None:
        time.sleep(1)  # >> quiet

    @get()
    def index(self) -> str:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
        return "done"


def threaded_dependency() -> int:
    time.sleep(1)  # >> quiet
    return 1


def dependency() -> int:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "on which `dependency` runs: it is given to `Provide`"
    return 1


app = Litestar(
    route_handlers=[on_the_loop, by_default, in_a_thread, asynchronous, Orders],
    dependencies={
        "slow": Provide(dependency),
        "threaded": Provide(threaded_dependency, sync_to_thread=True),
    },
)
