"""FastAPI: bodies that reach a schema before they are trusted, or are not trusted at all. Near misses."""
import hashlib
import hmac
from typing import Annotated, Any, TypedDict

import httpx
import jsonschema
from fastapi import Body, Depends, FastAPI, Header, Request
from pydantic import AfterValidator, BaseModel, TypeAdapter

app = FastAPI()
SCHEMA = {"type": "object", "required": ["item"]}


class Order(BaseModel):
    item: str
    amount: int = 1


class Invoice(Order):
    paid: bool = False


@app.post("/typed")
async def typed(order: Order) -> dict:  # >> quiet
    return {"item": order.item}


@app.post("/many")
async def many(orders: list[Order]) -> int:  # >> quiet
    return len(orders)


@app.post("/either")
async def either(order: Order | Invoice) -> str:  # >> quiet
    return order.item


@app.post("/by-hand")
async def by_hand(request: Request) -> str:
    order = Order.model_validate(await request.json())  # >> quiet
    return order.item


@app.post("/unpacked")
async def unpacked(request: Request) -> str:
    data = await request.json()  # >> quiet
    return Order(**data).item


@app.post("/inherited")
async def inherited(request: Request) -> str:
    return Invoice(**(await request.json())).item  # >> quiet


@app.post("/adapter")
async def adapter(request: Request) -> int:
    return len(TypeAdapter(list[Order]).validate_python(await request.json()))  # >> quiet


@app.post("/schema")
async def schema(request: Request) -> str:
    data = await request.json()  # >> quiet
    jsonschema.validate(data, SCHEMA)
    return data["item"]


def parse_order(data: dict) -> Order:
    return Order.model_validate(data)


@app.post("/helper")
async def helper(request: Request) -> str:
    return parse_order(await request.json()).item  # >> quiet


@app.post("/unknown-helper")
async def unknown_helper(request: Request) -> str:
    return somewhere_else(await request.json())  # >> quiet


async def order_from(request: Request) -> Order:
    return Order(**await request.json())  # >> quiet


@app.post("/dependency")
async def dependency(order: Order = Depends(order_from)) -> str:  # >> quiet
    return order.item


@app.post("/webhook")
async def webhook(request: Request, signature: str = Header()) -> bool:
    raw = await request.body()  # >> quiet
    return hmac.compare_digest(hmac.new(b"key", raw, hashlib.sha256).hexdigest(), signature)


@app.post("/proxy")
async def proxy(request: Request) -> bytes:
    async with httpx.AsyncClient() as client:  # >> http/client-per-request
        reply = await client.post("https://other.example", content=await request.body())  # >> quiet
    return reply.content


@app.post("/never-used")
async def never_used(request: Request) -> None:
    await request.json()  # >> quiet


@app.post("/one-value")
async def one_value(name: str = Body(..., embed=True)) -> str:  # >> quiet
    return name


def filters(page: int = 1, per_page: int = 10) -> dict:
    return {"page": page, "per_page": per_page}


Filters = Annotated[dict[str, int], Depends(filters)]


def has_item(payload: dict) -> dict:
    if not isinstance(payload.get("item"), str):
        raise ValueError("item")
    return payload


@app.get("/injected")
async def injected(found: Annotated[dict, Depends(filters)]) -> int:  # >> quiet
    return found["page"]


@app.get("/injected-by-name")
async def injected_by_name(found: Filters) -> int:  # >> quiet
    return found["page"]


@app.get("/maybe-injected")
async def maybe_injected(found: Filters | None) -> int:  # >> quiet
    return found["page"] if found else 1


@app.post("/validated")
async def validated(payload: Annotated[dict[str, Any], AfterValidator(has_item)]) -> str:  # >> quiet
    return payload["item"]


class Sent(TypedDict):
    item: str


@app.post("/typed-dict")
async def typed_dict(sent: Sent) -> str:  # >> quiet
    return sent["item"]


def not_a_handler(payload: dict, request) -> str:  # >> quiet
    request.json()["item"]  # >> quiet
    return payload["item"]
