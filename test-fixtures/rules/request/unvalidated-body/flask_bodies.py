"""Flask: what `request` holds was typed by a stranger."""
from flask import Blueprint, Flask, jsonify, request
from flask.views import MethodView
from marshmallow import Schema, fields
from pydantic import BaseModel

app = Flask(__name__)
users = Blueprint("users", __name__)


class User:
    def __init__(self, mail: str, admin: bool = False) -> None:
        self.mail = mail
        self.admin = admin


class UserIn(BaseModel):
    mail: str


class UserSchema(Schema):
    mail = fields.Email(required=True)


@app.route("/users", methods=["POST"])
def create():
    data = request.get_json()  # >> request/unvalidated-body @`request.get_json()`
    return jsonify(User(data["mail"]).mail)


@users.post("/bulk")
def bulk():
    made = [User(**row) for row in request.json]  # >> request/unvalidated-body @`request.json`
    return str(len(made))


@users.route("/form", methods=["POST"])
def form():
    mail = request.form["mail"]  # >> request/unvalidated-body @`request.form`
    return User(mail).mail


@users.put("/<int:key>")
def replace(key):
    sent = request.get_json(force=True)  # >> request/unvalidated-body @`request.get_json(force=True)`
    user = User("a@example.com")
    user.mail = sent["mail"]
    return user.mail


class UserView(MethodView):
    def post(self):
        sent = request.get_json()  # >> request/unvalidated-body @`request.get_json()`
        return sent["mail"]


def body():
    return request.get_json(force=True)


@users.post("/through-a-helper")
def through_a_helper():
    sent = body()  # >> request/unvalidated-body @`body()`
    return sent["mail"]


@app.post("/pydantic")
def checked_by_model():
    return UserIn.model_validate(request.get_json()).mail  # >> quiet


@app.post("/unpacked")
def checked_by_unpacking():
    return UserIn(**request.json).mail  # >> quiet


@app.post("/marshmallow")
def checked_by_schema():
    sent = request.get_json()  # >> quiet
    return UserSchema().load(sent)["mail"]


@app.post("/json-type")
def only_looks_at_headers():
    if request.is_json:  # >> quiet
        return request.args.get("page", 1, type=int)  # >> quiet
    return request.headers["x-request-id"]  # >> quiet


@app.post("/shape")
def asks_for_its_shape():
    sent = request.get_json()  # >> request/unvalidated-body
    if not isinstance(sent, dict):
        return "", 400
    return sent["mail"]


def declared_body() -> dict:
    sent = request.get_json(force=True)
    if not isinstance(sent, dict):
        raise TypeError("no object")
    return sent


@users.post("/through-a-declared-helper")
def through_a_declared_helper():
    sent = declared_body()  # >> request/unvalidated-body @`declared_body()`
    return sent["mail"]


def user_of(sent) -> dict:
    return {"mail": UserIn.model_validate(sent).mail}


@users.post("/through-a-checking-helper")
def through_a_checking_helper():
    return user_of(request.get_json())["mail"]  # >> quiet
