"""Functions within functions run where they are called."""
import functools
import time

import requests


async def called_here() -> None:
    def pause() -> None:
        time.sleep(1)

    pause()  # >> async/blocking-call @`pause` "the clock" via `time.sleep`


async def called_through_a_lambda(url: str) -> None:
    load = lambda: requests.get(url)  # noqa: E731
    load()  # >> async/blocking-call @`load` "a network reply" via `requests.get`


async def never_called(url: str):
    def load() -> str:
        return requests.get(url).text  # >> quiet

    return load


async def called_through_partial(url: str) -> None:
    load = functools.partial(requests.get, url, timeout=3)
    load()  # >> async/blocking-call @`load` "a network reply"


def retry(function, times: int = 3):
    for _ in range(times):
        result = function()
        if result is not None:
            return result
    return None


def pause_once() -> bool:
    time.sleep(1)
    return True


async def handed_to_one_who_calls_it() -> None:
    retry(pause_once)  # >> async/blocking-call @`retry` "the clock" via `time.sleep`


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@logged
def decorated_pause() -> None:
    time.sleep(1)


async def decorators_change_nothing() -> None:
    decorated_pause()  # >> async/blocking-call @`decorated_pause` "the clock" via `time.sleep`


async def sorted_by_a_waiting_key(urls: list[str]) -> list[str]:
    return sorted(urls, key=lambda url: requests.get(url).status_code)  # >> async/blocking-call @`sorted` "a network reply" via `requests.get`
