"""Containers that are made empty hold what is put into them."""
from collections import defaultdict, deque

import httpx
import requests

clients = {}
known: dict[str, httpx.AsyncClient] = {}


def open_client(name: str) -> None:
    clients[name] = requests.Session()


async def by_name(name: str) -> None:
    clients[name].get("https://a.example")  # >> async/blocking-call @`clients[name].get` "a network reply"
    clients.get(name)  # >> quiet
    await known[name].get("https://a.example")  # >> quiet


class Pool:
    def __init__(self) -> None:
        self.sessions = {}
        self.waiting = []
        self.names = []

    def open(self, name: str) -> None:
        self.sessions[name] = requests.Session()
        self.waiting.append(requests.Session())
        self.names.append(name)

    async def use(self, name: str) -> None:
        self.sessions[name].get(name)  # >> async/blocking-call @`self.sessions[name].get` "a network reply"
        for session in self.waiting:
            session.get(name)  # >> async/blocking-call @`session.get` "a network reply"
        self.names[0].get(name)  # >> quiet
        self.sessions.get(name)  # >> quiet


async def here(names: list[str]) -> None:
    found = []
    for name in names:
        found.append(requests.Session())
    for session in found:
        session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"
    made = defaultdict(requests.Session)
    made["a"].get("https://a.example")  # >> async/blocking-call @`made["a"].get` "a network reply"
    queue = deque()
    queue.append(requests.Session())
    queue.popleft().get("https://a.example")  # >> async/blocking-call @`queue.popleft().get` "a network reply"
    empty = []
    empty.append(name for name in names)
    empty[0].get("https://a.example")  # >> quiet


async def records() -> None:
    """Under constant keys stand different things."""
    tools = {"http": requests.Session(), "cache": {}, "later": httpx.AsyncClient()}
    tools["http"].get("https://a.example")  # >> async/blocking-call @`tools["http"].get` "a network reply"
    tools["cache"].get("a")  # >> quiet
    await tools["later"].get("https://a.example")  # >> quiet
    tools.get("http").get("https://a.example")  # >> async/blocking-call "a network reply"
    state = {}
    state["http"] = requests.Session()
    state["cache"] = {}
    state["cache"].get("a")  # >> quiet
    state["http"].get("https://a.example")  # >> async/blocking-call @`state["http"].get` "a network reply"
    given = dict(http=requests.Session(), cache={})
    given["cache"].get("a")  # >> quiet
    given["http"].get("https://a.example")  # >> async/blocking-call @`given["http"].get` "a network reply"
    merged = {**{"a": requests.Session()}}
    merged["a"].get("https://a.example")  # >> async/blocking-call "a network reply"
