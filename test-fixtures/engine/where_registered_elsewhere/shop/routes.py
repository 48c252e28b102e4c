import asyncio

from aiohttp import web

from shop import handlers
from shop.handlers import *
from shop.handlers import InThread, Orders, Reports, rows, stock
from shop.handlers import detail as show

orders = Orders()


def setup(app: web.Application) -> None:
    from shop.handlers import local as near

    app.router.add_get("/", handlers.listing)
    app.router.add_get("/detail", show)
    app.router.add_get("/starred", starred)
    app.router.add_get("/local", near)
    app.router.add_get("/orders", orders.index)
    app.router.add_get("/call", orders)
    app.router.add_get("/stock", stock)
    print(orders.name, handlers.unused)


async def load() -> None:
    await asyncio.to_thread(rows)  # >> quiet
    asyncio.get_running_loop().call_soon(Reports())
    await asyncio.to_thread(InThread())  # >> quiet
