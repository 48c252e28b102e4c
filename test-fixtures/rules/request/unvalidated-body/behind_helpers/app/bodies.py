import functools

from flask import abort, request
from pydantic import BaseModel


class Query(BaseModel):
    text: str


def request_json():
    return request.get_json(force=True)


def require(body: dict, *names: str) -> None:
    """Presence is not a type."""
    for name in names:
        if name not in body:
            abort(400)


def query_from(body: dict) -> Query:
    return Query(**body)


def needs(*names: str):
    def decorate(view):
        @functools.wraps(view)
        def checked(*args, **kwargs):
            require(request.get_json(), *names)  # >> quiet
            return view(*args, **kwargs)

        return checked

    return decorate
