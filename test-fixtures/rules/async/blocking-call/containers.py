"""Receivers that come out of containers."""
from collections.abc import Iterator
from pathlib import Path

from requests import Session


async def loops(sessions: list[Session], by_host: dict[str, Session], pair: tuple[str, Session]):
    for session in sessions:
        session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"
    for other in by_host.values():
        other.get("https://a.example")  # >> async/blocking-call @`other.get` "a network reply"
    for host, third in by_host.items():
        third.get(host)  # >> async/blocking-call @`third.get` "a network reply"
    by_host["main"].get("https://a.example")  # >> async/blocking-call @`by_host["main"].get` "a network reply"
    sessions[0].get("https://a.example")  # >> async/blocking-call @`sessions[0].get` "a network reply"
    _, fourth = pair
    fourth.get("https://a.example")  # >> async/blocking-call @`fourth.get` "a network reply"
    by_host.get("main")  # >> quiet


async def comprehensions(sessions: list[Session], paths: set[Path]):
    replies = [session.get("https://a.example") for session in sessions]  # >> async/blocking-call @`session.get` "a network reply"
    texts = {path: path.read_text() for path in paths}  # >> async/blocking-file-io @`path.read_text` "the disk"
    return replies, texts


async def numbered(paths: list[Path]):
    for index, path in enumerate(paths):
        path.write_text(str(index))  # >> async/blocking-file-io @`path.write_text` "the disk"


def pooled() -> Iterator[Session]:
    while True:
        yield Session()


async def from_a_generator():
    for session in pooled():
        session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"
        break


async def built_here():
    folders = [Path("/srv/a"), Path("/srv/b")]
    for folder in folders:
        folder.read_text()  # >> async/blocking-file-io @`folder.read_text` "the disk"
