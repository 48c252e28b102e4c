"""Neither folder is a package with an `__init__`."""
import time


def wait() -> None:
    time.sleep(1)


def nothing() -> None: ...
