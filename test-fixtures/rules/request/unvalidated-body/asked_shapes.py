"""Texts and lists out of a form that are only asked about, whatever their shape; the same of JSON, which may be anything."""
import re
from string import Template

from flask import Flask, abort, redirect, request, url_for
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)
COMMAND = Template("open $path")


class Item(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)

    def take(self, data):
        for field in ["name"]:
            if field in data:
                setattr(self, field, data[field])


def is_safe_url(url, host):
    return url.startswith("/")


@app.post("/some")
def some():
    ids = request.form.getlist("id")  # >> quiet
    return names_of(db.session.query(Item).filter(Item.id.in_(ids)))


@app.post("/some-at-once")
def some_at_once():
    return names_of(db.session.query(Item).filter(Item.id.in_(request.form.getlist("id"))))  # >> quiet


@app.post("/some-json")
def some_json():
    ids = request.get_json().get("ids")  # >> request/unvalidated-body
    return names_of(db.session.query(Item).filter(Item.id.in_(ids)))


@app.post("/each")
def each():
    sent = request.get_json()  # >> quiet
    ids = sent.get("ids", [])
    if not isinstance(ids, list) or not ids:
        abort(400)
    if any(not isinstance(key, int) for key in ids):
        abort(400)
    return save(ids)


@app.post("/each-unasked")
def each_unasked():
    sent = request.get_json()  # >> request/unvalidated-body
    ids = sent.get("ids", [])
    if not isinstance(ids, list):
        abort(400)
    return save(ids)


@app.post("/number")
def number():
    sent = request.get_json()  # >> quiet
    size = sent.get("size")
    if not isinstance(size, (int, float)):
        abort(400)
    return save(size)


@app.post("/on")
def on():
    streams = request.form.get("stream", "no").lower() == "yes"  # >> quiet
    return save(streams)


@app.post("/on-json")
def on_json():
    streams = request.get_json().get("stream", "no").lower() == "yes"  # >> request/unvalidated-body
    return save(streams)


@app.post("/confirmed/<int:key>")
def confirmed(key):
    item = db.session.get(Item, key)
    word = request.form.get("confirm", "")  # >> quiet
    if word.strip() != item.name:
        abort(400)
    return save(item)


@app.post("/back")
def back():
    target = request.form.get("next")  # >> quiet
    if not target or not is_safe_url(url=target, host=request.host):
        target = url_for("home")
    return redirect(target)


@app.post("/back-anywhere")
def back_anywhere():
    target = request.form.get("next")  # >> request/unvalidated-body
    if not target:
        target = url_for("home")
    return redirect(target)


@app.post("/conversation")
def conversation():
    found = re.match(r"https://chat/(\d+)", request.form.get("url", ""))  # >> quiet
    if not found:
        abort(400)
    return save(found.group(1))


@app.get("/")
def home():
    return "home"


def names_of(items):
    return {"names": [item.name for item in items]}


@app.get("/search")
def search():
    word = request.values.get("word")  # >> quiet
    return save(word)


@app.post("/rename")
def rename():
    word = request.values.get("word")  # >> request/unvalidated-body
    return save(word)


@app.route("/either", methods=["GET", "POST"])
def either():
    word = request.values.get("word")  # >> quiet
    return save(word)


@app.post("/renamed")
def renamed():
    fields = {key.replace("-", "_"): value for key, value in request.form.items()}  # >> quiet
    return checked_elsewhere(fields)


@app.post("/renamed-and-read")
def renamed_and_read():
    fields = {key.replace("-", "_"): value for key, value in request.form.items()}  # >> request/unvalidated-body
    return save(fields["name"])


@app.post("/chosen")
def chosen():
    versions = request.form.getlist("version")  # >> quiet
    try:
        releases = releases_of(versions)
    except ValueError:
        abort(400)
    return names_of(releases)


@app.post("/chosen-whatever-happens")
def chosen_whatever_happens():
    versions = request.form.getlist("version")  # >> request/unvalidated-body
    try:
        releases = releases_of(versions)
    except ConnectionError:
        abort(503)
    return names_of(releases)


@app.post("/filled-in")
def filled_in():
    sent = request.get_json()  # >> request/unvalidated-body
    try:
        command = COMMAND.substitute(path=sent["path"])
    except (KeyError, ValueError):
        abort(400)
    return save(command)


@app.post("/taken/<int:key>")
def taken(key):
    item = db.get_or_404(Item, key)
    data = request.get_json()  # >> request/unvalidated-body
    item.take(data)
    return save(item)


@app.delete("/named")
def named():
    key = request.get_json()  # >> quiet
    key = key.get("key")
    return names_of([item for item in Item.query.all() if item.id == key])


def releases_of(versions):
    return [Item.query.filter_by(name=version).one() for version in versions]
