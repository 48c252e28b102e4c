"""Data that needs no schema: only logged, signed by who sent it, checked by a decorator, refused by a parser; and what merely looks like it."""
import hashlib
import hmac
import json
import logging

from aiohttp import web
from fastapi import FastAPI, HTTPException, Request
from opentelemetry import trace

import orders
from mailing import events
from schemas import OrderSchema, request_schema, response_schema, validate_request

app = FastAPI()
logger = logging.getLogger(__name__)
span = trace.get_current_span()


async def traced(request: Request) -> None:
    sent = await request.json()  # >> quiet
    for key, value in sent.items():
        span.set_attribute(f"body.{key}", str(value))


async def traced_and_kept(request: Request) -> dict:
    kept = {}
    sent = await request.json()  # >> request/unvalidated-body
    for key, value in sent.items():
        span.set_attribute(f"body.{key}", str(value))
        kept[key] = orders.price_of(value)
    return kept


async def logged(request: Request) -> None:
    sent = await request.json()  # >> quiet
    logger.info("got %s for %s", sent.get("kind"), sent)


async def logged_by_name(request: Request) -> None:
    sent = await request.json()  # >> quiet
    kind = sent.get("kind")
    logger.info(f"got {kind}", extra={"sent": sent})


async def logged_and_used(request: Request) -> str:
    sent = await request.json()  # >> request/unvalidated-body
    logger.info("got it", extra={"sent": sent})
    return orders.save(sent["kind"])


async def log_that_fails(request: Request) -> None:
    sent = await request.json()  # >> request/unvalidated-body
    logger.info("got %s", sent["kind"])


@app.post("/hooks/parcels")
async def parcels(request: Request) -> dict:
    raw = await request.body()  # >> quiet
    expected = hmac.new(b"secret", raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.headers["x-signature"]):
        raise HTTPException(403)
    sent = await request.json()  # >> quiet
    return orders.move(sent["parcel"], sent["place"])


@app.post("/hooks/chat")
async def chat(request: Request) -> dict:
    raw = await request.body()
    sent = json.loads(raw)  # >> quiet
    if not events.verifier.is_valid(body=raw, signature=request.headers["x-signature"]):
        raise HTTPException(403)
    return orders.reply(sent["message"])


@app.post("/hooks/token")
async def by_token(request: Request) -> dict:
    await events.verify_signature(request.headers["x-signature"])
    sent = await request.json()  # >> quiet
    return orders.reply(sent["message"])


@app.post("/checksum")
async def checksum(request: Request) -> dict:
    raw = await request.body()
    if hashlib.sha256(raw).hexdigest() != request.headers["x-checksum"]:
        raise HTTPException(400)
    sent = await request.json()  # >> request/unvalidated-body
    return orders.reply(sent["message"])


@request_schema(OrderSchema())
async def described(request: web.Request) -> web.Response:
    sent = await request.json()  # >> quiet
    return web.json_response(orders.save(sent["kind"]))


@validate_request(json=OrderSchema)
async def validated(request: web.Request) -> web.Response:
    sent = await request.json()  # >> quiet
    return web.json_response(orders.save(sent["kind"]))


@validate_request("kind")
async def present(request: web.Request) -> web.Response:
    sent = await request.json()  # >> request/unvalidated-body
    return web.json_response(orders.save(sent["kind"]))


@validate_request(OrderSchema, location="query")
async def query(request: web.Request) -> web.Response:
    sent = await request.json()  # >> request/unvalidated-body
    return web.json_response(orders.save(sent["kind"]))


@response_schema(OrderSchema())
async def answered(request: web.Request) -> web.Response:
    sent = await request.json()  # >> request/unvalidated-body
    return web.json_response(orders.save(sent["kind"]))


async def token(request: web.Request) -> web.Response:
    form = await request.post()  # >> quiet
    try:
        owner = orders.tokens.loads(form.get("token"))
    except orders.Expired:
        return web.Response(status=400)
    return web.json_response(orders.of(owner))


async def token_that_fails(request: web.Request) -> web.Response:
    form = await request.post()  # >> request/unvalidated-body
    owner = orders.tokens.loads(form.get("token"))
    return web.json_response(orders.of(owner))


async def inner(request: web.Request) -> web.Response:
    form = await request.post()  # >> quiet
    try:
        sent = json.loads(form["payload"])  # >> request/unvalidated-body "json.loads"
    except ValueError:
        return web.Response(status=400)
    return web.json_response(orders.save(sent["kind"]))


async def keys(request: web.Request) -> web.Response:
    form = await request.post()  # >> quiet
    try:
        chosen = {orders.parse_key(key) for key in form.getall("key")}
    except ValueError:
        return web.Response(status=400)
    return web.json_response(orders.some(chosen))


async def single_sign_on(request: web.Request) -> web.Response:
    form = await request.post()  # >> quiet
    answer = form["SAMLResponse"]
    return web.json_response(orders.login(answer, form.get("RelayState")))


async def picture(request: web.Request) -> web.Response:
    form = await request.post()  # >> quiet
    picture = form.get("picture")
    if not isinstance(picture, web.FileField):
        raise web.HTTPBadRequest()
    return web.json_response(orders.picture(picture.file))


class Users(web.View):
    async def post(self) -> web.Response:
        sent = await self.request.json()  # >> quiet
        self._check_user_model(sent)
        return web.json_response(orders.save(sent["kind"]))

    async def put(self) -> web.Response:
        sent = await self.request.json()  # >> request/unvalidated-body
        self._check_required_fields(sent)
        return web.json_response(orders.save(sent["kind"]))

    async def patch(self) -> web.Response:
        sent = await self.request.post()  # >> quiet
        error = validate_login_form(sent)
        if error:
            raise web.HTTPBadRequest(text=error)
        return web.json_response(orders.save(sent["kind"]))

    def _check_user_model(self, model):
        for key, value in model.items():
            if not isinstance(value, orders.TYPES.get(key, ())):
                raise web.HTTPBadRequest()

    def _check_required_fields(self, model):
        if "kind" not in model:
            raise web.HTTPBadRequest()


def validate_login_form(form):
    if form["kind"] != form["again"]:
        return "Not the same twice"
