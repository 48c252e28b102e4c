"""Every library of schemas: what goes through one of them is checked, what only looks like it is not."""
from dataclasses import dataclass as plain_dataclass
from typing import Any, TypedDict, cast

import attrs
import cattrs
import fastjsonschema
import jsonschema
import msgspec
import trafaret
from cerberus import Validator
from flask import Flask, abort, request
from marshmallow import Schema, fields
from marshmallow_dataclass import class_schema
from pydantic import BaseModel, TypeAdapter, parse_obj_as, validate_call
from pydantic.dataclasses import dataclass
from schematics.models import Model as Schematic
from schematics.types import StringType
from voluptuous import Required, Schema as Voluptuous
from wtforms import Form, StringField

app = Flask(__name__)
SCHEMA = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
compiled = fastjsonschema.compile(SCHEMA)


class Note(BaseModel):
    text: str


@dataclass
class CheckedNote:
    text: str


@plain_dataclass
class PlainNote:
    text: str


class NoteSchema(Schema):
    text = fields.String(required=True)


class NoteForm(Form):
    text = StringField()


class Struct(msgspec.Struct):
    text: str


@attrs.define
class Attrs:
    text: str


class Trusted(TypedDict):
    text: str


class SchematicNote(Schematic):
    text = StringType(required=True)


@validate_call
def take(text: str, count: int = 1) -> str:
    return text * count


@app.post("/pydantic/1")
def parse_obj():
    return Note.parse_obj(request.json).text  # >> quiet


@app.post("/pydantic/2")
def validate():
    return Note.model_validate_json(request.data).text  # >> quiet


@app.post("/pydantic/3")
def adapted():
    return TypeAdapter(list[Note]).validate_python(request.json)[0].text  # >> quiet


@app.post("/pydantic/4")
def as_():
    return parse_obj_as(Note, request.json).text  # >> quiet


@app.post("/pydantic/5")
def as_dataclass():
    return CheckedNote(**request.json).text  # >> quiet


@app.post("/pydantic/6")
def as_call():
    return take(**request.json)  # >> quiet


@app.post("/pydantic/7")
def as_call_of_part():
    sent = request.json
    return take(sent["text"])  # >> quiet


@app.post("/marshmallow/1")
def validated():
    sent = request.json  # >> quiet
    errors = NoteSchema().validate(sent)
    if errors:
        abort(422)
    return save(sent["text"])


@app.post("/marshmallow/2")
def dataclass_schema():
    return save(class_schema(PlainNote)().load(request.json).text)  # >> quiet


@app.post("/wtforms")
def wtform():
    form = NoteForm(request.form)  # >> quiet
    if not form.validate():
        abort(422)
    return save(form.text.data)


@app.post("/jsonschema/1")
def json_schema():
    sent = request.json  # >> quiet
    jsonschema.validate(sent, SCHEMA)
    return save(sent["text"])


@app.post("/jsonschema/2")
def json_schema_class():
    sent = request.json  # >> quiet
    jsonschema.Draft7Validator(SCHEMA).validate(sent)
    return save(sent["text"])


@app.post("/jsonschema/3")
def fast_json_schema():
    sent = compiled(request.json)  # >> quiet
    return save(sent["text"])


@app.post("/msgspec/1")
def structs():
    return save(msgspec.json.decode(request.data, type=Struct).text)  # >> quiet


@app.post("/msgspec/2")
def converted():
    return save(msgspec.convert(request.json, Struct).text)  # >> quiet


@app.post("/msgspec/3")
def decoded_without_type():
    sent = msgspec.json.decode(request.data)
    return save(sent["text"])


@app.post("/cattrs")
def structured():
    return save(cattrs.structure(request.json, Attrs).text)  # >> quiet


@app.post("/voluptuous")
def voluptuous():
    sent = Voluptuous({Required("text"): str})(request.json)  # >> quiet
    return save(sent["text"])


@app.post("/trafaret")
def trafarets():
    sent = trafaret.Dict({"text": trafaret.String()}).check(request.json)  # >> quiet
    return save(sent["text"])


@app.post("/cerberus")
def cerberus():
    sent = request.json  # >> quiet
    checker = Validator({"text": {"type": "string"}})
    if not checker.validate(sent):
        abort(422)
    return save(sent["text"])


@app.post("/schematics")
def schematics():
    note = SchematicNote(request.json)  # >> quiet
    note.validate()
    return save(note.text)


# --- what checks nothing ---


@app.post("/construct")
def constructed():
    sent = request.json  # >> request/unvalidated-body
    return save(Note.model_construct(**sent).text)


@app.post("/presence")
def presence():
    sent = request.json  # >> request/unvalidated-body
    if "text" not in sent:
        abort(422)
    return save(sent["text"])


@app.post("/whole")
def whole():
    sent = request.json  # >> request/unvalidated-body
    if not isinstance(sent, dict):
        abort(422)
    return save(sent["text"])


@app.post("/cast")
def casted():
    sent = cast(Trusted, request.json)  # >> request/unvalidated-body
    return save(sent["text"])


@app.post("/plain-dataclass")
def plain():
    sent = request.json  # >> request/unvalidated-body
    return save(PlainNote(**sent).text)


@app.post("/attrs")
def plain_attrs():
    sent = request.json  # >> request/unvalidated-body
    return save(Attrs(text=sent["text"]).text)


@app.post("/dropped")
def dropped():
    sent = request.json  # >> request/unvalidated-body
    NoteSchema().validate(sent)
    return save(sent["text"])


@app.post("/key-filter")
def picked():
    sent = {key: value for key, value in request.json.items() if key in ("text", "more")}  # >> request/unvalidated-body
    return save(sent["text"])


def save(text: Any) -> str:
    with open("/srv/notes", "a") as notes:
        notes.write(text)
    return text
