"""A handler that awaits nothing may be a plain def where its framework then runs it in a thread."""
import asyncio

import requests
from fastapi import Depends, FastAPI, WebSocket

app = FastAPI()


def load(url: str) -> dict:
    return requests.get(url).json()


@app.get("/rates")
async def rates(url: str) -> list[dict]:
    first = load(url)  # >> async/blocking-call @`load`
    return [first, requests.get(url).json()]  # >> async/blocking-call @`requests.get`


@app.get("/awaits")
async def awaits(url: str) -> dict:
    await asyncio.sleep(0)
    return load(url)  # >> async/blocking-call @`load`


@app.get("/spawns")
async def spawns(url: str) -> dict:
    app.state.task = asyncio.create_task(asyncio.sleep(1))
    return load(url)  # >> async/blocking-call @`load`


@app.get("/called")
async def called(url: str) -> dict:
    return load(url)  # >> async/blocking-call @`load`


@app.get("/calls")
async def calls(url: str) -> dict:
    return await called(url)


@app.websocket("/socket")
async def socket(socket: WebSocket) -> None:
    load("a")  # >> async/blocking-call @`load`


def audited(function):
    return function


@app.get("/audited")
@audited
async def decorated(url: str) -> dict:
    return load(url)  # >> async/blocking-call @`load`


async def no_handler(url: str) -> dict:
    return load(url)  # >> async/blocking-call @`load`
