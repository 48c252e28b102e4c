"""A method with more implementations than a call can mean, and one that stands in for all of them."""
import time
from abc import ABC, abstractmethod


class Command(ABC):
    @abstractmethod
    def run(self) -> None: ...

    @abstractmethod
    def undo(self) -> None: ...


class Pause(Command):
    def run(self) -> None:
        time.sleep(1)

    def undo(self) -> None:
        time.sleep(1)


class One(Command):
    def run(self) -> None:
        print("one")


class Two(Command):
    def run(self) -> None:
        print("two")


class Three(Command):
    def run(self) -> None:
        print("three")


class Four(Command):
    def run(self) -> None:
        print("four")


class Five(Command):
    def run(self) -> None:
        print("five")


class Six(Command):
    def run(self) -> None:
        print("six")


class Seven(Command):
    def run(self) -> None:
        print("seven")


class Eight(Command):
    def run(self) -> None:
        print("eight")


class Nine(Command):
    def run(self) -> None:
        print("nine")


class Ten(Command):
    def run(self) -> None:
        print("ten")


class Eleven(Command):
    def run(self) -> None:
        print("eleven")


class Twelve(Command):
    def run(self) -> None:
        print("twelve")


class FakeCommand(Command):
    def run(self) -> None:
        time.sleep(1)

    def undo(self) -> None:
        time.sleep(2)


async def execute(command: Command) -> None:
    command.run()  # >> missed async/blocking-call: one of thirteen implementations waits
    command.undo()  # >> async/blocking-call likely "`Pause`"


class Gate(ABC):
    def wait(self) -> None:
        raise NotImplementedError()


class MockGate(Gate):
    def wait(self) -> None:
        time.sleep(1)


async def enter(gate: Gate) -> None:
    gate.wait()  # >> quiet
