"""Methods, where the type of what stands before the dot decides."""
from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Annotated, Optional, Union

import requests
from requests import Session


async def constructed():
    session = requests.Session()
    try:
        session.headers["x-trace"] = "1"
        session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"
    finally:
        session.close()
    path = Path("/srv/data")
    path.read_text()  # >> async/blocking-file-io @`path.read_text` "the disk"


async def annotated(session: Session, path: "Path", spare: Optional[Session] = None):
    session.post("https://a.example")  # >> async/blocking-call @`session.post` "a network reply"
    path.write_bytes(b"")  # >> async/blocking-file-io @`path.write_bytes` "the disk"
    if spare is not None:
        spare.get("https://b.example")  # >> async/blocking-call @`spare.get` "a network reply"


async def unions(either: Session | None, other: Union[None, Session], noted: Annotated[Session, "pooled"]):
    if either:
        either.get("https://a.example")  # >> async/blocking-call @`either.get` "a network reply"
    other.get("https://b.example")  # >> async/blocking-call @`other.get` "a network reply"
    noted.get("https://c.example")  # >> async/blocking-call @`noted.get` "a network reply"


async def opened_by_with():
    with requests.Session() as session:
        session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"


shared = Session()


def shared_session() -> Session:
    return shared


def make_unannotated():
    folder = Path("/srv/data")
    print(folder)
    return folder


def make_pair():
    return shared, Path("/srv/data")


async def from_factories():
    shared_session().get("https://a.example")  # >> async/blocking-call @`shared_session().get` "a network reply"
    plain = make_unannotated()
    plain.read_text()  # >> async/blocking-file-io @`plain.read_text` "the disk"
    session, folder = make_pair()
    session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"
    folder.read_text()  # >> async/blocking-file-io @`folder.read_text` "the disk"


async def load_session() -> Session | None:
    return shared


async def from_awaited_result():
    session = await load_session()
    if session is None:
        return
    session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"


async def operators_and_conditionals(base: Path, mine: Session | None, flag: bool):
    target = base / "uploads" / "latest"
    target.read_bytes()  # >> async/blocking-file-io @`target.read_bytes` "the disk"
    (mine or shared).get("https://a.example")  # >> async/blocking-call "a network reply"
    chosen = mine if flag else shared
    chosen.get("https://b.example")  # >> async/blocking-call @`chosen.get` "a network reply"


async def walrus():
    if (child := subprocess.Popen(["true"])) is not None:  # >> async/blocking-call @`subprocess.Popen` "another process"
        child.wait()  # >> async/blocking-call @`child.wait` "another process"


async def narrowed(thing: object, unknown):
    if isinstance(thing, Session):
        thing.get("https://a.example")  # >> async/blocking-call @`thing.get` "a network reply"
    unknown.get("https://b.example")  # >> quiet


async def rebound(session: Session):
    session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"
    session = {"https://b.example": 1}
    session.get("https://b.example")  # >> quiet


async def callee_by_another_name(session: Session):
    send = session.get
    send("https://a.example")  # >> async/blocking-call @`send` "a network reply"
