"""Type variables, with their bounds, in both notations."""
from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final, Generic, Self, TypeAlias, TypeVar, cast


class Record:
    def save(self) -> None:
        time.sleep(1)

    @classmethod
    def load(cls) -> Self:
        time.sleep(1)
        return cls()


class Other:
    def save(self) -> None: ...


T = TypeVar("T")
R = TypeVar("R", bound=Record)
Q = TypeVar("Q", bound="Record")
Name: TypeAlias = "Record"
type Alias = Record
type Maybe[X] = X | None


class Repository(Generic[R]):
    model: type[R]

    def __init__(self, first: R) -> None:
        self.first = first

    def all(self) -> Sequence[R]:
        return []

    async def store(self, record: R) -> None:
        record.save()  # >> async/blocking-call @`record.save` "the clock"
        self.first.save()  # >> async/blocking-call @`self.first.save` "the clock"
        self.model.load()  # >> async/blocking-call @`self.model.load` "the clock"
        self.model().save()  # >> async/blocking-call @`self.model().save` "the clock"


class Records(Repository[Record]): ...


class Others(Repository[Other]): ...


async def repositories(records: Records, others: Others) -> None:
    for record in records.all():
        record.save()  # >> async/blocking-call @`record.save` "the clock"
    records.model.load()  # >> async/blocking-call @`records.model.load` "the clock"
    for other in others.all():
        other.save()  # >> quiet


async def bounds(record: Q, anything: T, other: Other) -> None:
    record.save()  # >> async/blocking-call @`record.save` "the clock"
    anything.save()  # >> quiet
    cast("Record", anything).save()  # >> async/blocking-call "the clock"
    cast("Other", anything).save()  # >> quiet


class Box[X]:
    def __init__(self, item: X) -> None:
        self.item = item

    def take(self) -> X:
        return self.item


class Shelf[X: Record](Box[X]):
    async def store(self) -> None:
        self.take().save()  # >> async/blocking-call @`self.take().save` "the clock"


def first[X](items: list[X]) -> X:
    return items[0]


async def new_notation(box: Box[Record], other: Box[Other], shelf: Shelf[Record], named: Name, alias: Alias, items: list[Record]) -> None:
    box.item.save()  # >> async/blocking-call @`box.item.save` "the clock"
    box.take().save()  # >> async/blocking-call @`box.take().save` "the clock"
    Box(Record()).take().save()  # >> async/blocking-call "the clock"
    shelf.take().save()  # >> async/blocking-call "the clock"
    other.take().save()  # >> quiet
    named.save()  # >> async/blocking-call @`named.save` "the clock"
    alias.save()  # >> async/blocking-call @`alias.save` "the clock"
    first(items).save()  # >> async/blocking-call "the clock"


class Settings:
    record: Final = Record()
    other: Final = Other()


KEPT: Final = Record()


async def final(settings: Settings) -> None:
    settings.record.save()  # >> async/blocking-call @`settings.record.save` "the clock"
    settings.other.save()  # >> quiet
    KEPT.save()  # >> async/blocking-call @`KEPT.save` "the clock"
