"""What a variable holds changes along the way."""
from pathlib import Path
from typing import Any, TypeGuard

import httpx
import requests
from requests import Session


shared = Session()


async def by_none(session: Session | None) -> None:
    if session is None:
        session = shared
    session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"


async def by_early_return(session: Session | None) -> None:
    if not session:
        return
    session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"


async def by_isinstance(client: Session | httpx.AsyncClient) -> None:
    if isinstance(client, httpx.AsyncClient):
        await client.get("https://a.example")  # >> quiet
    else:
        client.get("https://a.example")  # >> async/blocking-call @`client.get` "a network reply"


async def by_assert(thing: object) -> None:
    assert isinstance(thing, Path)
    thing.read_text()  # >> async/blocking-file-io @`thing.read_text` "the disk"


async def by_match(thing: object) -> None:
    match thing:
        case Path():
            thing.read_text()  # >> async/blocking-file-io @`thing.read_text` "the disk"
        case Session() as session:
            session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"
        case _:
            thing.get("https://a.example")  # >> quiet


async def by_conjunction(thing: Any) -> bool:
    return isinstance(thing, Session) and thing.get("https://a.example").ok  # >> async/blocking-call @`thing.get` "a network reply"


async def joined(flag: bool) -> None:
    if flag:
        client = shared
    else:
        client = {}
    client.get("https://a.example")  # >> async/blocking-call @`client.get` "a network reply"


async def in_a_loop(urls: list[str]) -> None:
    client = None
    for url in urls:
        if client is None:
            client = shared
        client.get(url)  # >> async/blocking-call @`client.get` "a network reply"


async def deleted_and_reused() -> None:
    requests_by_name = {"a": requests.Session()}
    value = requests_by_name
    value.get("a")  # >> quiet
    value = requests_by_name["a"]
    value.get("https://a.example")  # >> async/blocking-call @`value.get` "a network reply"


class Job:
    def __init__(self, session: Session, name: str) -> None:
        self.session = session
        self.name = name


async def by_patterns(thing: object) -> None:
    match thing:
        case Job(session=kept, name=name):
            kept.get(name)  # >> async/blocking-call @`kept.get` "a network reply"
            name.get("a")  # >> quiet
        case {"session": other} | [other]:
            other.get("https://a.example")  # >> quiet


def is_session(thing: object) -> TypeGuard[Session]:
    return hasattr(thing, "mount")


async def by_guard(thing: Any, kind: Any, other: Any) -> None:
    if is_session(thing):
        thing.get("https://a.example")  # >> async/blocking-call @`thing.get` "a network reply"
    else:
        thing.get("https://a.example")  # >> quiet
    if type(kind) is Session:
        kind.get("https://a.example")  # >> async/blocking-call @`kind.get` "a network reply"
    if type(other) is not Session:
        other.get("https://a.example")  # >> quiet
