"""Flask: values that are read where they stand are checked once, before the first of them; in methods, too."""
from __future__ import annotations

from typing import Any, Optional

from flask import Flask, abort, request
from flask_restful import Resource
from pydantic import BaseModel, Field, ValidationError

app = Flask(__name__)


class GroupPostBody(BaseModel):
    name: Optional[str] = None


class GroupPostBody2(BaseModel):
    name: str
    class_: Any = Field(default=None, alias="class")
    list_: list = Field(default=[], alias="list")
    user_id: Any = Field(alias="user-id")


class GroupResource(Resource):
    def post(self, group_id):
        group = self.find(group_id)
        try:
            data = GroupPostBody2.model_validate(request.json)
        except ValidationError as error:
            abort(400, str(error))
        name = data.name
        if name.startswith("_"):
            return {"message": "invalid name"}, 400
        return group.save(
            name,
            data.class_,
            data.list_,
            data.user_id,
        )


class SettingsBody(BaseModel):
    mail: Optional[str] = None
    token: Any = None
    nick: Any = None
    rank: Any


@app.post("/settings")
def settings():
    try:
        data = SettingsBody.model_validate(request.get_json()).model_dump(exclude_unset=True)
    except ValidationError as error:
        abort(400, str(error))
    if not data or "mail" not in data:
        return {"error": "nothing sent"}, 400
    data.pop("token", None)
    return {"mail": data["mail"].lower(), "nick": data.get("nick", request.remote_addr), "rank": data["rank"]}


class ProfileBody(BaseModel):
    mail: Any
    height: float = 1.8


@app.post("/profile")
def profile():
    try:
        sent = ProfileBody.model_validate(request.get_json())
        return {"mail": sent.mail, "height": sent.height}
    except Exception:
        app.logger.exception("no profile")
        return {"error": "no profile"}, 400


class ContactForm(BaseModel):
    mail: str
    text: str = ""


@app.post("/contact")
def contact():
    try:
        form = ContactForm.model_validate(request.form.to_dict())
    except ValidationError as error:
        abort(400, str(error))
    mail = form.mail
    return {"mail": mail, "text": form.text}
