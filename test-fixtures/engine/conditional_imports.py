"""Imports under conditions; `async/blocking-call` shows what the names stand for."""
from __future__ import annotations

import sys
from typing import TYPE_CHECKING

try:
    import requests
except ImportError:
    requests = None

if TYPE_CHECKING:
    from requests import Session

if sys.version_info >= (3, 12):
    from subprocess import run as start
else:
    from subprocess import call as start

try:
    from fast_time import sleep
except ImportError:
    from time import sleep


async def use(session: Session) -> None:
    requests.get("https://a.example")  # >> async/blocking-call @`requests.get` "a network reply"
    session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"
    start(["true"])  # >> async/blocking-call @`start` "another process"
    sleep(1)  # >> async/blocking-call @`sleep` "the clock"


async def import_in_a_branch(slow: bool) -> None:
    if slow:
        from time import sleep as wait
    else:
        from asyncio import sleep as wait
    print(wait)  # >> quiet
