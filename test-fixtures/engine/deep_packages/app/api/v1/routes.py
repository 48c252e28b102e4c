from ... import lib
from ...lib import client as remote
from ...lib.client import Client, default
from .. import v1
from . import sibling
from .sibling import *


async def routes(client: Client) -> None:
    client.load()  # >> async/blocking-call @`client.load` "a network reply" via `requests.get`
    remote.load()  # >> async/blocking-call @`remote.load` "a network reply" via `requests.get`
    lib.client.load()  # >> async/blocking-call @`lib.client.load` "a network reply" via `requests.get`
    lib.load()  # >> async/blocking-call @`lib.load` "a network reply" via `requests.get`
    default.load()  # >> async/blocking-call @`default.load` "a network reply" via `requests.get`
    sibling.pause()  # >> async/blocking-call @`sibling.pause` "the clock" via `time.sleep`
    v1.sibling.pause()  # >> async/blocking-call @`v1.sibling.pause` "the clock" via `time.sleep`
    pause()  # >> async/blocking-call @`pause` "the clock" via `time.sleep`
