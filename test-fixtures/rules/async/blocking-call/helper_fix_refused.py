"""Helpers that wait, and what stands against making them async. Each is called once by `handler`."""
import abc
import asyncio
import functools
import threading
import time
from typing import Protocol

import requests
import unknown_framework
from pydantic import BaseModel


def good() -> None:
    time.sleep(1)


@functools.wraps(print)
def decorated() -> None:
    time.sleep(1)


def in_a_lambda() -> None:
    time.sleep(1)


def in_a_generator() -> int:
    time.sleep(1)
    return 1


def in_a_nested_function() -> None:
    time.sleep(1)


def as_a_default() -> int:
    time.sleep(1)
    return 1


def in_a_decorator() -> int:
    time.sleep(1)
    return 1


def in_a_class_body() -> int:
    time.sleep(1)
    return 1


def by_a_plain_function() -> None:
    time.sleep(1)


def to_a_thread() -> None:
    time.sleep(1)


def recursive(depth: int) -> None:
    time.sleep(1)
    if depth:
        recursive(depth - 1)


def bound_twice() -> None:
    time.sleep(1)


try:
    import requests_cache
except ImportError:

    def bound_twice() -> None:
        time.sleep(2)


def exported() -> None:
    time.sleep(1)


__all__ = ["exported"]


def with_a_lock() -> None:
    with LOCK:
        time.sleep(1)


def under_a_lock() -> None:
    time.sleep(1)


def in_a_loop_of_its_own() -> None:
    time.sleep(1)
    asyncio.run(nothing())


def with_a_file(path: str) -> str:
    with open(path) as file:
        return file.read()


def in_many_steps(url: str) -> None:
    requests.get(url)
    requests.put(url)
    requests.post(url)
    requests.delete(url)


def in_steps(url: str) -> None:
    requests.get(url)
    requests.put(url)
    requests.post(url)


def has_a_twin(url: str) -> None:
    requests.get(url)


async def has_a_twin_async(url: str) -> None:
    """Written by hand already."""


def waits_lazily(url: str) -> list[int]:
    return [lambda: requests.get(url), *(requests.get(url) for _ in "ab")]


LOCK = threading.Lock()


async def nothing() -> None:
    pass


class Parent:
    def overridden(self) -> None:
        time.sleep(1)

    def stored(self) -> None:
        time.sleep(1)

    def duck(self) -> None:
        time.sleep(1)

    def alone(self) -> None:
        time.sleep(1)


class Child(Parent):
    def overridden(self) -> None:
        pass


class Duck(Protocol):
    def duck(self) -> None: ...


class Worker(threading.Thread):
    def work(self) -> None:
        time.sleep(1)


class Plugin(unknown_framework.Plugin):
    def called_by_name(self) -> None:
        time.sleep(1)


class Settings(BaseModel):
    url: str

    def check_url(self) -> None:
        requests.head(self.url)

    def model_dump(self) -> None:
        requests.head(self.url)


class Wallet(abc.ABC):
    @abc.abstractmethod
    def pay(self) -> None: ...


class Bank(Wallet):
    def pay(self) -> None:
        time.sleep(1)

    def settle(self) -> None:
        time.sleep(1)


class Quick:
    run_with = Parent.stored


async def handler(parent: Parent, worker: Worker) -> None:
    good()  # >> async/blocking-call fix "Make good"
    decorated()  # >> async/blocking-call no fix "Make decorated"
    in_a_lambda()  # >> async/blocking-call no fix "Make in_a_lambda"
    in_a_generator()  # >> async/blocking-call no fix "Make in_a_generator"
    in_a_nested_function()  # >> async/blocking-call no fix "Make in_a_nested_function"
    as_a_default()  # >> async/blocking-call no fix "Make as_a_default"
    in_a_decorator()  # >> async/blocking-call no fix "Make in_a_decorator"
    in_a_class_body()  # >> async/blocking-call no fix "Make in_a_class_body"
    by_a_plain_function()  # >> async/blocking-call no fix "Make by_a_plain_function"
    to_a_thread()  # >> async/blocking-call no fix "Make to_a_thread"
    recursive(3)  # >> async/blocking-call no fix "Make recursive"
    bound_twice()  # >> async/blocking-call no fix "Make bound_twice"
    exported()  # >> async/blocking-call no fix "Make exported"
    with_a_lock()  # >> async/blocking-call no fix "Make with_a_lock"
    in_a_loop_of_its_own()  # >> async/blocking-call no fix "Make in_a_loop_of_its_own"  # >> async/nested-event-loop
    with_a_file("a")  # >> async/blocking-file-io no fix "Make with_a_file"
    in_many_steps("https://a.example")  # >> async/blocking-call no fix "Make in_many_steps"
    in_steps("https://a.example")  # >> async/blocking-call fix "Make in_steps"
    has_a_twin("https://a.example")  # >> async/blocking-call no fix "Make has_a_twin"
    waits_lazily("https://a.example")  # >> async/blocking-call no fix "Make waits_lazily"
    parent.overridden()  # >> async/blocking-call no fix "Make overridden"
    parent.stored()  # >> async/blocking-call no fix "Make stored"
    parent.duck()  # >> async/blocking-call no fix "Make duck"
    parent.alone()  # >> async/blocking-call fix "Make alone"
    worker.work()  # >> async/blocking-call no fix "Make work"
    Plugin().called_by_name()  # >> async/blocking-call no fix "Make called_by_name"
    Settings(url="a").check_url()  # >> async/blocking-call fix "Make check_url"
    Settings(url="a").model_dump()  # >> async/blocking-call no fix "Make model_dump"
    Bank().pay()  # >> async/blocking-call no fix "Make pay"
    Bank().settle()  # >> async/blocking-call fix "Make settle"
    with LOCK:
        under_a_lock()  # >> async/blocking-call no fix "Make under_a_lock"


async def more(items: list[int]) -> None:
    wait = lambda: in_a_lambda()
    print(sum(in_a_generator() for _ in items), wait)  # >> async/blocking-call @`in_a_generator` no fix "Make"

    def later() -> None:
        in_a_nested_function()

    def given(value: int = as_a_default()) -> int:  # >> async/blocking-call
        return value

    @functools.partial(print, in_a_decorator())  # >> async/blocking-call
    def printed() -> None:
        pass

    class Defaults:
        value = in_a_class_body()  # >> async/blocking-call

    await asyncio.to_thread(to_a_thread)
    print(later, given, printed, Defaults)


def plainly() -> None:
    by_a_plain_function()
