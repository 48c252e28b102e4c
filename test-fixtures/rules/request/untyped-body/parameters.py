"""Parameters that take any body, and those that look like it."""
from typing import Annotated, Any, Optional

import httpx
import jsonpatch
import jsonschema
from fastapi import APIRouter, Body, FastAPI, Query
from litestar import post
from pydantic import BaseModel, TypeAdapter

app = FastAPI()
router = APIRouter()
SCHEMA = {"type": "object"}
inbox: list[dict] = []


class Order(BaseModel):
    item: str


@app.post("/dict")
def plain(payload: dict) -> str:  # >> request/untyped-body @`payload: dict` "`payload`, typed `dict`"
    return payload["item"]


@app.post("/optional")
def optional(payload: Optional[dict] = None) -> str:  # >> request/untyped-body
    return (payload or {}).get("item") or "none"


@app.post("/or-none")
def or_none(payload: dict[str, Any] | None = None) -> str:  # >> request/untyped-body
    return payload["item"] if payload else ""


@app.post("/list")
def rows(payload: list) -> list:  # >> request/untyped-body @`payload: list`
    return [row["item"] for row in payload]


@app.post("/list-of-any")
def rows_of_any(payload: list[Any]) -> list:  # >> request/untyped-body
    return [row["item"] for row in payload]


@app.post("/any")
def anything(payload: Any = Body()) -> str:  # >> request/untyped-body "typed `Any`"
    return payload["item"]


@app.post("/object")
def some_object(payload: object = Body(...)) -> str:  # >> request/untyped-body
    return payload["item"]


@app.post("/bare")
def bare(payload=Body(...)) -> str:  # >> request/untyped-body "without a type"
    return payload["item"]


@app.post("/beside")
def beside(order: Order, extra: dict) -> str:  # >> request/untyped-body @`extra: dict`
    return order.item + extra["note"]


@post("/litestar")
async def created(data: dict[str, Any]) -> str:  # >> request/untyped-body @`data: dict[str, Any]`
    return data["item"]


# --- near misses ---------------------------------------------------------------------------------------------------------


@post("/litestar-dependency")
async def injected(data: Order, settings: dict) -> str:  # >> quiet
    return data.item + settings["unit"]


@app.post("/query")
def from_the_query(item: Any = None, items: list[str] = Query()) -> list:  # >> quiet
    return [item, *items]


@app.post("/strings")
def strings(items: list[str]) -> str:  # >> quiet
    return items[0]


@app.post("/model")
def to_a_model(payload: dict) -> str:  # >> quiet
    return Order(**payload).item


@app.post("/adapter")
def to_an_adapter(payload: list) -> int:  # >> quiet
    return len(TypeAdapter(list[Order]).validate_python(payload))


@app.post("/each")
def each_to_a_model(payload: list[dict]) -> list:  # >> quiet
    return [Order(**row).item for row in payload]


@app.post("/jsonschema")
def to_jsonschema(payload: dict) -> str:  # >> quiet
    jsonschema.validate(payload, SCHEMA)
    return payload["item"]


@app.patch("/document")
def patched(payload: list[dict]) -> dict:  # >> quiet
    return jsonpatch.apply_patch({"a": 1}, payload)


@app.post("/forward")
async def forwarded(payload: dict) -> int:  # >> quiet
    return httpx.codes(forward(payload))


def forward(payload):
    return send("https://other.example", json=payload)


@app.post("/keep")
def kept(payload: dict) -> None:  # >> quiet
    inbox.append(payload)


@app.post("/echo")
def echoed(payload: dict) -> dict:  # >> quiet
    return payload


@app.post("/scalar")
def scalar(name: Annotated[str, Body()], count: int = Body(1)) -> str:  # >> quiet
    return name * count


def no_handler(payload: dict) -> str:  # >> quiet
    return payload["item"]


@app.post("/texts")
def texts(payload: dict[str, str]) -> str:  # >> quiet
    item = payload.get("item")
    if not item:
        return "no item"
    return item.upper()


@app.post("/texts-required")
def texts_required(payload: dict[str, str]) -> str:  # >> request/untyped-body
    return payload["item"]


@app.post("/texts-of-anything")
def texts_of_anything(payload: dict[str, dict]) -> str:  # >> request/untyped-body
    return payload.get("item", {})["name"]
