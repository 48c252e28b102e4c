"""Plain functions that another module gives to a framework."""
import time

from aiohttp import web


def listing(request: web.Request) -> web.Response:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "on which `listing` runs: it is given to `add_get`"
    return web.Response()


def detail(request: web.Request) -> web.Response:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    return web.Response()


def starred(request: web.Request) -> web.Response:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    return web.Response()


def local(request: web.Request) -> web.Response:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
    return web.Response()


def unused(request: web.Request) -> web.Response:
    time.sleep(1)  # >> quiet
    return web.Response()


def rows() -> list[int]:
    time.sleep(1)  # >> quiet
    return []


class Orders:
    def index(self, request: web.Request) -> web.Response:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
        return web.Response()

    def detail(self, request: web.Request) -> web.Response:
        time.sleep(1)  # >> quiet
        return web.Response()

    @property
    def name(self) -> str:
        time.sleep(1)  # >> quiet
        return "orders"

    def __call__(self, request: web.Request) -> web.Response:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "on which `Orders.__call__` runs: it is given to `add_get`"
        return web.Response()


class Stock:
    def __call__(self, request: web.Request) -> web.Response:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
        return web.Response()


stock = Stock()


class Reports:
    def __call__(self) -> None:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"


class InThread:
    def __call__(self) -> None:
        time.sleep(1)  # >> quiet


class Unused:
    def __call__(self, request: web.Request) -> web.Response:
        time.sleep(1)  # >> quiet
        return web.Response()
