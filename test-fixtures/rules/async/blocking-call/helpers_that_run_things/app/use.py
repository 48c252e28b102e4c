import time

from app.running import call_later, call_twice, register, run_elsewhere


def pause() -> None:
    time.sleep(1)


@register
def registered() -> None:
    time.sleep(1)  # >> quiet


async def use() -> None:
    call_twice(pause)  # >> missed async/blocking-call: a parameter annotated `Callable` is not followed to what is handed in
    call_twice(time.sleep, 1)  # >> missed async/blocking-call: a parameter annotated `Callable` is not followed to what is handed in
    call_later(pause)  # >> missed async/blocking-call: a parameter annotated `Callable` is not followed to what is handed in
    await run_elsewhere(pause)  # >> quiet
    await run_elsewhere(time.sleep, 1)  # >> quiet
    await run_elsewhere(lambda: pause())  # >> quiet
    register(pause)  # >> quiet
    call_twice(print)  # >> quiet
