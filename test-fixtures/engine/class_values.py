"""Classes as values: chosen by name, handed through helpers that take `type[T]`."""
import importlib
import time
from typing import TypeVar

T = TypeVar("T")


def chosen(base: type[T], name: str | None) -> type[T]:
    return importlib.import_module(name).Implementation if name else base


def made(base: type[T]) -> T:
    return base()


class Trial:
    @staticmethod
    def run() -> None:
        time.sleep(1)

    @classmethod
    def prepare(cls) -> None:
        time.sleep(1)

    def stop(self) -> None:
        time.sleep(1)

    def name(self) -> str:
        return "trial"


TrialInUse = chosen(Trial, "shop.trials")


async def handle(kind: type[Trial]) -> None:
    TrialInUse.run()  # >> async/blocking-call @`TrialInUse.run` "the clock"
    TrialInUse.prepare()  # >> async/blocking-call @`TrialInUse.prepare` "the clock"
    TrialInUse().stop()  # >> async/blocking-call "the clock"
    chosen(Trial, None).run()  # >> async/blocking-call "the clock"
    made(Trial).stop()  # >> async/blocking-call "the clock"
    kind.run()  # >> async/blocking-call @`kind.run` "the clock"
    TrialInUse().name()  # >> quiet


def anything(base: T, name: str) -> T:
    return base


async def near_misses(other: type) -> None:
    other.run()  # >> quiet
    chosen(other, "shop.trials").run()  # >> quiet
