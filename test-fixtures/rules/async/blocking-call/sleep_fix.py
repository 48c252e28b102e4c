"""The clock has a twin on the loop that takes the same arguments."""
import time


async def poll(attempts: int) -> None:
    for attempt in range(attempts):
        time.sleep(2**attempt)  # >> async/blocking-call @`time.sleep` "the clock"


def pause() -> None:
    time.sleep(1)
