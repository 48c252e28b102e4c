"""A metaclass with a `__call__` of its own decides what making an instance does."""
import abc
import time
from pathlib import Path


class Singleton(type):
    _instances: dict = {}

    def __call__(cls, *args, **kwargs):
        if cls not in cls._instances:
            cls._instances[cls] = super().__call__(*args, **kwargs)
        return cls._instances[cls]


class AbstractSingleton(Singleton, abc.ABCMeta):
    pass


class Version(metaclass=Singleton):
    def __init__(self) -> None:
        self.text = Path("VERSION").read_text()

    def get(self) -> str:
        return self.text

    def refresh(self) -> None:
        self.text = Path("VERSION").read_text()


class Registry(metaclass=AbstractSingleton):
    def __init__(self) -> None:
        time.sleep(1)


class PluginRegistry(Registry):
    pass


class Registered(type):
    known: list = []

    def __init__(cls, name, bases, members):
        cls.known.append(cls)


class Plugin(metaclass=Registered):
    def __init__(self) -> None:
        time.sleep(1)


class Base(abc.ABC):
    def __init__(self) -> None:
        time.sleep(1)


class Other(metaclass=abc.ABCMeta):
    def __init__(self) -> None:
        time.sleep(1)


async def handle() -> str:
    Registry()  # >> quiet
    PluginRegistry()  # >> quiet
    Version().refresh()  # >> async/blocking-file-io @`Version().refresh` "the disk"
    Plugin()  # >> async/blocking-call @`Plugin` "the clock"
    Base()  # >> async/blocking-call @`Base` "the clock"
    Other()  # >> async/blocking-call @`Other` "the clock"
    return Version().get()  # >> quiet
