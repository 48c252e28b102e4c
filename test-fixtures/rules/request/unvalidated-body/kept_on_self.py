"""Bodies that one method of a handler keeps on `self`, and another reads."""
import json

from django.http import JsonResponse
from django.views import View
from marshmallow import Schema, fields
from pydantic import BaseModel
from rest_framework.response import Response
from rest_framework.views import APIView
from tornado.web import RequestHandler
NOTES = []


class Note(BaseModel):
    text: str


class NoteSchema(Schema):
    text = fields.String(required=True)


class JsonHandler(RequestHandler):
    def prepare(self):
        self.sent = json.loads(self.request.body)


class Notes(JsonHandler):
    def post(self):
        save(self.sent["text"])  # >> request/unvalidated-body @`self.sent`


class Own(RequestHandler):
    def prepare(self):
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            self.sent = json.loads(self.request.body)
        else:
            self.sent = None

    def post(self):
        sent = self.sent  # >> request/unvalidated-body @`self.sent`
        save(sent["text"])


class OnlySometimes(RequestHandler):
    def prepare(self):
        self.sent = json.loads(self.request.body)

    def post(self):
        save(self.sent["text"])  # >> missed request/unvalidated-body: another method has it checked, and which runs first is not looked at

    def put(self):
        save(Note.model_validate(self.sent).text)  # >> quiet


class GivenTwice(RequestHandler):
    def prepare(self):
        self.sent = json.loads(self.request.body)

    def post(self):
        self.sent = Note.model_validate_json(self.request.body).model_dump()
        save(self.sent["text"])  # >> quiet

    def put(self):
        save(self.sent["text"])  # >> missed request/unvalidated-body: which of the values it has is not worked out


class Anothers:
    def __init__(self, handler: Own) -> None:
        self.handler = handler

    def run(self):
        save(self.handler.sent["text"])  # >> missed request/unvalidated-body: attributes of others are not followed


class Checked(RequestHandler):
    def prepare(self):
        self.sent = NoteSchema().loads(self.request.body)

    def post(self):
        save(self.sent["text"])  # >> quiet


class CheckedOnTheWay(RequestHandler):
    def prepare(self):
        sent = json.loads(self.request.body)
        Note.model_validate(sent)
        self.sent = sent

    def post(self):
        save(self.sent["text"])  # >> quiet


class CheckedBehind(RequestHandler):
    def prepare(self):
        self.sent = json.loads(self.request.body)
        Note.model_validate(self.sent)

    def post(self):
        save(self.sent["text"])  # >> quiet


class CheckedElsewhere(RequestHandler):
    def prepare(self):
        self.sent = json.loads(self.request.body)
        self.check()

    def check(self):
        Note.model_validate(self.sent)

    def post(self):
        save(self.sent["text"])  # >> quiet


class DjangoNotes(View):
    def dispatch(self, request, *args, **kwargs):
        self.sent = json.loads(request.body or "{}")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request):
        return JsonResponse({"text": save(self.sent["text"])})  # >> request/unvalidated-body @`self.sent`


class Parameters(APIView):
    def post(self, request):
        self.params = request.data
        return Response(self.create())

    def create(self):
        return save(self.params["text"])  # >> request/unvalidated-body @`self.params`


class Job:
    def __init__(self, sent):
        self.sent = sent

    def run(self):
        return save(self.sent["text"])  # >> quiet


def save(text):
    NOTES.append(text)
    return text
