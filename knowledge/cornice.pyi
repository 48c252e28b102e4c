"""Cornice, services for Pyramid. Stated as documented for 6.1. Checks are made by `validators` of a decorator only."""
from typing import Any

from verbs import handles_requests, module, runs_on

class Service:
    name: str
    path: str
    def __init__(self, name, path=..., description=..., **kwargs) -> None: ...
    @runs_on("thread")
    @handles_requests("request", request="pyramid.request.Request")
    def get(self, **kwargs): ...
    @runs_on("thread")
    @handles_requests("request", request="pyramid.request.Request")
    def post(self, **kwargs): ...
    @runs_on("thread")
    @handles_requests("request", request="pyramid.request.Request")
    def put(self, **kwargs): ...
    @runs_on("thread")
    @handles_requests("request", request="pyramid.request.Request")
    def patch(self, **kwargs): ...
    @runs_on("thread")
    @handles_requests("request", request="pyramid.request.Request")
    def delete(self, **kwargs): ...
with module("cornice.resource"):
    from verbs import handles_requests
    @handles_requests("request", request="pyramid.request.Request")
    def resource(depth=..., **kwargs): ...
    def view(**kwargs): ...
