"""aiohttp wraps plain handlers and calls them on the loop."""
import asyncio
import time

from aiohttp import web

routes = web.RouteTableDef()


def wait() -> None:
    time.sleep(1)  # >> quiet


@routes.get("/decorated")
def decorated(request: web.Request) -> web.Response:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    return web.Response()


def added(request: web.Request) -> web.Response:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    return web.Response()


def listed(request: web.Request) -> web.Response:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    return web.Response()


async def asynchronous(request: web.Request) -> web.Response:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    return web.Response()


@web.middleware
async def timing(request: web.Request, handler) -> web.StreamResponse:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    return await handler(request)


class Shop:
    def __init__(self, app: web.Application) -> None:
        app.router.add_get("/method", self.method)
        app.router.add_get("/inline", lambda request: wait())  # >> async/blocking-call @`wait` "the clock" via `time.sleep`

    def method(self, request: web.Request) -> web.Response:
        wait()  # >> async/blocking-call @`wait` "on which `Shop.method` runs: it is given to `add_get`" via `time.sleep`
        return web.Response()

    def other(self, request: web.Request) -> web.Response:
        wait()  # >> quiet
        return web.Response()


class View(web.View):
    async def get(self) -> web.Response:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
        return web.Response()


async def in_thread(request: web.Request) -> web.Response:
    await asyncio.get_running_loop().run_in_executor(None, wait)  # >> quiet
    return web.Response()


async def on_startup(app: web.Application) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def register(app: web.Application, path: str, handler) -> None:
    app.router.add_post(path, handler)


def through_a_helper(request: web.Request) -> web.Response:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    return web.Response()


def make_app() -> web.Application:
    app = web.Application(middlewares=[timing])
    app.router.add_route("GET", "/added", added)
    app.add_routes([web.get("/listed", listed), web.get("/async", asynchronous), web.view("/view", View)])
    app.add_routes(routes)
    app.on_startup.append(on_startup)
    register(app, "/helped", through_a_helper)
    Shop(app)
    return app


web.run_app(make_app())  # >> quiet
