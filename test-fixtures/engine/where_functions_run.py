"""Frameworks decide where a plain `def` runs; an `async def` always runs on the loop."""
import asyncio
import time

from fastapi import APIRouter, Depends, FastAPI, WebSocket
from fastapi.responses import StreamingResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

app = FastAPI()
router = APIRouter()


def wait() -> None:
    time.sleep(1)  # >> quiet


@router.get("/")
def endpoint() -> None:
    wait()  # >> quiet


@router.get("/async")
async def async_endpoint() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


async def dependency() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def threaded_dependency() -> None:
    wait()  # >> quiet


@router.get("/both", dependencies=[Depends(dependency), Depends(threaded_dependency)])
def with_dependencies() -> None:
    wait()  # >> quiet


@app.websocket("/ws")
async def talk(socket: WebSocket) -> None:
    await socket.accept()
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@app.on_event("startup")
async def start() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def rows():
    time.sleep(1)  # >> quiet
    yield "row"


async def async_rows():
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    yield "row"


@router.get("/stream")
def stream() -> StreamingResponse:
    return StreamingResponse(rows())  # >> quiet


@router.get("/async-stream")
async def async_stream() -> StreamingResponse:
    return StreamingResponse(async_rows())  # >> quiet


def page(request: Request) -> PlainTextResponse:
    wait()  # >> quiet
    return PlainTextResponse("done")


async def async_page(request: Request) -> PlainTextResponse:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    return PlainTextResponse("done")


site = Starlette(routes=[Route("/", page), Route("/async", async_page)])


async def forever() -> None:
    while True:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
        await asyncio.sleep(60)


def main() -> None:
    wait()  # >> quiet
    asyncio.run(forever())  # >> quiet


main()  # >> quiet
