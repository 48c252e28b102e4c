import time

import acme.db
from acme import client
from acme.client import Client, fetch
from acme.threads import threaded
from app import cache
from app.api import Orders, save
from app.cache import warm
from app.store import Archive, fetch_async
from app.threads import at_once, in_thread, run


async def libraries_without_a_stub(key):
    fetch(key)  # >> async/blocking-call @`fetch` "a network reply"
    client.fetch(key)  # >> async/blocking-call @`client.fetch`
    await fetch(key)  # >> quiet
    client.other(key)  # >> quiet


async def methods_of_their_classes(key, given: Client):
    own = Client()  # >> quiet
    own.get(key)  # >> async/blocking-call @`own.get`
    given.get(key)  # >> async/blocking-call @`given.get`
    own.post(key)  # >> quiet
    with Client() as entered:
        entered.get(key)  # >> async/blocking-call @`entered.get`
    Client(key).get(key)  # >> async/blocking-call @`Client(key).get`


async def everything_below(key):
    acme.db.query(key)  # >> async/blocking-call @`acme.db.query`
    pool = acme.db.Pool()  # >> quiet
    pool.size()  # >> quiet
    async with acme.db.session() as session:  # >> quiet
        session.add(key)
    async for row in acme.db.rows():  # >> quiet
        print(row)
    acme.dbx.query(key)  # >> quiet


def helper(order):
    return save(order)


async def own_functions(order):
    save(order)  # >> async/blocking-file-io @`save` "the disk"
    helper(order)  # >> async/blocking-file-io @`helper` "the disk (`store.save`" via `save`
    await fetch_async(order)  # >> quiet


async def own_methods(order, archive: Archive):
    Orders().load(order)  # >> async/blocking-call @`Orders().load`
    archive.load(order)  # >> quiet


def work():
    time.sleep(1)


@in_thread
def wrapped():
    time.sleep(1)


@threaded
def elsewhere():
    time.sleep(1)


async def threads():
    run(work)  # >> quiet
    run(func=work)  # >> quiet
    run(lambda: time.sleep(1))  # >> quiet
    at_once(work)  # >> async/blocking-call @`at_once` "the clock"
    await wrapped()  # >> quiet
    await elsewhere()  # >> quiet


async def passed_on():
    run_later(work)  # >> quiet


def run_later(func):
    return run(func)


def through_cache(key):
    return cache.get(key)


async def ignored(key, slow: cache.Slow, own: cache.Cache):
    cache.get(key)  # >> quiet
    through_cache(key)  # >> quiet
    cache.fill(key)  # >> async/blocking-call @`cache.fill`
    slow.get(key)  # >> async/blocking-call @`slow.get`
    own.get(key)  # >> quiet
    warm.up()  # >> quiet
