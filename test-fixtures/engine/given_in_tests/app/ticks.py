import asyncio
import time


def tick():
    # A test alone puts it on a loop.
    time.sleep(1)  # >> quiet


def tock():
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "it is given to `call_soon`"


async def start():
    asyncio.get_running_loop().call_soon(tock)
