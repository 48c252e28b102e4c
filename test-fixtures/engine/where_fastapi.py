"""FastAPI and Starlette: plain functions run in a thread wherever the framework calls them; coroutine functions on the loop."""
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, Request, Response, Security, WebSocket
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.security import SecurityScopes
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


def wait() -> None:
    time.sleep(1)  # >> quiet


class Paging:
    def __init__(self, page: int = 1) -> None:
        wait()  # >> quiet
        self.page = page


class Limit:
    def __call__(self, request: Request) -> None:
        wait()  # >> quiet


class AsyncLimit:
    async def __call__(self, request: Request) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def settings() -> dict:
    wait()  # >> quiet
    return {}


def session(config: Annotated[dict, Depends(settings)]) -> Iterator[str]:
    wait()  # >> quiet
    yield "session"
    wait()  # >> quiet


async def user(session: Annotated[str, Depends(session)]) -> AsyncIterator[str]:
    yield "user"
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def scopes(security_scopes: SecurityScopes) -> None:
    wait()  # >> quiet


@contextlib.asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    yield


class Timing(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: Callable) -> Response:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
        return await call_next(request)


class Plain:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
        await self.app(scope, receive, send)


app = FastAPI(lifespan=lifespan, dependencies=[Depends(Limit())])
app.add_middleware(Timing)
app.add_middleware(Plain)
router = APIRouter(dependencies=[Depends(AsyncLimit()), Security(scopes)])


@app.middleware("http")
async def header(request: Request, call_next: Callable) -> Response:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    return await call_next(request)


@app.exception_handler(ValueError)
def refused(request: Request, error: ValueError) -> JSONResponse:
    wait()  # >> quiet
    return JSONResponse({})


@app.exception_handler(KeyError)
async def refused_too(request: Request, error: KeyError) -> JSONResponse:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    return JSONResponse({})


@app.on_event("startup")
def start() -> None:
    wait()  # >> quiet


def endpoint(paging: Annotated[Paging, Depends()], user: str = Depends(user)) -> dict:
    wait()  # >> quiet
    return {}


async def async_endpoint() -> dict:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    return {}


router.add_api_route("/", endpoint)
router.add_api_route("/async", async_endpoint)
app.add_exception_handler(RuntimeError, refused)


def rows() -> Iterator[str]:
    wait()  # >> quiet
    yield "row"


def notify(name: str) -> None:
    wait()  # >> quiet


async def notify_on_loop(name: str) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@router.get("/stream")
async def stream(tasks: BackgroundTasks) -> StreamingResponse:
    tasks.add_task(notify, "a")  # >> quiet
    tasks.add_task(notify_on_loop, "a")  # >> quiet
    tasks.add_task(lambda: wait())  # >> quiet
    return StreamingResponse(rows())  # >> quiet


@router.get("/copied")
async def copied() -> StreamingResponse:
    async def body() -> AsyncIterator[str]:
        for row in rows():  # >> async/blocking-call @`rows()` "the clock" via `wait`, `time.sleep`
            yield row

    return StreamingResponse(body())


@router.websocket("/talk")
async def talk(socket: WebSocket) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def create_app() -> FastAPI:
    inner = FastAPI()

    @inner.get("/")
    def index() -> dict:
        wait()  # >> quiet
        return {}

    @inner.get("/async")
    async def async_index() -> dict:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
        return {}

    inner.include_router(router)
    return inner
