"""Servers bring a loop of their own."""
import asyncio

import uvicorn
from aiohttp import web
from fastapi import FastAPI
from quart import Quart
from tornado.ioloop import IOLoop

app = FastAPI()
pages = web.Application()
quart = Quart(__name__)


async def on_a_loop() -> None:
    uvicorn.run(app)  # >> async/nested-event-loop @`uvicorn.run`
    uvicorn.Server(uvicorn.Config(app)).run()  # >> async/nested-event-loop
    web.run_app(pages)  # >> async/nested-event-loop @`web.run_app`
    quart.run()  # >> async/nested-event-loop @`quart.run`
    IOLoop.current().start()  # >> async/nested-event-loop
    serve()  # >> async/nested-event-loop @`serve` via `uvicorn.run`
    await uvicorn.Server(uvicorn.Config(app)).serve()  # >> quiet
    await quart.run_task()  # >> quiet
    await asyncio.to_thread(serve)  # >> quiet


def serve() -> None:
    uvicorn.run(app)  # >> quiet


def after_the_loop_ended() -> None:
    asyncio.run(on_a_loop())  # >> quiet
    uvicorn.run(app)  # >> quiet


if __name__ == "__main__":
    asyncio.run(on_a_loop())  # >> quiet
    uvicorn.run(app)  # >> quiet
    web.run_app(pages)  # >> quiet
