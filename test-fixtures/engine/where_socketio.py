"""python-socketio: the servers for asyncio call plain handlers on the loop, the others in threads."""
import time

import socketio
from fastapi import FastAPI
from fastapi_socketio import SocketManager

sio = socketio.AsyncServer(async_mode="asgi")
threaded = socketio.Server()
manager = SocketManager(app=FastAPI())


def wait() -> None:
    time.sleep(1)  # >> quiet


@sio.event
async def connect(sid: str, environ: dict) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@sio.event
def disconnect(sid: str) -> None:
    wait()  # >> async/blocking-call @`wait` "on which `disconnect` runs: `event` decorates it" via `time.sleep`


@sio.on("order")
def order(sid: str, data: dict) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@manager.on("join")
def join(sid: str) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@threaded.event
def message(sid: str, data: dict) -> None:
    wait()  # >> quiet


@threaded.on("order")
def threaded_order(sid: str, data: dict) -> None:
    wait()  # >> quiet


class Orders(socketio.AsyncNamespace):
    def on_connect(self, sid: str, environ: dict) -> None:
        wait()  # >> async/blocking-call @`wait` "it overrides a `on_connect` that runs there" via `time.sleep`

    async def on_order(self, sid: str) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`

    def on_plain_order(self, sid: str) -> None:
        wait()  # >> missed async/blocking-call: handlers of a namespace have names that only the project knows


class ThreadedOrders(socketio.Namespace):
    def on_connect(self, sid: str, environ: dict) -> None:
        wait()  # >> quiet


async def talk() -> None:
    with socketio.SimpleClient() as client:
        client.connect("https://a.example")  # >> async/blocking-call @`client.connect` "a network reply"
        client.receive()  # >> async/blocking-call @`client.receive` "a network reply"
    async with socketio.AsyncSimpleClient() as later:
        await later.connect("https://a.example")  # >> quiet
    await sio.emit("order", {})  # >> quiet
