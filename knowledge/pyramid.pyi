"""Pyramid. Stated as documented for 2.0. Views run in the threads of the server."""
from verbs import module
with module("pyramid.request"):
    from typing import Any
    from verbs import request_body
    class Request:
        method: str
        path: str
        path_info: str
        url: str
        host: str
        context: Any
        registry: Any
        session: Any
        response: Any
        content_type: str
        client_addr: str
        remote_addr: str
        authenticated_userid: str
        environ: dict[str, Any]
        @property
        @request_body("query")
        def GET(self) -> Any: ...
        @property
        @request_body("path")
        def matchdict(self) -> dict[str, str]: ...
        @property
        @request_body("cookie")
        def cookies(self) -> dict[str, str]: ...
        @property
        @request_body("header")
        def headers(self) -> dict[str, str]: ...
        @property
        @request_body("json")
        def json_body(self) -> Any: ...
        @property
        @request_body("json")
        def json(self) -> Any: ...
        @property
        @request_body("form")
        def POST(self) -> Any: ...
        # The form and the query string in one.
        @property
        @request_body("mixed")
        def params(self) -> Any: ...
        @property
        @request_body("raw")
        def body(self) -> bytes: ...
        @property
        @request_body("raw")
        def text(self) -> str: ...
        def route_url(self, route_name, *elements, **kw) -> str: ...
        def route_path(self, route_name, *elements, **kw) -> str: ...
        def has_permission(self, permission, context=...): ...
with module("pyramid.view"):
    from verbs import handles_requests, runs_on
    @runs_on("thread")
    @handles_requests("request", request="pyramid.request.Request")
    def view_config(**settings): ...
    @handles_requests("request", request="pyramid.request.Request")
    def view_defaults(**settings): ...
    @runs_on("thread")
    @handles_requests("request", request="pyramid.request.Request")
    def notfound_view_config(**settings): ...
    @runs_on("thread")
    @handles_requests("request", request="pyramid.request.Request")
    def forbidden_view_config(**settings): ...
with module("pyramid.config"):
    from verbs import handles_requests, runs_on
    class Configurator:
        registry: Any
        def __init__(self, registry=..., settings=..., root_factory=..., **kwargs) -> None: ...
        @runs_on("thread")
        @handles_requests("request", request="pyramid.request.Request")
        def add_view(self, view=..., name=..., **kwargs) -> None: ...
        def add_route(self, name, pattern=..., **kwargs) -> None: ...
        def include(self, callable, route_prefix=...) -> None: ...
        def scan(self, package=..., **kw) -> None: ...
        def make_wsgi_app(self): ...
with module("pyramid.response"):
    class Response:
        status: str
        status_code: int
        body: bytes
        text: str
        def __init__(self, body=..., status=..., **kw) -> None: ...
