"""FastAPI. Checked against 0.142.2.

A plain `def` endpoint, dependency or exception handler runs in a worker thread; an `async def` one on the loop. What is registered for start-up and
shut-down is left unknown: it runs while nothing is served.
"""
from typing import Any, Callable, ContextManager, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request as _Request
# FastAPI comes with Pydantic.
import pydantic
from verbs import handles_requests, injects, module, request_body, runs_on

T = TypeVar("T")

with module("fastapi"):
    from fastapi.applications import FastAPI
    from fastapi.background import BackgroundTasks
    from fastapi.datastructures import UploadFile
    from fastapi.exceptions import HTTPException, WebSocketException
    from fastapi.param_functions import Body, Cookie, Depends, File, Form, Header, Path, Query, Security
    from fastapi.requests import Request
    from fastapi.responses import Response
    from fastapi.routing import APIRouter
    from fastapi.websockets import WebSocket, WebSocketDisconnect
    from starlette import status

with module("fastapi.applications"):
    from typing import Any, Callable
    from starlette.applications import Starlette
    from starlette.datastructures import State

    class FastAPI(Starlette):
        router: APIRouter
        state: State
        title: str
        version: str
        openapi_url: str
        root_path: str
        routes: list
        dependency_overrides: dict[Callable, Callable]
        def __init__(self, *, debug=..., routes=..., title=..., version=..., dependencies=..., middleware=..., exception_handlers=..., on_startup=..., on_shutdown=..., lifespan=..., **extra) -> None: ...
        @runs_on("thread")
        @handles_requests("body")
        def get(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def put(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def post(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def delete(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def options(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def head(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def patch(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def trace(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def api_route(self, path, *, methods=..., response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def add_api_route(self, path, endpoint, *, methods=..., response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs) -> None: ...
        @runs_on("thread")
        @handles_requests("request", request="starlette.requests.Request")
        def route(self, path, methods=..., name=..., include_in_schema=...): ...
        @runs_on("thread")
        @handles_requests("request", request="starlette.requests.Request")
        def add_route(self, path, endpoint, methods=..., name=..., include_in_schema=...) -> None: ...
        @runs_on("loop")
        def websocket(self, path, name=..., *, dependencies=...): ...
        @runs_on("loop")
        def websocket_route(self, path, name=...): ...
        @runs_on("loop")
        def add_api_websocket_route(self, path, endpoint, name=..., *, dependencies=...) -> None: ...
        @runs_on("loop")
        def add_websocket_route(self, path, endpoint, name=...) -> None: ...
        def include_router(self, router, *, prefix=..., tags=..., dependencies=..., responses=..., **kwargs) -> None: ...
        def on_event(self, event_type): ...
        def add_event_handler(self, event_type, func) -> None: ...
        def mount(self, path, app, name=...) -> None: ...
        def host(self, host, app, name=...) -> None: ...
        def url_path_for(self, name, /, **path_params) -> str: ...
        def openapi(self) -> dict[str, Any]: ...

    from fastapi.routing import APIRouter

with module("fastapi.routing"):
    from typing import Any, Callable
    from starlette.routing import BaseRoute, Route, Router
    class APIRouter(Router):
        prefix: str
        tags: list[str]
        def __init__(self, *, prefix=..., tags=..., dependencies=..., default_response_class=..., responses=..., routes=..., lifespan=..., **kwargs) -> None: ...
        @runs_on("thread")
        @handles_requests("body")
        def get(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def put(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def post(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def delete(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def options(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def head(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def patch(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def trace(self, path, *, response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def api_route(self, path, *, methods=..., response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs): ...
        @runs_on("thread")
        @handles_requests("body")
        def add_api_route(self, path, endpoint, *, methods=..., response_model=..., status_code=..., tags=..., dependencies=..., summary=..., description=..., response_description=..., responses=..., deprecated=..., operation_id=..., response_class=..., name=..., **kwargs) -> None: ...
        @runs_on("thread")
        @handles_requests("request", request="starlette.requests.Request")
        def route(self, path, methods=..., name=..., include_in_schema=...): ...
        @runs_on("thread")
        @handles_requests("request", request="starlette.requests.Request")
        def add_route(self, path, endpoint, methods=..., name=..., include_in_schema=...) -> None: ...
        @runs_on("loop")
        def websocket(self, path, name=..., *, dependencies=...): ...
        @runs_on("loop")
        def websocket_route(self, path, name=...): ...
        @runs_on("loop")
        def add_api_websocket_route(self, path, endpoint, name=..., *, dependencies=...) -> None: ...
        @runs_on("loop")
        def add_websocket_route(self, path, endpoint, name=...) -> None: ...
        def include_router(self, router, *, prefix=..., tags=..., dependencies=..., responses=..., **kwargs) -> None: ...
        def on_event(self, event_type): ...
        def add_event_handler(self, event_type, func) -> None: ...
        def mount(self, path, app, name=...) -> None: ...
        def host(self, host, app, name=...) -> None: ...
        def url_path_for(self, name, /, **path_params) -> str: ...
    class APIRoute(Route):
        endpoint: Callable
        dependencies: list
        response_model: Any
        def get_route_handler(self): ...
    class APIWebSocketRoute(Route): ...

with module("fastapi.param_functions"):
    # A dependency that is a plain function runs in a worker thread, like an endpoint.
    @runs_on("thread")
    @injects("dependency")
    def Depends(dependency=..., *, use_cache=..., scope=...): ...
    @runs_on("thread")
    @injects("dependency")
    def Security(dependency=..., *, scopes=..., use_cache=...): ...
    @request_body("json")
    def Body(default=..., *, default_factory=..., embed=..., media_type=..., alias=..., title=..., description=..., **extra): ...
    def Query(default=..., *, default_factory=..., alias=..., title=..., description=..., **extra): ...
    def Path(default=..., *, default_factory=..., alias=..., title=..., description=..., **extra): ...
    def Header(default=..., *, default_factory=..., alias=..., convert_underscores=..., title=..., description=..., **extra): ...
    def Cookie(default=..., *, default_factory=..., alias=..., title=..., description=..., **extra): ...
    def Form(default=..., *, default_factory=..., media_type=..., alias=..., title=..., description=..., **extra): ...
    def File(default=..., *, default_factory=..., media_type=..., alias=..., title=..., description=..., **extra): ...

with module("fastapi.params"):
    from fastapi.param_functions import Body, Cookie, Depends, File, Form, Header, Path, Query, Security

with module("fastapi.requests"):
    from starlette.requests import HTTPConnection, Request

with module("fastapi.datastructures"):
    from starlette.datastructures import URL, Address, FormData, Headers, QueryParams, State, UploadFile

with module("fastapi.websockets"):
    from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

with module("fastapi.background"):
    from starlette.background import BackgroundTasks

with module("fastapi.responses"):
    from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
    class ORJSONResponse(JSONResponse): ...
    class UJSONResponse(JSONResponse): ...
    class EventSourceResponse(StreamingResponse): ...

with module("fastapi.exceptions"):
    from typing import Any
    from starlette.exceptions import HTTPException, WebSocketException
    class FastAPIError(RuntimeError): ...
    class ValidationException(Exception):
        def errors(self) -> list[dict[str, Any]]: ...
    class RequestValidationError(ValidationException):
        body: Any
        def __init__(self, errors, *, body=...) -> None: ...
    class WebSocketRequestValidationError(ValidationException): ...
    class ResponseValidationError(ValidationException): ...

with module("fastapi.concurrency"):
    from typing import ContextManager, TypeVar
    T = TypeVar('T')
    from contextlib import asynccontextmanager
    from starlette.concurrency import iterate_in_threadpool, run_in_threadpool, run_until_first_complete
    # Enters and leaves it in a worker thread.
    class contextmanager_in_threadpool:
        def __init__(self, cm: ContextManager[T]) -> None: ...
        async def __aenter__(self): ...
        async def __aexit__(self, *exc_info) -> None: ...

with module("fastapi.encoders"):
    from typing import Any
    def jsonable_encoder(obj, include=..., exclude=..., by_alias=..., exclude_unset=..., exclude_defaults=..., exclude_none=..., custom_encoder=..., sqlalchemy_safe=...) -> dict[str, Any]: ...

with module("fastapi.security"):
    from starlette.requests import Request as _Request
    from fastapi.param_functions import Security
    class SecurityScopes:
        scopes: list[str]
        scope_str: str
    class OAuth2PasswordRequestForm:
        grant_type: str
        username: str
        password: str
        scopes: list[str]
        client_id: str | None
        client_secret: str | None
    class OAuth2PasswordRequestFormStrict(OAuth2PasswordRequestForm): ...
    class HTTPAuthorizationCredentials:
        scheme: str
        credentials: str
        def __init__(self, *, scheme, credentials) -> None: ...
    class HTTPBasicCredentials:
        username: str
        password: str
    class OAuth2:
        def __init__(self, *, flows=..., scheme_name=..., description=..., auto_error=...) -> None: ...
        async def __call__(self, request: _Request) -> str: ...
    class OAuth2PasswordBearer(OAuth2):
        def __init__(self, tokenUrl, scheme_name=..., scopes=..., description=..., auto_error=...) -> None: ...
    class OAuth2AuthorizationCodeBearer(OAuth2):
        def __init__(self, authorizationUrl, tokenUrl, refreshUrl=..., scheme_name=..., scopes=..., description=..., auto_error=...) -> None: ...
    class HTTPBearer:
        def __init__(self, *, bearerFormat=..., scheme_name=..., description=..., auto_error=...) -> None: ...
        async def __call__(self, request: _Request) -> HTTPAuthorizationCredentials: ...
    class HTTPBasic:
        def __init__(self, *, scheme_name=..., realm=..., description=..., auto_error=...) -> None: ...
        async def __call__(self, request: _Request) -> HTTPBasicCredentials: ...
    class APIKeyHeader:
        def __init__(self, *, name, scheme_name=..., description=..., auto_error=...) -> None: ...
        async def __call__(self, request: _Request) -> str: ...
    class APIKeyQuery(APIKeyHeader): ...
    class APIKeyCookie(APIKeyHeader): ...

with module("fastapi.security.oauth2"):
    from fastapi.security import OAuth2, OAuth2AuthorizationCodeBearer, OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes
with module("fastapi.security.http"):
    from fastapi.security import HTTPAuthorizationCredentials, HTTPBasic, HTTPBasicCredentials, HTTPBearer
with module("fastapi.security.api_key"):
    from fastapi.security import APIKeyCookie, APIKeyHeader, APIKeyQuery

with module("fastapi.staticfiles"):
    from starlette.staticfiles import StaticFiles
with module("fastapi.templating"):
    from starlette.templating import Jinja2Templates
with module("fastapi.middleware"):
    from starlette.middleware import Middleware
with module("fastapi.middleware.cors"):
    from starlette.middleware.cors import CORSMiddleware
with module("fastapi.middleware.gzip"):
    from starlette.middleware.gzip import GZipMiddleware
