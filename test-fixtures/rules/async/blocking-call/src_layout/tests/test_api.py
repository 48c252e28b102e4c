import time

from shop.api import order


async def test_order() -> None:
    await order("crate")  # >> quiet
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
