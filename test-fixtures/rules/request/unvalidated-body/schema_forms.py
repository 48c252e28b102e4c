"""More ways to have a body checked by a library, and their near misses."""
from dataclasses import dataclass
from typing import Annotated

import attrs
import cattr
import colander
import dacite
import fastjsonschema
import jsonschema
import marshmallow
import msgspec
import pydantic
import trafaret as t
from apiflask import APIFlask, Schema as ApiSchema
from aws_lambda_powertools.utilities.parser import event_parser, parse
from aws_lambda_powertools.utilities.validation import validate as powertools_validate, validator
from cerberus import Validator
from flask import Flask, abort, request
from flask_pydantic import validate as flask_validate
from marshmallow import Schema, fields
from pydantic import BaseModel, RootModel, TypeAdapter, create_model, validate_arguments
from pydantic.tools import parse_obj_as
from pydantic.v1 import BaseModel as OldModel, parse_obj_as as old_parse_obj_as, validator as old_validator
from typeguard import check_type, typechecked
from webargs.flaskparser import FlaskParser, parser, use_args

app = Flask(__name__)
api = APIFlask(__name__)
SCHEMA = {"type": "object"}
Rows = TypeAdapter(list[int])
Made = create_model("Made", text=(str, ...))
Named = Schema.from_dict({"text": fields.String(required=True)})
own_parser = FlaskParser()
check_compiled = fastjsonschema.compile(SCHEMA)
checker = jsonschema.Draft202012Validator(SCHEMA)
decoder = msgspec.json.Decoder(dict[str, int])
NOTES = []


class Note(BaseModel):
    text: str


class Old(OldModel):
    text: str


class Texts(RootModel[dict[str, str]]):
    pass


class NoteSchema(Schema):
    text = fields.String(required=True)


class ApiNote(ApiSchema):
    text = fields.String(required=True)


@dataclass
class Plain:
    text: str


@pydantic.dataclasses.dataclass
class Checked:
    text: str


@attrs.define
class Strict:
    text: str = attrs.field(validator=attrs.validators.instance_of(str))


class Struct(msgspec.Struct):
    text: str


class ColanderNote(colander.MappingSchema):
    text = colander.SchemaNode(colander.String())


@app.post("/pydantic/raw")
def parse_raw():
    return save(Note.parse_raw(request.data).text)  # >> quiet


@app.post("/pydantic/old")
def old():
    return save(Old.parse_obj(request.json).text)  # >> quiet


@app.post("/pydantic/old-as")
def old_as():
    return save(old_parse_obj_as(Old, request.json).text)  # >> quiet


@app.post("/pydantic/tools")
def tools():
    return save(parse_obj_as(Old, request.json).text)  # >> quiet


@app.post("/pydantic/adapter")
def adapter():
    return str(sum(Rows.validate_json(request.data)))  # >> quiet


@app.post("/pydantic/created")
def created():
    return save(Made(**request.json).text)  # >> quiet


@app.post("/pydantic/created-validate")
def created_validate():
    return save(Made.model_validate(request.json).text)  # >> quiet


@app.post("/pydantic/root")
def root():
    return save(Texts(request.json).root["text"])  # >> quiet


@app.post("/pydantic/dataclass")
def dataclassed():
    return save(Checked(**request.json).text)  # >> quiet


@app.post("/pydantic/dataclass-adapter")
def adapted_dataclass():
    return save(TypeAdapter(Plain).validate_python(request.json).text)  # >> quiet


@validate_arguments
def take(text: str):
    return save(text)


@app.post("/pydantic/arguments")
def arguments():
    return take(**request.json)  # >> quiet


@app.post("/pydantic/flask")
@flask_validate()
def in_flask(body: Note):
    return save(body.text)  # >> quiet


@app.post("/pydantic/dump")
def dumped():
    sent = request.json  # >> quiet
    note = Note(**sent)
    data = note.model_dump()
    return save(data["text"])


@app.post("/marshmallow/from-dict")
def from_dict():
    return save(Named().load(request.json)["text"])  # >> quiet


@app.post("/marshmallow/from-dict/2")
def from_dict_at_once():
    schema = Schema.from_dict({"text": fields.String(required=True)})
    return save(schema().load(request.get_json())["text"])  # >> quiet


@app.post("/marshmallow/loads")
def loads():
    return save(marshmallow.Schema.loads(NoteSchema(), request.data)["text"])  # >> quiet


@app.post("/marshmallow/many")
def many():
    return save(NoteSchema(many=True).load(request.json)[0]["text"])  # >> quiet


@app.post("/marshmallow/validate")
def validate():
    sent = request.json  # >> quiet
    if problems := NoteSchema().validate(sent):
        return problems, 422
    return save(sent["text"])


@app.post("/marshmallow/dump")
def dump():
    sent = request.json  # >> request/unvalidated-body
    return save(NoteSchema().dump(sent)["text"] + sent["more"])


