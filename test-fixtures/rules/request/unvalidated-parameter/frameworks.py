"""Where each framework keeps what a client says besides a body; what it has checked itself is silent."""
from pathlib import Path
from typing import Annotated

import bottle
import falcon
from aiohttp import web
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from bottle import request as bottled
from django.db import models
from django.http import HttpRequest
from fastapi import APIRouter, Header, Query, Request
from litestar import Request as LitestarRequest, get
from ninja import NinjaAPI
from pyramid.view import view_config
from quart import Quart, request as quarted
from rest_framework.decorators import api_view
from sanic import Sanic
from starlette.endpoints import HTTPEndpoint
from tornado.web import RequestHandler

router = APIRouter()
routes = web.RouteTableDef()
quart = Quart(__name__)
sanic = Sanic("shop")
ninja = NinjaAPI()
powertools = APIGatewayRestResolver()
NOTES = Path("/srv/notes")


class Note(models.Model):
    text = models.CharField(max_length=80)


def django_query(request: HttpRequest):
    return save(int(request.GET.get("page", 1)))  # >> request/unvalidated-parameter @`request.GET`


def django_write(request: HttpRequest):
    Note.objects.create(text=request.GET["text"])  # >> request/unvalidated-parameter @`request.GET`
    Note.objects.filter(text=request.GET["other"])


def django_update(request: HttpRequest):
    note = Note.objects.get(text=request.GET["old"])
    note.text = request.GET["text"]  # >> request/unvalidated-parameter @`request.GET`
    note.save()


def django_find(request: HttpRequest):
    return save(Note.objects.filter(text=request.GET.get("text")))  # >> quiet


def django_cookie(request: HttpRequest):
    return save(int(request.COOKIES["page"]))  # >> request/unvalidated-parameter @`request.COOKIES`


def django_header(request: HttpRequest):
    return save(int(request.headers["X-Page"]))  # >> request/unvalidated-parameter @`request.headers`


def django_environ(request: HttpRequest):
    save(int(request.META["SERVER_PORT"]))  # >> quiet
    return save(int(request.META["HTTP_X_PAGE"]))  # >> request/unvalidated-parameter @`request.META`


@api_view(["GET"])
def drf_query(request):
    return save(int(request.query_params["page"]))  # >> request/unvalidated-parameter @`request.query_params`


@ninja.get("/notes")
def ninja_typed(request, page: int, text: str = ""):
    return save(page)  # >> quiet


@router.get("/notes")
async def fastapi_typed(page: int, agent: Annotated[str, Header()], text: str = Query("")):
    return save(page)  # >> quiet


@router.get("/around")
async def fastapi_around(request: Request):
    return save(int(request.query_params["page"]))  # >> request/unvalidated-parameter @`request.query_params`


class Notes(HTTPEndpoint):
    async def get(self, request):
        save(int(request.cookies["page"]))  # >> request/unvalidated-parameter @`request.cookies`
        save(int(request.headers["content-length"]))  # >> quiet
        save(int(request.path_params["key"]))  # >> quiet
        return save(request.path_params["key"])  # >> quiet


@routes.get("/notes/{key}")
async def aiohttp_all(request):
    save(int(request.query["page"]))  # >> request/unvalidated-parameter @`request.query`
    save(int(request.rel_url.query["page"]))  # >> request/unvalidated-parameter @`request.rel_url.query`
    return web.FileResponse(NOTES / request.match_info["key"])  # >> request/unvalidated-parameter @`request.match_info`


@routes.get("/safe/{key}")
async def aiohttp_safe(request):
    key = request.match_info["key"]  # >> quiet
    if key not in ("a", "b"):
        raise web.HTTPNotFound()
    return web.FileResponse(NOTES / key)


@quart.get("/quart")
async def from_quart():
    return save(int(quarted.args["page"]))  # >> request/unvalidated-parameter @`quarted.args`


@sanic.get("/sanic")
async def from_sanic(request):
    return save(int(request.args.get("page")))  # >> request/unvalidated-parameter @`request.args`


@get("/litestar")
async def from_litestar(request: LitestarRequest, page: int) -> str:
    save(page)  # >> quiet
    return save(int(request.query_params["page"]))  # >> request/unvalidated-parameter @`request.query_params`


class TornadoNotes(RequestHandler):
    def get(self):
        save(int(self.get_argument("page")))  # >> request/unvalidated-parameter @`self.get_argument("page")`
        save(int(self.get_query_argument("page", "1")))  # >> request/unvalidated-parameter @`self.get_query_argument("page", "1")`
        self.write(self.get_argument("text"))  # >> quiet


class FalconNotes:
    def on_get(self, req, resp):
        save(int(req.get_param("page")))  # >> request/unvalidated-parameter @`req.get_param("page")`
        save(int(req.params["page"]))  # >> request/unvalidated-parameter @`req.params`
        save(req.get_param_as_int("page"))  # >> quiet
        resp.text = req.get_header("X-Text")  # >> quiet


falcon.App().add_route("/notes", FalconNotes())


@bottle.get("/bottle")
def from_bottle():
    save(int(bottled.query["page"]))  # >> request/unvalidated-parameter @`bottled.query`
    return save(bottled.query.get("page", type=int))  # >> quiet


@view_config(route_name="notes", request_method="GET")
def pyramid_all(request):
    save(int(request.GET["page"]))  # >> request/unvalidated-parameter @`request.GET`
    save(int(request.params["page"]))  # >> request/unvalidated-parameter @`request.params`
    save(int(request.matchdict["key"]))  # >> quiet
    return save(request.matchdict["key"])  # >> quiet


@view_config(route_name="notes", request_method="POST")
def pyramid_form(request):
    return save(request.params["text"])  # >> request/unvalidated-body @`request.params`


def lambda_handler(event, context):
    query = event["queryStringParameters"]  # >> request/unvalidated-parameter @`event["queryStringParameters"]`
    return save(int(query["page"]))


def other_handler(event, context):
    return save(event["pathParameters"]["key"])  # >> quiet


@powertools.get("/notes")
def resolved():
    page = powertools.current_event.query_string_parameters["page"]  # >> request/unvalidated-parameter
    return save(int(page))


def save(text):
    SAVED.append(text)
    return str(text)


SAVED = []
