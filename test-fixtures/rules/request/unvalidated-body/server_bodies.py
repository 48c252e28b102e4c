"""aiohttp, Tornado, Falcon, Bottle and Pyramid: where their handlers find what a client sent."""
import json

import bottle
import falcon
from aiohttp import web
from bottle import Bottle, request as bottled
from marshmallow import Schema, fields
from pyramid.request import Request
from pyramid.view import view_config
from tornado.escape import json_decode
from tornado.web import RequestHandler

routes = web.RouteTableDef()
app = Bottle()


class NoteSchema(Schema):
    text = fields.String(required=True)


@routes.post("/notes")
async def aiohttp_json(request):
    sent = await request.json()  # >> request/unvalidated-body
    return web.Response(text=sent["text"])


@routes.post("/forms")
async def aiohttp_form(request: web.Request) -> web.Response:
    form = await request.post()  # >> request/unvalidated-body
    return web.Response(text=form["text"])


@routes.post("/texts")
async def aiohttp_text(request: web.Request) -> web.Response:
    sent = json.loads(await request.text())  # >> request/unvalidated-body
    return web.Response(text=sent["text"])


class Notes(web.View):
    async def post(self) -> web.Response:
        sent = await self.request.json()  # >> request/unvalidated-body
        return web.Response(text=sent["text"])


@routes.post("/checked")
async def aiohttp_checked(request: web.Request) -> web.Response:
    sent = NoteSchema().load(await request.json())  # >> quiet
    return web.Response(text=sent["text"])


@routes.get("/talk")
async def aiohttp_socket(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    sent = await socket.receive_json()  # >> request/unvalidated-body
    await socket.send_str("I heard " + sent["text"])
    return socket


class TornadoNotes(RequestHandler):
    def post(self):
        sent = json_decode(self.request.body)  # >> request/unvalidated-body
        self.write(sent["text"])

    def put(self):
        sent = json.loads(self.request.body)  # >> request/unvalidated-body
        self.write(sent["text"])

    def patch(self):
        sent = NoteSchema().loads(self.request.body)  # >> quiet
        self.write(sent["text"])

    def get(self):
        self.write(self.get_query_argument("text"))  # >> quiet


class FalconNotes:
    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        resp.text = req.media["text"]  # >> request/unvalidated-body

    def on_put(self, req: falcon.Request, resp: falcon.Response) -> None:
        sent = req.get_media()  # >> request/unvalidated-body
        resp.text = sent["text"]

    def on_patch(self, req: falcon.Request, resp: falcon.Response) -> None:
        sent = NoteSchema().load(req.media)  # >> quiet
        resp.text = sent["text"]

    def on_delete(self, req: falcon.Request, resp: falcon.Response) -> None:
        resp.text = req.get_param("text")  # >> quiet


class AsyncFalconNotes:
    async def on_post(self, req: falcon.asgi.Request, resp: falcon.asgi.Response) -> None:
        sent = await req.get_media()  # >> request/unvalidated-body
        resp.text = sent["text"]


@app.post("/notes")
def bottle_json():
    return bottled.json["text"]  # >> request/unvalidated-body


@bottle.post("/forms")
def bottle_form():
    return bottle.request.forms.get("text") + "!"  # >> request/unvalidated-body


@app.post("/checked")
def bottle_checked():
    return NoteSchema().load(bottled.json)["text"]  # >> quiet


@view_config(route_name="notes", request_method="POST", renderer="json")
def pyramid_json(request):
    return {"text": request.json_body["text"]}  # >> request/unvalidated-body


@view_config(route_name="forms", request_method="POST")
def pyramid_form(request: Request):
    return note(request.POST["text"])  # >> request/unvalidated-body


@view_config(route_name="checked", request_method="POST", renderer="json")
def pyramid_checked(request):
    sent = NoteSchema().load(request.json_body)  # >> quiet
    return {"text": sent["text"]}


def note(text):
    with open("/srv/notes", "a") as notes:
        notes.write(text)
