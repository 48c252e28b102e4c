"""Flask's other ways in, and the libraries that check there."""
import json

from flask import Blueprint, Flask, request
from flask.views import MethodView
from flask_marshmallow import Marshmallow
from flask_restful import Resource, reqparse
from flask_smorest import Blueprint as CheckedBlueprint
from marshmallow import Schema, fields
from webargs.flaskparser import parser, use_args, use_kwargs

app = Flask(__name__)
views = Blueprint("views", __name__)
ma = Marshmallow(app)
blp = CheckedBlueprint("notes", __name__)


class NoteSchema(Schema):
    text = fields.String(required=True)


@views.post("/values")
def values():
    return save(request.values["text"])  # >> request/unvalidated-body


@views.post("/data")
def data():
    sent = json.loads(request.data)  # >> request/unvalidated-body
    return save(sent["text"])


@views.post("/get-data")
def get_data():
    sent = json.loads(request.get_data(as_text=True))  # >> request/unvalidated-body
    return save(sent["text"])


@views.post("/stream")
def stream():
    sent = json.load(request.stream)  # >> request/unvalidated-body
    return save(sent["text"])


@views.post("/bytes")
def stored():
    with open("/srv/blob", "wb") as blob:
        blob.write(request.stream.read())  # >> quiet
    return ""


class Parsed(Resource):
    def post(self):
        wanted = reqparse.RequestParser()
        wanted.add_argument("text", type=str, required=True)
        sent = wanted.parse_args()  # >> quiet
        return save(sent["text"])


class Around(Resource):
    def post(self):
        wanted = reqparse.RequestParser()
        wanted.add_argument("text", type=str, required=True)
        sent = wanted.parse_args()  # >> quiet
        return save(sent["text"] + request.json["more"])  # >> request/unvalidated-body


@views.post("/webargs")
@use_args({"text": fields.String(required=True)})
def with_args(args):
    return save(args["text"])  # >> quiet


@views.post("/webargs/kwargs")
@use_kwargs(NoteSchema)
def with_kwargs(text):
    return save(text)  # >> quiet


@views.post("/webargs/parser")
def with_parser():
    return save(parser.parse(NoteSchema, request)["text"])  # >> quiet


@blp.route("/")
class Notes(MethodView):
    @blp.arguments(NoteSchema)
    @blp.response(201, NoteSchema)
    def post(self, sent):
        return save(sent["text"])  # >> quiet

    def put(self):
        return save(request.json["text"])  # >> request/unvalidated-body


def save(text):
    with open("/srv/notes", "a") as notes:
        notes.write(text)
    return text


@views.post("/annotated")
def annotated():
    sent: dict[str, str] = request.get_json()  # >> request/unvalidated-body
    return save(sent["text"])


@views.post("/annotated/checked")
def annotated_and_checked():
    sent: dict = request.get_json()  # >> quiet
    checked: dict = NoteSchema().load(sent)
    return save(checked["text"])


class NoteOfApp(ma.Schema):
    text = fields.String(required=True)


@views.post("/app-schema")
def app_schema():
    sent = request.get_json()  # >> quiet
    return save(NoteOfApp().load(sent)["text"])


@views.put("/app-schema")
def items_of_app_schema():
    sent = request.get_json()  # >> quiet
    schema = NoteOfApp()
    for text in sent.values():
        save(schema.load({"text": text})["text"])
    return ""


@views.delete("/app-schema")
def around_app_schema():
    sent = request.get_json()  # >> request/unvalidated-body
    return save(NoteOfApp().load({"text": sent["text"]})["text"] + sent["more"])
