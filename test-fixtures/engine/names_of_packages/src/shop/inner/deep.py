import time

from ..clients import Client


def wait() -> None:
    time.sleep(1)


class Outer:
    client = Client()

    class Inner:
        def wait(self) -> None:
            time.sleep(1)
