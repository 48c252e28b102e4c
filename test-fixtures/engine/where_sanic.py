"""Sanic calls plain handlers on the loop, as decorated, registered and class-based ones."""
import time

from sanic import Blueprint, Request, Sanic
from sanic.response import HTTPResponse, text
from sanic.views import HTTPMethodView

app = Sanic("shop")
blueprint = Blueprint("orders", url_prefix="/orders")


@app.get("/sync")
def sync_handler(request: Request) -> HTTPResponse:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "on which `sync_handler` runs: `get` decorates it"
    return text("done")


@blueprint.post("/")
async def async_handler(request: Request) -> HTTPResponse:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    return text("done")


@app.middleware("request")
def check(request: Request) -> None:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"


@app.on_response
def after(request: Request, response: HTTPResponse) -> None:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"


@app.exception(ValueError)
def failed(request: Request, error: Exception) -> HTTPResponse:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    return text("failed")


def registered(request: Request) -> HTTPResponse:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    return text("done")


def also_registered(request: Request) -> HTTPResponse:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "on which `also_registered` runs: it is given to `get`"
    return text("done")


def not_registered(request: Request) -> HTTPResponse:
    time.sleep(1)  # >> quiet
    return text("done")


app.add_route(registered, "/registered")
app.get("/also")(also_registered)


class Orders(HTTPMethodView):
    def get(self, request: Request) -> HTTPResponse:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
        return text("done")

    def helper(self) -> None:
        time.sleep(1)  # >> quiet


app.add_route(Orders.as_view(), "/orders")


class Shop(Sanic):
    def add_route(self, handler, uri, *args, **kwargs):
        time.sleep(1)  # >> quiet
        return super().add_route(handler, uri, *args, **kwargs)


@app.before_server_start
def start(app: Sanic) -> None:
    time.sleep(1)  # >> quiet


def create_app() -> Sanic:
    inner = Sanic("inner")

    @inner.get("/")
    def index(request: Request) -> HTTPResponse:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "on which `create_app.index` runs: it is given to `get`"
        return text("done")

    return inner
