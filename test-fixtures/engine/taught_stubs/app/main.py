import time
import urllib.request

import acme
import ledger
import requests
from acme import _native, fast, settings


async def half_compiled():
    reply = _native.call("x")  # >> async/blocking-call @`_native.call` "a network reply"
    reply.save("/tmp/x")  # >> async/blocking-file-io @`reply.save` "the disk"
    acme._native.call("x")  # >> async/blocking-call @`acme._native.call`
    reply.text.upper()  # >> quiet


def work():
    time.sleep(1)


async def threads():
    ledger.later(work)  # >> quiet
    fast.run(work)  # >> quiet


async def own_source_first():
    settings.load()  # >> async/blocking-call @`settings.load` "the clock"


async def post(entry):
    with ledger.Session() as session:
        session.post(entry)  # >> async/blocking-call @`session.post` "a database reply"


def leaks(entry):
    session = ledger.Session()  # >> db/leaked-session
    session.post(entry)
    return None


async def own_stub_before_ours(url):
    requests.get(url, timeout=5)  # >> quiet


async def other_modules_stay(url):
    urllib.request.urlopen(url, timeout=5)  # >> async/blocking-call @`urllib.request.urlopen`
