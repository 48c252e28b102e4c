import asyncio
from functools import partial

import loose.deep.mod
import loose.deep.mod as loosely
import shop
import shop.inner.deep
import shop.later as later
from loose import deep
from shop import Client, Outer, aliased, deeper, load, pause
from shop.clients import _also, not_listed
from shop.inner import clients, reload

from . import clients as relative
from .inner.deep import Outer as Renamed

Again = Client
Kind: type[Client] = Client
bound = Client().get
TABLE = {"a": load, "b": not_listed}


async def through_packages() -> None:
    shop.load()  # >> async/blocking-call @`shop.load`
    shop.clients.load()  # >> async/blocking-call @`shop.clients.load`
    shop.inner.deep.wait()  # >> async/blocking-call @`shop.inner.deep.wait`
    shop.aliased.load()  # >> async/blocking-call @`shop.aliased.load`
    loose.deep.mod.wait()  # >> async/blocking-call @`loose.deep.mod.wait`
    loosely.wait()  # >> async/blocking-call @`loosely.wait`
    deep.mod.wait()  # >> async/blocking-call @`deep.mod.wait`
    loosely.nothing()  # >> quiet
    load()  # >> async/blocking-call @`load`
    pause()  # >> async/blocking-call @`pause`
    deeper.wait()  # >> async/blocking-call @`deeper.wait`
    aliased.not_listed()  # >> async/blocking-call @`aliased.not_listed`
    clients.load()  # >> async/blocking-call @`clients.load`
    reload()  # >> async/blocking-call @`reload`
    relative.load()  # >> async/blocking-call @`relative.load`
    Renamed.Inner().wait()  # >> async/blocking-call @`Renamed.Inner().wait`
    Outer.client.get("/")  # >> async/blocking-call @`Outer.client.get`
    Outer.client.describe()  # >> quiet
    _also()  # >> async/blocking-call @`_also`
    not_listed()  # >> async/blocking-call @`not_listed`
    later.load()  # >> async/blocking-call @`later.load`


async def by_other_names(kind: str) -> None:
    Again().get("/")  # >> async/blocking-call @`Again().get`
    Kind().get("/")  # >> async/blocking-call @`Kind().get`
    bound("/")  # >> async/blocking-call @`bound`
    TABLE[kind]()  # >> async/blocking-call @`TABLE[kind]`
    for function in (load, not_listed):
        function()  # >> async/blocking-call @`function`
    chosen = load if kind else not_listed
    chosen()  # >> async/blocking-call @`chosen`


async def executors_by_other_names() -> None:
    run = asyncio.get_running_loop().run_in_executor
    await run(None, load)  # >> quiet
    await partial(run, None)(load)  # >> quiet
    await partial(asyncio.to_thread, load)()  # >> quiet
    to_thread = asyncio.to_thread
    await to_thread(load)  # >> quiet
    await asyncio.gather(*(run(None, load) for _ in range(3)))  # >> quiet
    await to_thread(load())  # >> async/blocking-call @`load`


async def hidden(load, name: str) -> None:
    load()  # >> quiet
    globals()[name]()  # >> quiet
    getattr(relative, name)()  # >> quiet
