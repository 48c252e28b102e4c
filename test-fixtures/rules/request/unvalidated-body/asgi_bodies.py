"""ASGI frameworks besides FastAPI's own parameters: what comes in by socket, by stream or by another library's request."""
import json
from typing import Any

from fastapi import APIRouter, Request, WebSocket
from litestar import Request as LitestarRequest, post
from pydantic import BaseModel, TypeAdapter
from quart import Quart, request, websocket
from sanic import Sanic, response
from starlette.endpoints import HTTPEndpoint, WebSocketEndpoint

router = APIRouter()
quart = Quart(__name__)
sanic = Sanic("shop")


class Note(BaseModel):
    text: str


@router.websocket("/notes")
async def notes(websocket: WebSocket):
    sent = await websocket.receive_json()  # >> request/unvalidated-body @`websocket.receive_json()`
    await websocket.send_text(sent["text"])


@router.websocket("/texts")
async def texts(websocket: WebSocket):
    await websocket.accept()
    while True:
        sent = json.loads(await websocket.receive_text())  # >> request/unvalidated-body
        await websocket.send_text("I heard " + sent["text"])


@router.websocket("/checked")
async def checked_socket(websocket: WebSocket):
    sent = Note.model_validate(await websocket.receive_json())  # >> quiet
    await websocket.send_text(sent.text)
    other = Note.model_validate_json(await websocket.receive_text())  # >> quiet
    await websocket.send_text(other.text)


@router.websocket("/echo")
async def echo(websocket: WebSocket):
    await websocket.send_text(await websocket.receive_text())  # >> quiet
    said = await websocket.receive_text()  # >> quiet
    await websocket.send_text(said.upper())


class Chat(WebSocketEndpoint):
    encoding = "json"

    async def on_receive(self, websocket: WebSocket, data: Any) -> None:  # >> request/unvalidated-body @`data: Any`
        await websocket.send_text(data["text"])


class Notes(HTTPEndpoint):
    async def post(self, request):
        sent = await request.json()  # >> request/unvalidated-body
        return sent["text"]


@router.post("/stream")
async def stream(request: Request):
    raw = b""
    async for chunk in request.stream():  # >> quiet
        raw += chunk
    return len(raw)


@quart.post("/quart")
async def from_quart():
    sent = await request.get_json()  # >> request/unvalidated-body
    form = await request.form  # >> request/unvalidated-body
    return sent["text"] + form["more"]


@quart.post("/quart/checked")
async def quart_checked():
    return Note(**await request.get_json()).text  # >> quiet


@quart.websocket("/quart/socket")
async def quart_socket():
    sent = await websocket.receive_json()  # >> request/unvalidated-body
    await websocket.send(sent["text"])


@sanic.post("/sanic")
async def from_sanic(request):
    text = request.json["text"]  # >> request/unvalidated-body
    more = request.form.get("more")  # >> request/unvalidated-body
    return response.text(text + more)


@sanic.post("/sanic/checked")
async def sanic_checked(request):
    note = TypeAdapter(Note).validate_python(request.json)  # >> quiet
    return response.text(note.text)


@post("/litestar")
async def from_litestar(request: LitestarRequest) -> str:
    sent = await request.json()  # >> request/unvalidated-body
    return sent["text"]


@post("/litestar/typed")
async def litestar_typed(data: Note) -> str:  # >> quiet
    return data.text


@post("/litestar/untyped")
async def litestar_untyped(data: dict[str, Any]) -> str:  # >> request/untyped-body
    return data["text"]
