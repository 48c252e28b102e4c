"""Bodies that arrive in pieces, and messages of sockets one by one: each of them is data of the client."""
import json
from typing import Annotated, Any

import aiohttp
from aiohttp import web
from fastapi import APIRouter, Depends, Request, WebSocket
from litestar import Request as LitestarRequest, WebSocket as LitestarSocket, post, websocket
from pydantic import BaseModel
from quart import Quart, request as quarted
from sanic import Sanic, Websocket
from tornado.websocket import WebSocketHandler

router = APIRouter()
routes = web.RouteTableDef()
quart = Quart(__name__)
sanic = Sanic("shop")
NOTES = []


class Note(BaseModel):
    text: str


@router.post("/stream")
async def stream(request: Request):
    raw = b""
    async for chunk in request.stream():  # >> request/unvalidated-body @`request.stream()`
        raw += chunk
    return note(json.loads(raw)["text"])


@router.post("/joined")
async def joined(request: Request):
    raw = b"".join([chunk async for chunk in request.stream()])  # >> request/unvalidated-body @`request.stream()`
    return note(json.loads(raw)["text"])


@router.post("/counted")
async def counted(request: Request):
    size = 0
    async for chunk in request.stream():  # >> quiet
        size += len(chunk)
    return size


@router.post("/stream/checked")
async def stream_checked(request: Request):
    raw = b""
    async for chunk in request.stream():  # >> quiet
        raw += chunk
    return note(Note.model_validate_json(raw).text)


@router.post("/form")
async def form_in_a_block(request: Request):
    async with request.form() as form:  # >> request/unvalidated-body @`request.form()`
        return note(form["text"])


async def sent_by_client(request: Request) -> dict:
    return await request.json()  # >> quiet


async def checked_note(request: Request) -> Note:
    return Note.model_validate(await request.json())  # >> quiet


@router.post("/injected")
async def injected(sent: dict = Depends(sent_by_client)):  # >> request/unvalidated-body @`sent: dict = Depends(sent_by_client)`
    return note(sent["text"])


@router.post("/injected/checked")
async def injected_checked(sent: Annotated[Note, Depends(checked_note)]):  # >> quiet
    return note(sent.text)


@router.websocket("/json")
async def each_json(socket: WebSocket):
    async for sent in socket.iter_json():  # >> request/unvalidated-body @`socket.iter_json()`
        await socket.send_text(sent["text"])


@router.websocket("/text")
async def each_text(socket: WebSocket):
    async for said in socket.iter_text():  # >> request/unvalidated-body @`socket.iter_text()`
        await socket.send_text(json.loads(said)["text"])


@router.websocket("/checked")
async def each_checked(socket: WebSocket):
    async for sent in socket.iter_json():  # >> quiet
        await socket.send_text(Note.model_validate(sent).text)


@router.websocket("/echo")
async def each_echoed(socket: WebSocket):
    async for said in socket.iter_text():  # >> quiet
        await socket.send_text(said)


@routes.post("/content")
async def aiohttp_content(request):
    sent = json.loads(await request.content.read())  # >> request/unvalidated-body @`request.content`
    return web.Response(text=sent["text"])


@routes.post("/part")
async def aiohttp_part(request):
    parts = await request.multipart()
    part = await parts.next()
    sent = await part.json()  # >> request/unvalidated-body @`part.json()`
    return web.Response(text=sent["text"])


@routes.get("/socket")
async def aiohttp_socket(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for message in socket:
        if message.type == aiohttp.WSMsgType.TEXT:
            sent = message.json()  # >> request/unvalidated-body @`message.json()`
            await socket.send_str("I heard " + sent["text"])
        elif message.data == "close":  # >> quiet
            break
    return socket


async def aiohttp_client():
    async with aiohttp.ClientSession() as session, session.ws_connect("ws://example") as socket:
        async for message in socket:
            note(message.json()["text"])  # >> quiet


@quart.post("/quart")
async def quart_body():
    raw = b""
    async for chunk in quarted.body:  # >> request/unvalidated-body @`quarted.body`
        raw += chunk
    return note(json.loads(raw)["text"])


@sanic.post("/sanic", stream=True)
async def sanic_stream(request):
    raw = b""
    while True:
        chunk = await request.stream.read()  # >> request/unvalidated-body @`request.stream`
        if chunk is None:
            break
        raw += chunk
    return note(json.loads(raw)["text"])


@sanic.websocket("/sanic/socket")
async def sanic_socket(request, socket: Websocket):
    async for said in socket:  # >> request/unvalidated-body @`socket`
        await socket.send(json.loads(said)["text"])


@post("/litestar")
async def litestar_stream(request: LitestarRequest) -> str:
    raw = b""
    async for chunk in request.stream():  # >> request/unvalidated-body @`request.stream()`
        raw += chunk
    return note(json.loads(raw)["text"])


@websocket("/litestar/socket")
async def litestar_socket(socket: LitestarSocket) -> None:
    async for sent in socket.iter_json():  # >> request/unvalidated-body @`socket.iter_json()`
        await socket.send_text("I heard " + sent["text"])


class TornadoChat(WebSocketHandler):
    def on_message(self, message):  # >> request/unvalidated-body @`message`
        self.write_message(json.loads(message)["text"])


class TornadoEcho(WebSocketHandler):
    def on_message(self, message):  # >> quiet
        self.write_message(message)


def note(text: Any) -> str:
    NOTES.append(text)
    return text
