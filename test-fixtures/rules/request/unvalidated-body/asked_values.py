"""Values that are only asked about, found something with, verified, or turned away unless they are what they should be."""
from functools import wraps
from uuid import UUID
from zoneinfo import available_timezones

from flask import Flask, abort, jsonify, redirect, request
from flask_login import login_user
from flask_sqlalchemy import SQLAlchemy
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
db = SQLAlchemy(app)
zones = sorted(available_timezones())


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)
    password = db.Column(db.String)


def requires(*names):
    def decorate(view):
        @wraps(view)
        def checked(*args, **kwargs):
            missing = [name for name in names if name not in (request.get_json() or {})]
            return (jsonify(missing=missing), 400) if missing else view(*args, **kwargs)

        return checked

    return decorate


@app.post("/only")
def only():
    sent = request.get_json()  # >> quiet
    kind = sent.get("kind")
    if kind != "only":
        abort(400)
    return save(kind)


@app.post("/only-in-passing")
def only_in_passing():
    sent = request.get_json()  # >> request/unvalidated-body
    kind = sent.get("kind")
    if kind != "only":
        print("another kind")
    return save(kind)


@app.post("/zone")
def zone():
    name = request.form.get("zone")  # >> quiet
    if name not in zones:
        return "unknown", 400
    return save(name)


@app.post("/zone-replaced")
def zone_replaced():
    name = request.form.get("zone")  # >> request/unvalidated-body
    if name not in zones:
        return "unknown", 400
    name = request.form.get("other")
    return save(name)


@app.post("/login")
def login():
    user = User.query.filter_by(name=request.form["name"]).first()  # >> quiet
    if user is None or not check_password_hash(user.password, request.form["password"]):  # >> quiet
        return abort(401)
    login_user(user)
    return user.name


@app.post("/login-by-names")
def login_by_names():
    name = request.form.get("name", "").strip()  # >> quiet
    password = request.form["password"]  # >> quiet
    user = User.query.filter_by(name=name).first()
    if user is None or not check_password_hash(user.password, password):
        return abort(401)
    return user.name


@app.post("/change")
def change():
    password = request.form.get("password", "")  # >> request/unvalidated-body
    user = User.query.filter_by(name=request.form.get("name")).first_or_404()
    if check_password_hash(user.password, password):
        return abort(409)
    user.password = generate_password_hash(password)
    db.session.commit()
    return user.name


@app.post("/json-login")
def json_login():
    sent = request.get_json()  # >> request/unvalidated-body
    user = User.query.filter_by(name=sent["name"]).first_or_404()
    return user.name


@app.post("/captcha")
def captcha():
    if request.is_json:
        answer = request.json.get("captcha", "")  # >> quiet
    else:
        answer = request.form.get("captcha", "")  # >> quiet
    if not is_valid_captcha(answer):
        return abort(400)
    return "thanks"


@app.post("/load")
def load():
    loaders = {"csv": len, "json": str}
    kind = request.form["kind"]  # >> quiet
    return str(loaders[kind]("x"))


@app.post("/fetched")
def fetched():
    sent = request.get_json()  # >> request/unvalidated-body
    return save(http().get(url=sent.get("url")))


@app.put("/typed")
def typed():
    sent = request.get_json()  # >> quiet
    if not sent or "text" not in sent:
        return "text is missing", 400
    if not isinstance(sent["text"], str):
        return "text is no text", 400
    return save(sent["text"])


@app.put("/half-typed")
def half_typed():
    sent = request.get_json()  # >> request/unvalidated-body
    if not isinstance(sent.get("text"), str):
        return "text is no text", 400
    return save(sent["text"] + sent["more"])


@app.put("/typed-as-dict")
def typed_as_dict():
    sent = request.get_json()  # >> request/unvalidated-body
    if not isinstance(sent.get("text"), dict):
        return "text is no dict", 400
    return save(sent["text"]["inner"])


@app.put("/promised")
@requires("status")
def promised():
    sent = request.get_json()  # >> quiet
    status = sent["status"]
    if not isinstance(status, bool):
        return "status is no bool", 400
    return save(status)


@app.put("/promised-only")
@requires("status")
def promised_only():
    sent = request.get_json()  # >> request/unvalidated-body
    return save(sent["status"])


@app.post("/next")
def next_page():
    return redirect(get_safe_url(request.form.get("next")))  # >> quiet


def get_safe_url(url):
    return url if url and url.startswith("/") and not url.startswith("//") else "/"


def is_valid_captcha(answer):
    return answer == "42"


def save(text):
    with open("/srv/notes", "a") as notes:
        notes.write(str(text))
    return str(text)
