"""The same names may mean something else here."""
from app import net
from app.net import Rates, fetch

import requests


def pause(label: str) -> str:
    return label


class Buffer:
    def load(self) -> int:
        return 1

    def grow(self) -> int:
        self.load()
        return len(self.load.__name__)


async def two(rates: Rates) -> str:
    pause("not the one that waits")
    fetch("https://c.example")  # >> async/blocking-call @`fetch` fix "Make fetch async"
    net.pause(3)  # >> async/blocking-call @`net.pause` fix "Make pause async"
    rates.load("yesterday")  # >> async/blocking-call @`rates.load` fix "Make load async"
    return str(Buffer().load())


def forwarded(url: str) -> str:
    return requests.get(url).text


def stranger(thing):
    return thing.read_somewhere()


VERSION = net.called_at_import()
COMMANDS = {"handed": net.handed_on, "looked": getattr(net, "looked_up")}
ACTIONS = [Rates("https://a.example").refresh]
