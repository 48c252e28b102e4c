"""Work that is done only for those who leave a parameter out, or only for those who give it."""
import time
from pathlib import Path
from typing import Optional

import requests


class Page:
    @classmethod
    def load(cls, path: str, text: str | None = None):
        if text is None:
            text = Path(path).read_text()
        return text.upper()


def parsed(text: Optional[str] = None) -> str:
    if not text:
        return Path("default.txt").read_text()
    return text


def settled(config=None):
    config = config or requests.get("https://config.example").json()
    return config


def either(config=None):
    if config is not None:
        return config
    return requests.get("https://config.example").json()


def chosen(config=None):
    return requests.get("https://config.example").json() if config is None else config


def flushed(text: str, sync: bool = False) -> None:
    if sync:
        time.sleep(1)


def passed_on(path: str, text: str | None = None) -> str:
    return Page.load(path, text)


class Repository:
    def __init__(self, url: str, user=None, *, name: str | None = None) -> None:
        self.url = url
        if user:
            self.user = requests.get(f"{url}/{user}")
        elif name:
            self.user = requests.get(f"{url}?name={name}")
        else:
            self.user = self.lookup(name)

    def lookup(self, name=None):
        if not name:
            return None
        return requests.get(f"{self.url}/{name}")


async def excused(fetched, path: str, content: str) -> None:
    Page.load(path, content)  # >> quiet
    Page.load(path, text=fetched)  # >> quiet
    parsed("text")  # >> quiet
    settled({"a": 1})  # >> quiet
    settled(fetched)  # >> quiet
    either(config=fetched.config)  # >> quiet
    chosen(fetched())  # >> quiet
    flushed(content)  # >> quiet
    flushed(content, False)  # >> quiet
    passed_on(path, content)  # >> quiet
    Repository("https://a.example")  # >> quiet


async def accused(maybe: str | None, wish: bool, path: str, keywords: dict, user=None) -> None:
    Page.load(path)  # >> async/blocking-file-io @`Page.load` "the disk"
    Page.load(path, None)  # >> async/blocking-file-io @`Page.load` "the disk"
    Page.load(path, maybe)  # >> async/blocking-file-io @`Page.load` "the disk"
    Page.load(path, **keywords)  # >> async/blocking-file-io @`Page.load` "the disk"
    parsed()  # >> async/blocking-file-io @`parsed` "the disk"
    parsed("")  # >> async/blocking-file-io @`parsed` "the disk"
    settled()  # >> async/blocking-call @`settled` "a network reply"
    either(user)  # >> async/blocking-call @`either` "a network reply"
    chosen()  # >> async/blocking-call @`chosen` "a network reply"
    flushed(path, True)  # >> async/blocking-call @`flushed` "the clock"
    flushed(path, wish)  # >> async/blocking-call @`flushed` "the clock"
    passed_on(path)  # >> async/blocking-file-io @`passed_on` "the disk" via `Page.load`
    Repository("https://a.example", user)  # >> async/blocking-call @`Repository` "a network reply"
    Repository("https://a.example", user="x")  # >> async/blocking-call @`Repository` "a network reply"
    Repository("https://a.example", name="x")  # >> async/blocking-call @`Repository` "a network reply"
    if user is not None:
        either(user)  # >> quiet


def reassigned(text=None):
    text = text or "x"
    if text is not None:
        time.sleep(1)


def reassigned_first(text=None):
    text = None
    if text is None:
        time.sleep(1)


def both(text=None):
    if text is None:
        time.sleep(1)
    else:
        time.sleep(2)


async def near_misses() -> None:
    reassigned()  # >> async/blocking-call @`reassigned` "the clock"
    reassigned_first("x")  # >> async/blocking-call @`reassigned_first` "the clock"
    both("x")  # >> async/blocking-call @`both` "the clock"
    both()  # >> async/blocking-call @`both` "the clock"
