"""Body parameters that let everything in, in other words than `dict`."""
from typing import Annotated, Any, Mapping, Sequence

from fastapi import APIRouter, Body, Depends
from litestar import Controller, post, put, websocket_listener
from litestar.handlers import WebsocketListener
from litestar.params import Body as LitestarBody
from pydantic import BaseModel

router = APIRouter()
NOTES = []


class Note(BaseModel):
    text: str


def filters() -> dict:
    return {"text": "all"}


@router.post("/mapping")
async def mapping(sent: Mapping[str, Any]):  # >> request/untyped-body
    return note(sent["text"])


@router.post("/sequence")
async def sequence(sent: Sequence[dict]):  # >> request/untyped-body
    for each in sent:
        note(each["text"])


@router.post("/anything")
async def anything(sent: Annotated[Any, Body()]):  # >> request/untyped-body
    return note(sent["text"])


@router.post("/typed")
async def typed(sent: Annotated[Note, Body()]):  # >> quiet
    return note(sent.text)


@router.post("/injected")
async def injected(chosen: Annotated[dict, Depends(filters)]):  # >> quiet
    return note(chosen["text"])


@router.get("/unmarked")
async def unmarked(sent: Any):  # >> quiet
    return note(sent["text"])


@post("/litestar/anything")
async def litestar_anything(data: Any) -> str:  # >> request/untyped-body
    return note(data["text"])


@post("/litestar/marked")
async def litestar_marked(data: Annotated[dict, LitestarBody(title="A note")]) -> str:  # >> request/untyped-body
    return note(data["text"])


@post("/litestar/default")
async def litestar_default(data: dict = LitestarBody(title="A note")) -> str:  # >> request/untyped-body
    return note(data["text"])


@post("/litestar/other")
async def litestar_other(data: Note, other: Any) -> str:  # >> quiet
    return note(other["text"])


class Notes(Controller):
    @put("/{key:int}")
    async def change(self, data: dict[str, str]) -> str:  # >> request/untyped-body
        return note(data["text"])


@websocket_listener("/litestar/listener")
async def listener(data: dict) -> str:  # >> request/untyped-body
    return note(data["text"])


class Listener(WebsocketListener):
    def on_receive(self, data: dict) -> str:  # >> request/unvalidated-body @`data: dict`
        return note(data["text"])


class TypedListener(WebsocketListener):
    def on_receive(self, data: Note) -> str:  # >> quiet
        return note(data.text)


def note(text: str) -> str:
    NOTES.append(text)
    return text
