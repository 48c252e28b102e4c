"""Functions that call each other in circles still have an end to search for."""
import time


def even(count: int) -> bool:
    return True if count == 0 else odd(count - 1)


def odd(count: int) -> bool:
    if count % 100 == 1:
        time.sleep(0.1)
    return False if count == 0 else even(count - 1)


def countdown(count: int) -> None:
    if count:
        countdown(count - 1)


def ping(depth: int):
    return pong(depth - 1) if depth else None


def pong(depth: int):
    return ping(depth - 1) if depth else None


class Node:
    def __init__(self, parent: "Node | None" = None) -> None:
        self.parent = parent

    def root(self) -> "Node":
        return self.parent.root() if self.parent else self

    def lock(self) -> None:
        time.sleep(1)


async def circles(node: Node) -> None:
    even(10)  # >> async/blocking-call @`even` "the clock" via `odd`, `time.sleep`
    odd(11)  # >> async/blocking-call @`odd` "the clock" via `time.sleep`
    countdown(3)  # >> quiet
    ping(3)  # >> quiet
    node.root().lock()  # >> async/blocking-call @`node.root().lock` "the clock" via `time.sleep`
