import time


def up():
    time.sleep(1)
