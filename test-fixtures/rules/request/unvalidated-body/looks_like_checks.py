"""What looks like a check of a body and is none, and what checks a part of it only."""
from typing import TypedDict, cast

from flasgger import swag_from
from flask import Flask, abort, request
from flask_wtf import FlaskForm
from pydantic import BaseModel
from wtforms import StringField

app = Flask(__name__)
FIELDS = ("text", "size")
NOTES = []


class Note(BaseModel):
    text: str


class Trusted(TypedDict):
    text: str


class NoteForm(FlaskForm):
    text = StringField()


@app.post("/present")
def present():
    sent = request.get_json()  # >> request/unvalidated-body
    if not all(key in sent for key in FIELDS):
        abort(400)
    return save(sent["text"])


@app.post("/present/sets")
def present_in_sets():
    sent = request.get_json()  # >> request/unvalidated-body
    if not {"text", "size"} <= sent.keys():
        abort(400)
    return save(sent["text"])


@app.post("/present/missing")
def present_unless_missing():
    sent = request.get_json()  # >> request/unvalidated-body
    missing = set(FIELDS) - set(sent)
    if missing:
        abort(400)
    return save(sent["text"])


@app.post("/present/caught")
def present_or_error():
    sent = request.get_json()  # >> request/unvalidated-body
    try:
        text = sent["text"]
    except KeyError:
        abort(400)
    return save(text)


@app.post("/filter")
def filtered():
    sent = {key: value for key, value in request.get_json().items() if key in FIELDS}  # >> request/unvalidated-body
    return save(sent["text"])


@app.post("/filter/2")
def filtered_by_names():
    sent = request.get_json()  # >> request/unvalidated-body
    picked = {key: sent[key] for key in FIELDS}
    return save(picked["text"])


@app.post("/documented")
@swag_from("create.yml")
def documented():
    sent = request.get_json()  # >> request/unvalidated-body
    return save(sent["text"])


@app.post("/documented/validated")
@swag_from("create.yml", validation=True)
def documented_and_validated():
    sent = request.get_json()  # >> wrong request/unvalidated-body: what that library's decorator checks is not known
    return save(sent["text"])


@app.post("/typed-dict")
def typed_dict():
    sent: Trusted = request.get_json()  # >> request/unvalidated-body
    return save(sent["text"])


@app.post("/typed-dict/made")
def typed_dict_made():
    sent = Trusted(**request.get_json())  # >> request/unvalidated-body
    return save(sent["text"])


@app.post("/cast")
def casted():
    return save(cast(Trusted, request.get_json())["text"])  # >> request/unvalidated-body


@app.post("/constructed")
def constructed():
    return save(Note.model_construct(**request.get_json()).text)  # >> request/unvalidated-body


@app.post("/around")
def around():
    sent = request.get_json()  # >> request/unvalidated-body "more"
    note = Note(text=sent["text"])
    return save(note.text + sent["more"])


@app.post("/around/part")
def around_part():
    sent = request.get_json()  # >> request/unvalidated-body "more"
    note = Note.model_validate(sent["note"])
    return save(note.text + sent["more"])


@app.post("/part-only")
def part_only():
    sent = request.get_json()  # >> quiet
    return save(Note.model_validate(sent["note"]).text)


@app.post("/copied-in-place")
def copied():
    sent = dict(request.get_json())  # >> request/unvalidated-body
    return save(sent["text"])


@app.post("/annotated-check")
def asserted():
    sent = request.get_json()  # >> request/unvalidated-body
    assert isinstance(sent, dict)
    assert "text" in sent
    return save(sent["text"])


@app.post("/form/checked")
def form_checked():
    form = NoteForm()
    if form.validate_on_submit():
        return save(form.text.data)  # >> quiet
    abort(400)


@app.post("/form/unchecked")
def form_unchecked():
    form = NoteForm()
    return save(form.text.data)  # >> request/unchecked-schema


def save(text):
    NOTES.append(text)
    return text
