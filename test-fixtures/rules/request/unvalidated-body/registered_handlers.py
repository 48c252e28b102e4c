"""Handlers nobody annotates, known by who registers them: functions, methods, objects whose methods are responders, classes made for each request."""
import json
import secrets

import falcon
import websockets
from aiohttp import web
from cornice import Service
from pyramid.view import view_config, view_defaults
from sanic import Sanic
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from websockets.sync.server import serve
from werkzeug.wrappers import Request as PlainRequest

sanic = Sanic("shop")
service = Service(name="notes", path="/notes")
servers = web.Application()
NOTES = []


async def aiohttp_by_function(request):
    sent = await request.json()  # >> request/unvalidated-body @`request.json()`
    return web.Response(text=sent["text"])


async def aiohttp_by_router(request):
    sent = await request.post()  # >> request/unvalidated-body @`request.post()`
    return web.Response(text=sent["text"])


async def aiohttp_nobody_registers(request):
    sent = await request.json()  # >> quiet
    return web.Response(text=sent["text"])


class Notes:
    async def create(self, request):
        sent = await request.json()  # >> request/unvalidated-body @`request.json()`
        return web.Response(text=sent["text"])

    async def unused(self, request):
        sent = await request.json()  # >> quiet
        return web.Response(text=sent["text"])

    def setup(self, app: web.Application):
        app.router.add_post("/notes", self.create)


@web.middleware
async def aiohttp_middleware(request, handler):
    sent = await request.json()  # >> request/unvalidated-body @`request.json()`
    note(sent["text"])
    return await handler(request)


@web.middleware
async def compares_tokens(request, handler):
    form = await request.post()  # >> quiet
    submitted = form.get("token")
    if not submitted or not secrets.compare_digest(str(request["token"]), str(submitted)):
        raise web.HTTPForbidden()
    return await handler(request)


@web.middleware
async def asks_whether_tokens_match(request, handler):
    form = await request.post()  # >> quiet
    submitted = form.get("token")
    if not tokens_match(request["token"], submitted):
        raise web.HTTPForbidden()
    return await handler(request)


def tokens_match(expected, submitted):
    return secrets.compare_digest(expected.encode(), submitted.encode())


def setup(app: web.Application):
    async def nested(request):
        sent = await request.json()  # >> request/unvalidated-body @`request.json()`
        return web.Response(text=sent["text"])

    app.add_routes([web.post("/function", aiohttp_by_function), web.post("/nested", nested)])


servers.router.add_post("/router", aiohttp_by_router)


async def starlette_routed(request):
    sent = await request.json()  # >> request/unvalidated-body @`request.json()`
    return note(sent["text"])


async def starlette_by_keyword(request):
    sent = await request.form()  # >> request/unvalidated-body @`request.form()`
    return note(sent["text"])


async def starlette_socket(websocket):
    sent = await websocket.receive_json()  # >> request/unvalidated-body @`websocket.receive_json()`
    await websocket.send_text(sent["text"])


starlette = Starlette(
    routes=[
        Route("/routed", starlette_routed, methods=["POST"]),
        Route("/keyword", endpoint=starlette_by_keyword),
        WebSocketRoute("/socket", starlette_socket),
    ]
)


class FalconNotes:
    def __init__(self, store):
        self.store = store

    def on_post(self, req, resp):
        resp.text = req.media["text"]  # >> request/unvalidated-body @`req.media`

    def on_put(self, req, resp, note_id):
        sent = json.load(req.bounded_stream)  # >> request/unvalidated-body @`req.bounded_stream`
        resp.text = sent["text"]

    def on_get(self, req, resp):
        resp.text = req.path  # >> quiet

    def helper(self, req):
        return req.media["text"]  # >> quiet


class AsyncFalconNotes:
    async def on_post(self, req, resp):
        sent = await req.get_media()  # >> request/unvalidated-body @`req.get_media()`
        resp.text = sent["text"]


class NotAdded:
    def on_post(self, req, resp):
        resp.text = req.media["text"]  # >> quiet


class FalconLog:
    def process_request(self, req, resp):
        note(req.media["text"])  # >> request/unvalidated-body @`req.media`


def falcon_app():
    app = falcon.App(middleware=[FalconLog()])
    notes = FalconNotes({})
    app.add_route("/notes", notes)
    app.add_route("/async", AsyncFalconNotes())
    return app


@view_defaults(route_name="notes")
class PyramidNotes:
    def __init__(self, request):
        self.request = request

    @view_config(request_method="POST")
    def create(self):
        return note(self.request.json_body["text"])  # >> request/unvalidated-body @`self.request.json_body`


class NoViews:
    def __init__(self, request):
        self.request = request

    def create(self):
        return note(self.request.json_body["text"])  # >> quiet


@view_config(route_name="context")
def pyramid_with_context(context, request):
    return note(request.POST["text"])  # >> request/unvalidated-body @`request.POST`


@service.post()
def cornice_post(request):
    return note(request.json_body["text"])  # >> request/unvalidated-body @`request.json_body`


@sanic.on_request
async def sanic_middleware(request):
    note(request.json["text"])  # >> request/unvalidated-body @`request.json`


async def sanic_added(request):
    return note(request.load_json()["text"])  # >> request/unvalidated-body @`request.load_json()`


sanic.add_route(sanic_added, "/added", methods=["POST"])


@PlainRequest.application
def werkzeug_application(request):
    return note(request.form["text"])  # >> request/unvalidated-body @`request.form`


async def talk(websocket):
    async for said in websocket:  # >> request/unvalidated-body @`websocket`
        sent = json.loads(said)
        await websocket.send(sent["text"])


async def answer(websocket):
    sent = json.loads(await websocket.recv())  # >> request/unvalidated-body @`websocket.recv()`
    await websocket.send(sent["text"])


async def echo(websocket):
    async for said in websocket:  # >> quiet
        await websocket.send(said)


def talk_in_a_thread(websocket):
    for said in websocket:  # >> request/unvalidated-body @`websocket`
        websocket.send(json.loads(said)["text"])


async def serve_sockets():
    async with websockets.serve(talk, "localhost", 8001), websockets.serve(answer, "localhost", 8002):
        await websockets.serve(echo, "localhost", 8003)


def serve_in_threads():
    with serve(talk_in_a_thread, "localhost", 8004) as server:
        server.serve_forever()


async def ask_another_server():
    async with websockets.connect("ws://example") as connection:
        sent = json.loads(await connection.recv())  # >> quiet
        return sent["text"]


def note(text):
    NOTES.append(text)
    return text