@app.post("/webargs/own")
@own_parser.use_args(NoteSchema(), location="json")
def webargs_own(sent):
    return save(sent["text"])  # >> quiet


@app.post("/webargs/parse")
def webargs_parse():
    return save(parser.parse({"text": fields.String()}, request)["text"])  # >> quiet


@app.post("/webargs/around")
@use_args({"text": fields.String()})
def webargs_around(sent):
    return save(sent["text"] + request.json["more"])  # >> missed request/unvalidated-body: the decorator is taken to have checked all of it


@api.post("/apiflask")
@api.input(ApiNote)
def in_apiflask(json_data):
    return save(json_data["text"])  # >> quiet


@app.post("/jsonschema/module")
def json_schema():
    sent = request.json  # >> quiet
    jsonschema.validate(instance=sent, schema=SCHEMA)
    return save(sent["text"])


@app.post("/jsonschema/errors")
def json_schema_errors():
    sent = request.json  # >> quiet
    errors = sorted(checker.iter_errors(sent), key=str)
    if errors:
        abort(422)
    return save(sent["text"])


@app.post("/jsonschema/is-valid")
def json_schema_is_valid():
    sent = request.json  # >> quiet
    if not checker.is_valid(sent):
        abort(422)
    return save(sent["text"])


@app.post("/jsonschema/dropped")
def json_schema_dropped():
    sent = request.json  # >> request/unvalidated-body
    checker.is_valid(sent)
    return save(sent["text"])


@app.post("/jsonschema/best")
def json_schema_best():
    sent = request.json  # >> quiet
    error = jsonschema.exceptions.best_match(checker.iter_errors(sent))
    if error:
        abort(422)
    return save(sent["text"])


@app.post("/fastjsonschema")
def fast():
    sent = request.json  # >> quiet
    check_compiled(sent)
    return save(sent["text"])


@app.post("/fastjsonschema/module")
def fast_module():
    sent = request.json  # >> quiet
    fastjsonschema.validate(SCHEMA, sent)
    return save(sent["text"])


@app.post("/msgspec/decoder")
def by_decoder():
    return save(decoder.decode(request.data)["text"])  # >> quiet


@app.post("/msgspec/untyped")
def untyped():
    sent = msgspec.json.decode(request.data)  # >> missed request/unvalidated-body: whether it is given a type is not asked
    return save(sent["text"])


@app.post("/msgspec/struct")
def by_struct():
    return save(Struct(**request.json).text)  # >> request/unvalidated-body


@app.post("/attrs/validators")
def by_validators():
    return save(Strict(**request.json).text)  # >> quiet


@app.post("/cattr")
def by_cattr():
    return save(cattr.structure(request.json, Strict).text)  # >> quiet


@app.post("/trafaret")
def by_trafaret():
    return save(t.Dict({"text": t.String()})(request.json)["text"])  # >> quiet


@app.post("/trafaret/guard")
@t.guard(text=t.String())
def by_guard(text):
    return save(text)  # >> quiet


@app.post("/cerberus/validated")
def by_cerberus():
    document = Validator({"text": {"type": "string"}}).validated(request.json)  # >> quiet
    return save(document["text"])


@app.post("/cerberus/normalized")
def by_cerberus_normalized():
    document = Validator({"text": {"type": "string"}}).normalized(request.json)  # >> request/unvalidated-body
    return save(document["text"])


@app.post("/colander")
def by_colander():
    return save(ColanderNote().deserialize(request.json)["text"])  # >> quiet


@app.post("/typeguard")
def by_typeguard():
    sent = check_type(request.json, dict[str, str])  # >> quiet
    return save(sent["text"])


@typechecked
def typed(text: str) -> str:
    return save(text)


@app.post("/typeguard/call")
def by_typechecked():
    return typed(request.json["text"])  # >> quiet


@app.post("/dacite")
def by_dacite():
    return save(dacite.from_dict(data_class=Plain, data=request.json).text)  # >> quiet


@app.post("/plain")
def by_hand():
    return save(Plain(**request.json).text)  # >> request/unvalidated-body


@app.post("/plain/keys")
def by_hand_with_keys():
    sent = request.json  # >> request/unvalidated-body
    return save(Plain(text=sent["text"]).text)


@event_parser(model=Note)
def handler(event: Note, context):
    return save(event.text)  # >> quiet


def handler_by_parse(event, context):
    return save(parse(event=event["body"], model=Note).text)  # >> quiet


@validator(inbound_schema=SCHEMA)
def handler_by_validator(event, context):
    return save(event["body"])  # >> quiet


def handler_by_validate(event, context):
    sent = event["body"]  # >> quiet
    powertools_validate(event=sent, schema=SCHEMA)
    return save(sent)


def save(text):
    NOTES.append(text)
    return text
