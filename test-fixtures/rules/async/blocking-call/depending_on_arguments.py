"""Functions that wait for some values of their parameters only."""
import functools
import time
from getpass import getpass

import requests


def set_password(user: str, password: str | None = None) -> str:
    if password is None:
        password = getpass()
    return password


def work(wait: bool = False) -> None:
    if wait:
        time.sleep(1)


def work_unless(quick: bool = True) -> None:
    if quick:
        return
    time.sleep(1)


def passes_on(wait: bool = False, times: int = 1) -> None:
    work(wait)


def passes_by_name(name: str, *, wait: bool = False) -> None:
    print(name)
    passes_on(wait=wait)


def by_mode(mode: str = "fast", url: str = "") -> None:
    if mode == "slow":
        time.sleep(1)
    elif mode != "none":
        requests.get(url)


def reassigned(wait: bool = False) -> None:
    wait = wait or time.time() > 3
    if wait:
        time.sleep(1)


def in_a_loop(wait: bool = False) -> None:
    for _ in range(3):
        if wait:
            time.sleep(1)
        wait = True


def both(wait: bool = False, loud: bool = False) -> None:
    if wait and loud:
        time.sleep(1)


def either(wait: bool = False, loud: bool = False) -> None:
    if wait or loud:
        time.sleep(1)


def chosen(wait: bool = False) -> None:
    time.sleep(1) if wait else None


def again(count: int, wait: bool = False) -> None:
    if wait:
        time.sleep(1)
    if count > 0:
        again(count - 1, wait)


def without_default(bucket: str) -> None:
    if not bucket:
        return
    requests.put(bucket)


class Client:
    def __init__(self, url: str, connect: bool = True) -> None:
        self.url = url
        if connect:
            self.connect()

    def connect(self, timeout: float | None = None) -> None:
        if timeout is not None:
            requests.get(self.url, timeout=timeout)
        else:
            time.sleep(1)


async def decided(name: str, flag: bool, typed: str, options: dict) -> None:
    set_password("ann")  # >> async/blocking-call certain @`set_password` "user input"
    set_password("ann", None)  # >> async/blocking-call @`set_password`
    set_password("ann", "secret")  # >> quiet
    set_password("ann", password=typed)  # >> quiet
    set_password("ann", password=f"{name}!")  # >> quiet
    set_password("ann", options.get("password"))  # >> quiet
    work()  # >> quiet
    work(False)  # >> quiet
    work(wait=True)  # >> async/blocking-call @`work`
    work(flag)  # >> async/blocking-call certain @`work`
    work(**options)  # >> async/blocking-call @`work`
    work_unless()  # >> quiet
    work_unless(quick=False)  # >> async/blocking-call @`work_unless`
    passes_on()  # >> quiet
    passes_on(True)  # >> async/blocking-call @`passes_on` via `work`, `time.sleep`
    passes_by_name("a")  # >> quiet
    passes_by_name("a", wait=True)  # >> async/blocking-call @`passes_by_name` via `passes_on`, `work`, `time.sleep`
    by_mode()  # >> async/blocking-call @`by_mode` "a network reply"
    by_mode("slow")  # >> async/blocking-call @`by_mode` "the clock"
    by_mode("none")  # >> quiet
    reassigned()  # >> async/blocking-call @`reassigned`
    in_a_loop()  # >> async/blocking-call @`in_a_loop`
    both(True)  # >> quiet
    both(True, True)  # >> async/blocking-call @`both`
    either(True)  # >> async/blocking-call @`either`
    chosen()  # >> quiet
    chosen(True)  # >> async/blocking-call @`chosen`
    again(3)  # >> quiet
    again(3, True)  # >> async/blocking-call @`again`
    functools.partial(work, wait=False)()  # >> quiet
    functools.partial(work, wait=True)()  # >> async/blocking-call
    without_default(options["bucket"])  # >> async/blocking-call certain @`without_default`
    Client(name)  # >> async/blocking-call @`Client` "the clock"
    client = Client(name, connect=False)  # >> quiet
    client.connect(timeout=3)  # >> async/blocking-call @`client.connect` "a network reply"
