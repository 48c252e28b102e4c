"""What an inherited method gives and calls depends on the class it is called on."""
import time
from functools import partialmethod


class Base:
    @classmethod
    def create(cls):
        return cls()

    def chained(self):
        return self

    def run(self) -> None: ...


class Slow(Base):
    def run(self) -> None:
        time.sleep(1)


class Saving:
    def save(self) -> None:
        super().save()


class SlowStore:
    def save(self) -> None:
        time.sleep(1)


class QuickStore:
    def save(self) -> None: ...


class SlowOrders(Saving, SlowStore): ...


class QuickOrders(Saving, QuickStore): ...


async def of_the_class() -> None:
    Slow.create().run()  # >> async/blocking-call @`Slow.create().run` "the clock"
    Slow().chained().run()  # >> async/blocking-call @`Slow().chained().run` "the clock"
    Base.create().run()  # >> quiet
    Base().chained().run()  # >> quiet


async def by_mixin(slow: SlowOrders, quick: QuickOrders) -> None:
    slow.save()  # >> async/blocking-call @`slow.save` "the clock"
    quick.save()  # >> quiet


class Client:
    _timeout = 1

    def ask(self, seconds: float) -> None:
        time.sleep(seconds)

    ask_long = partialmethod(ask, 10)

    @property
    def timeout(self) -> int:
        return self._timeout

    @timeout.setter
    def timeout(self, value: int) -> None:
        time.sleep(value)

    def __setitem__(self, key: str, value: str) -> None:
        time.sleep(1)

    def __delitem__(self, key: str) -> None:
        time.sleep(1)

    def __getitem__(self, key: str) -> str:
        return key


class Lazy:
    def __get__(self, instance, owner):
        time.sleep(1)
        return Slow()


class Holder:
    lazy = Lazy()


async def implied_calls(client: Client, holder: Holder) -> None:
    client.ask_long()  # >> async/blocking-call @`client.ask_long` "the clock"
    client.timeout = 3  # >> async/blocking-call @`client.timeout` "the clock"
    print(client.timeout)  # >> quiet
    client["a"] = "b"  # >> async/blocking-call @`client["a"]` "the clock"
    del client["a"]  # >> async/blocking-call @`client["a"]` "the clock"
    print(client["a"])  # >> quiet
    print(holder.lazy)  # >> async/blocking-call @`holder.lazy` "the clock"


async def usual(client=Client(), seconds=1) -> None:
    client.ask(seconds)  # >> async/blocking-call @`client.ask` "the clock"
    seconds.ask(client)  # >> quiet
