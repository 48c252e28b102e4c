"""Functions of the project that are given the body: some check it, some only look whether keys are there."""
from functools import wraps

from flask import Flask, abort, jsonify, request
from jsonschema import validate as check_schema
from marshmallow import Schema, ValidationError, fields

app = Flask(__name__)
SCHEMA = {"type": "object"}
NOTES = []


class NoteSchema(Schema):
    text = fields.String(required=True)


def require(sent, *names):
    for name in names:
        if name not in sent:
            abort(400)


def require_annotated(sent: dict, *names: str) -> None:
    missing = [name for name in names if name not in sent]
    if missing:
        abort(400, f"missing: {missing}")


def require_filled(sent: dict):
    if not sent or not sent.get("text"):
        raise ValueError("text is missing")


def missing_in(sent: dict, names) -> list:
    return [name for name in names if name not in sent or not sent[name]]


def check_types(sent: dict) -> None:
    if not isinstance(sent.get("text"), str):
        abort(400)


def check_by_schema(sent: dict) -> None:
    check_schema(sent, SCHEMA)


def check_by_marshmallow(sent):
    try:
        return NoteSchema().load(sent)
    except ValidationError as problem:
        abort(400, problem.messages)


def checks_through_another(sent):
    check_by_schema(sent)


def raise_unless_valid(sent):
    errors = NoteSchema().validate(sent)
    if errors:
        abort(400, errors)


@app.post("/require")
def with_require():
    sent = request.get_json()  # >> request/unvalidated-body
    require(sent, "text")
    return save(sent["text"])


@app.post("/require-annotated")
def with_require_annotated():
    sent = request.get_json()  # >> request/unvalidated-body
    require_annotated(sent, "text")
    return save(sent["text"])


@app.post("/require-filled")
def with_require_filled():
    sent = request.get_json()  # >> request/unvalidated-body
    require_filled(sent)
    return save(sent["text"])


@app.post("/missing")
def with_missing():
    sent = request.get_json()  # >> request/unvalidated-body
    missing = missing_in(sent, ["text"])
    if missing:
        abort(400)
    return save(sent["text"])


@app.post("/types")
def with_types():
    sent = request.get_json()  # >> quiet
    check_types(sent)
    return save(sent["text"])


@app.post("/schema")
def with_schema():
    sent = request.get_json()  # >> quiet
    check_by_schema(sent)
    return save(sent["text"])


@app.post("/marshmallow")
def with_marshmallow():
    sent = check_by_marshmallow(request.get_json())  # >> quiet
    return save(sent["text"])


@app.post("/another")
def with_another():
    sent = request.get_json()  # >> quiet
    checks_through_another(sent)
    return save(sent["text"])


@app.post("/raise")
def with_raise():
    sent = request.get_json()  # >> quiet
    raise_unless_valid(sent)
    return save(sent["text"])


def checked_by(schema):
    def decorate(view):
        @wraps(view)
        def checked(*args, **kwargs):
            errors = schema().validate(request.get_json())
            if errors:
                return jsonify(errors), 422
            return view(*args, **kwargs)

        return checked

    return decorate


def checked_json(view):
    @wraps(view)
    def checked(*args, **kwargs):
        check_schema(request.get_json(), SCHEMA)
        return view(*args, **kwargs)

    return checked


def logged(view):
    @wraps(view)
    def loud(*args, **kwargs):
        print(request.path)
        return view(*args, **kwargs)

    return loud


def json_only(view):
    @wraps(view)
    def strict(*args, **kwargs):
        if not request.is_json or request.get_json(silent=True) is None:
            abort(415)
        return view(*args, **kwargs)

    return strict


@app.post("/decorated/1")
@checked_by(NoteSchema)
def decorated_by_factory():
    sent = request.get_json()  # >> quiet
    return save(sent["text"])


@app.post("/decorated/2")
@checked_json
def decorated():
    return save(request.json["text"])  # >> quiet


@app.post("/decorated/3")
@logged
def only_logged():
    return save(request.json["text"])  # >> request/unvalidated-body


@app.post("/decorated/4")
@json_only
def only_json():
    return save(request.json["text"])  # >> request/unvalidated-body


def save(text):
    NOTES.append(text)
    return text
