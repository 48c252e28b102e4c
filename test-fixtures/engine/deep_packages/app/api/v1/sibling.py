import time


def pause() -> None:
    time.sleep(1)
