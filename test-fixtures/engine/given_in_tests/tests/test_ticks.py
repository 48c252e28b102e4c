import asyncio
import time

from app.ticks import tick


def again():
    # What a test puts on a loop itself runs there.
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "it is given to"


def test_ticks():
    loop = asyncio.new_event_loop()
    loop.call_soon(tick)
    loop.call_soon(again)
