import time

from app.running import call_later, call_twice, register, run_elsewhere


def pause() -> None:
    time.sleep(1)


@register
def registered() -> None:
    time.sleep(1)  # >> quiet


async def use() -> None:
    call_twice(pause)  # >> async/blocking-call @`call_twice` "the clock" via `time.sleep`
    call_twice(time.sleep, 1)  # >> async/blocking-call @`call_twice` "the clock"
    call_later(pause)  # >> async/blocking-call @`call_later` "the clock" via `time.sleep`
    await run_elsewhere(pause)  # >> quiet
    await run_elsewhere(time.sleep, 1)  # >> quiet
    await run_elsewhere(lambda: pause())  # >> quiet
    register(pause)  # >> quiet
    call_twice(print)  # >> quiet
