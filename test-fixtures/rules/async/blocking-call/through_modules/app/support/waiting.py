"""`support` has no __init__.py: a namespace package."""
import time


def backoff(attempts: int) -> None:
    for attempt in range(attempts):
        time.sleep(attempt)
