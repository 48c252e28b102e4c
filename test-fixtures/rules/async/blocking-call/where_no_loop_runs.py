"""What happens only where no loop runs costs callers on a loop nothing."""
import asyncio
import time

import requests
import sniffio


def wait(seconds: float) -> None:
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        time.sleep(seconds)  # >> quiet
        return
    loop.call_later(seconds, print)


def wait_anyway(seconds: float) -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        print("no loop")
    time.sleep(seconds)


def wait_in_both(seconds: float) -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        print("no loop")
    else:
        time.sleep(seconds)


def tries_something_else(url: str) -> None:
    try:
        int(url)
    except ValueError:
        requests.get(url)


def kept_answer(url: str) -> None:
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is None:
        requests.get(url)  # >> quiet
        return
    loop.run_in_executor(None, requests.get, url)


def kept_answer_early(url: str) -> None:
    loop = None
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        pass
    if loop:
        loop.run_in_executor(None, requests.get, url)
    else:
        requests.get(url)  # >> quiet


def kept_flag(url: str) -> None:
    try:
        asyncio.get_running_loop()
        running = True
    except RuntimeError:
        running = False
    if running:
        return
    requests.get(url)  # >> quiet


def lost_flag(url: str) -> None:
    try:
        asyncio.get_running_loop()
        running = True
    except RuntimeError:
        running = False
    running = running and url.startswith("https")
    if not running:
        requests.get(url)


def asks_the_loop(url: str) -> None:
    if asyncio.get_event_loop().is_running():
        return
    requests.get(url)  # >> quiet


def is_async() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def in_event_loop() -> bool:
    try:
        return sniffio.current_async_library() is not None
    except sniffio.AsyncLibraryNotFoundError:
        return False


def has_time() -> bool:
    try:
        return asyncio.get_running_loop().time() > 3
    except RuntimeError:
        return False


def asks_a_helper(url: str) -> None:
    if is_async():
        asyncio.get_running_loop().run_in_executor(None, requests.get, url)
    else:
        requests.get(url)  # >> quiet


def asks_another(url: str) -> None:
    if not in_event_loop():
        requests.get(url)  # >> quiet


def asks_something_else(url: str) -> None:
    if not has_time():
        requests.get(url)


async def handler() -> None:
    wait(1)  # >> quiet
    wait_anyway(1)  # >> async/blocking-call @`wait_anyway`
    wait_in_both(1)  # >> async/blocking-call @`wait_in_both`
    tries_something_else("a")  # >> async/blocking-call @`tries_something_else`
    kept_answer("a")  # >> quiet
    kept_answer_early("a")  # >> quiet
    kept_flag("a")  # >> quiet
    lost_flag("a")  # >> async/blocking-call @`lost_flag`
    asks_the_loop("a")  # >> quiet
    asks_a_helper("a")  # >> quiet
    asks_another("a")  # >> quiet
    asks_something_else("a")  # >> async/blocking-call @`asks_something_else`
