"""Half a statement hides itself, not what stands around it."""
import time


async def before() -> None:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"


async def typing(request) -> None:
    value = request.
    time.sleep(2)


async def after() -> None:
    time.sleep(3)  # >> async/blocking-call @`time.sleep` "the clock"
