"""Bodies that nobody has to check here. Near misses, all of them."""
import hmac
import json
from typing import Any, Union

from django.http import HttpRequest, JsonResponse
from fastapi import APIRouter, Request
from flask import Blueprint, jsonify, request as flask_request
from pydantic import BaseModel, RootModel

router = APIRouter()
views = Blueprint("views", __name__)


class One(BaseModel):
    kind: str


class Two(BaseModel):
    size: int


class Many(RootModel[list[One]]):
    pass


@router.post("/union")
async def union(body: Union[One, Two]) -> str:  # >> quiet
    return body.model_dump_json()


@router.post("/root")
async def root(body: Many) -> int:  # >> quiet
    return len(body.root)


@router.post("/signed")
async def signed(request: Request) -> bool:
    raw = await request.body()  # >> quiet
    return hmac.compare_digest(hmac.new(b"k", raw, "sha256").hexdigest(), request.headers["x-signature"])


@router.post("/echo")
async def echo(request: Request) -> Any:
    return await request.json()  # >> quiet


@views.post("/stored")
def stored():
    save(flask_request.get_json())  # >> quiet
    return jsonify({})


def save(body: Any) -> None:
    with open("/srv/inbox", "a") as inbox:
        inbox.write(json.dumps(body))


@views.post("/checked-by-hand")
def checked_by_hand():
    body = flask_request.get_json()  # >> quiet
    return One.model_validate(body).kind


def one_of(request: HttpRequest) -> One:
    return One.model_validate_json(request.body)  # >> quiet


def view(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"kind": one_of(request).kind})  # >> quiet


class Job:
    def __init__(self, request: dict) -> None:
        self.request = request

    def json(self) -> dict:
        return self.request

    def run(self) -> str:
        return self.json()["kind"]  # >> quiet


def merely_called_request(request: dict, payload: dict) -> str:
    return request["kind"] + payload["kind"]  # >> quiet
