import time

__all__ = ["starred"]


def starred() -> None:
    time.sleep(1)


def unlisted() -> None:
    time.sleep(1)


def _hidden() -> None:
    time.sleep(1)
