"""What Python does that is not followed, so that nobody takes silence for an answer; each costs more than it would find."""
import enum
import functools
import itertools
import time
from collections import namedtuple
from collections.abc import Iterator

import requests
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")


class Shelf(models.QuerySet):
    def old(self) -> "Shelf":
        return self.filter(name="a")


class Reader(models.Model):
    shelf = models.Manager.from_queryset(Shelf)()


async def related_rows(author: Author) -> None:
    author.books.count()  # >> missed async/blocking-call: the far side of a foreign key is declared on another model
    list(Reader.shelf.old())  # >> missed async/blocking-call: a manager that is made of a query set has its methods by reflection


class Value:
    def __str__(self) -> str:
        time.sleep(1)
        return "value"

    def __eq__(self, other: object) -> bool:
        time.sleep(1)
        return True

    def __radd__(self, other: int) -> int:
        time.sleep(1)
        return 1

    def __getattr__(self, name: str) -> int:
        time.sleep(1)
        return 1


async def quiet_operators(value: Value) -> None:
    print(f"{value}")  # >> missed async/blocking-call: what makes text of an object is not followed
    print(value == 1)  # >> missed async/blocking-call: comparisons are not followed
    print(1 + value)  # >> missed async/blocking-call: an operator is looked for on its left side only
    print(value.anything)  # >> missed async/blocking-call: what a class answers for names it does not have is not followed
    print(value is None)  # >> quiet


class Size(enum.Enum):
    SMALL = 1

    def wait(self) -> None:
        time.sleep(1)


class Made(type):
    def __call__(cls):
        time.sleep(1)
        return super().__call__()


class ByMeta(metaclass=Made): ...


Pair = namedtuple("Pair", "session name")


async def made_by_others() -> None:
    Size.SMALL.wait()  # >> missed async/blocking-call: members of an enumeration are taken for their values
    ByMeta()  # >> missed async/blocking-call: metaclasses are not followed
    Pair(requests.Session(), "a").session.get("https://a.example")  # >> missed async/blocking-call: fields of a `namedtuple` have no types


def pages() -> Iterator[requests.Response]:
    yield requests.get("https://a.example")


async def iterated() -> None:
    first, *rest = pages()  # >> missed async/blocking-call: taking a generator apart is not seen as going through it
    print(first, rest)
    made = pages()
    made.send(None)  # >> missed async/blocking-call: `send` is not seen as a step
    for page in itertools.chain.from_iterable([pages()]):  # >> missed async/blocking-call: attributes of functions are not followed
        print(page)
    chosen = functools.reduce(lambda one, other: one, [requests.Session()])
    chosen.get("https://a.example")  # >> missed async/blocking-call: what a lambda gives back of its arguments is not known there


async def never_iterated(urls: list[str]) -> None:
    later = (requests.get(url) for url in urls)  # >> wrong async/blocking-call: nobody goes through it
    print(later)
    print(map(requests.get, urls))  # >> wrong async/blocking-call: nobody goes through it
