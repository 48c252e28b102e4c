import time
from collections.abc import Callable


def with_retries(attempt: Callable[[], dict], times: int = 3) -> dict:
    for number in range(times - 1):
        try:
            return attempt()
        except OSError:
            time.sleep(2**number)
    return attempt()
