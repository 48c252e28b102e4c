import time

import two
from two import base_wait


class Child(two.Base):
    def wait(self) -> None:
        self.pause()


def wait() -> None:
    time.sleep(1)


async def use(child: Child) -> None:
    child.wait()  # >> async/blocking-call @`child.wait` "the clock" via `self.pause`
    base_wait()  # >> async/blocking-call @`base_wait` "the clock" via `one.wait`, `time.sleep`
