"""Functions and methods of the project that give data of the request: where they are called is where it enters."""
import json

from django.http import HttpRequest, JsonResponse
from django.views import View
from fastapi import APIRouter, Depends, Request
from flask import Blueprint, abort, g, jsonify, request
from flask.views import MethodView
from pydantic import BaseModel, ValidationError

views = Blueprint("views", __name__)
router = APIRouter()
NOTES = []


class Note(BaseModel):
    text: str


def payload():
    return request.get_json(silent=True) or {}


def payload_in_steps():
    sent = request.get_json(silent=True)
    if sent is None:
        abort(400)
    return sent


def payload_without_empty():
    sent = request.get_json() or {}
    sent.pop("csrf", None)
    return sent


def payload_or_error():
    try:
        sent = json.loads(request.data)
    except ValueError:
        return None
    return sent


def inner_part():
    return request.get_json()["note"]


def inner_part_or_empty():
    return payload().get("note", {})


def twice_removed():
    return payload()


def typed_text():
    text = payload().get("text")
    if not isinstance(text, str):
        abort(400)
    return text


def number():
    try:
        return int(payload()["number"])
    except (KeyError, ValueError):
        abort(400)


def checked_payload():
    try:
        return Note(**request.get_json()).model_dump()
    except ValidationError:
        abort(422)


def checked_before_return():
    sent = request.get_json()
    Note.model_validate(sent)
    return sent


@views.post("/payload")
def from_payload():
    sent = payload()  # >> request/unvalidated-body @`payload()`
    return save(sent["text"])


@views.post("/steps")
def from_steps():
    sent = payload_in_steps()  # >> request/unvalidated-body @`payload_in_steps()`
    return save(sent["text"])


@views.post("/without-empty")
def from_payload_without_empty():
    return save(payload_without_empty()["text"])  # >> request/unvalidated-body @`payload_without_empty()`


@views.post("/or-error")
def from_payload_or_error():
    sent = payload_or_error()  # >> request/unvalidated-body @`payload_or_error()`
    if sent is None:
        return jsonify({}), 400
    return save(sent["text"])


@views.post("/part")
def from_part():
    note = inner_part()  # >> request/unvalidated-body @`inner_part()`
    return save(note["text"])


@views.post("/part-or-empty")
def from_part_or_empty():
    note = inner_part_or_empty()  # >> request/unvalidated-body @`inner_part_or_empty()`
    return save(note["text"])


@views.post("/twice")
def from_twice_removed():
    return save(twice_removed()["text"])  # >> request/unvalidated-body @`twice_removed()`


@views.post("/typed")
def from_typed_text():
    return save(typed_text())  # >> quiet


@views.post("/number")
def from_number():
    return save(str(number() + 1))  # >> quiet


@views.post("/checked")
def from_checked():
    return save(checked_payload()["text"])  # >> quiet


@views.post("/checked-before")
def from_checked_before():
    return save(checked_before_return()["text"])  # >> quiet


def body_of(request: HttpRequest):
    return json.loads(request.body)


def body_or_form(request: HttpRequest):
    if request.content_type == "application/json":
        return json.loads(request.body)
    return request.POST.dict()


def create(request: HttpRequest):
    sent = body_of(request)  # >> request/unvalidated-body @`body_of(request)`
    return JsonResponse({"text": save(sent["text"])})


def create_either(request: HttpRequest):
    sent = body_or_form(request)  # >> request/unvalidated-body @`body_or_form(request)`
    return JsonResponse({"text": save(sent["text"])})


async def parsed(request: Request) -> dict:
    return await request.json()


async def parsed_note(request: Request):
    return Note(**await request.json())


@router.post("/parsed")
async def from_parsed(request: Request):
    sent = await parsed(request)  # >> request/unvalidated-body @`parsed(request)`
    return save(sent["text"])


@router.post("/parsed-note")
async def from_parsed_note(request: Request):
    return save((await parsed_note(request)).text)  # >> quiet


@router.post("/dependency")
async def from_dependency(sent=Depends(parsed)):  # >> request/unvalidated-body
    return save(sent["text"])


class JsonView(View):
    @property
    def sent(self):
        return json.loads(self.request.body)

    def body(self):
        return json.loads(self.request.body)

    @property
    def note(self):
        return Note.model_validate_json(self.request.body)


class Notes(JsonView):
    def post(self, request):
        return JsonResponse({"text": save(self.sent["text"])})  # >> request/unvalidated-body @`self.sent`

    def put(self, request):
        sent = self.body()  # >> request/unvalidated-body @`self.body()`
        return JsonResponse({"text": save(sent["text"])})

    def patch(self, request):
        return JsonResponse({"text": save(self.note.text)})  # >> quiet


class Resource(MethodView):
    def payload(self):
        return request.get_json(force=True)


class Users(Resource):
    def post(self):
        sent = self.payload()  # >> request/unvalidated-body @`self.payload()`
        return save(sent["name"])


def save(text):
    NOTES.append(text)
    return text
