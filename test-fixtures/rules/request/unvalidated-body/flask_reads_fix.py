"""Flask: values that are read where they stand are checked once, before the first of them; in methods, too."""
from __future__ import annotations

from typing import Optional

from flask import Flask, request
from flask_restful import Resource
from pydantic import BaseModel

app = Flask(__name__)


class GroupPostBody(BaseModel):
    name: Optional[str] = None


class GroupResource(Resource):
    def post(self, group_id):
        group = self.find(group_id)
        name = request.json["name"]  # >> request/unvalidated-body
        if name.startswith("_"):
            return {"message": "invalid name"}, 400
        return group.save(
            name,
            request.json.get("class"),
            request.json.get("list", []),
            request.json["user-id"],
        )


@app.post("/settings")
def settings():
    data = request.get_json()  # >> request/unvalidated-body
    if not data or "mail" not in data:
        return {"error": "nothing sent"}, 400
    data.pop("token", None)
    return {"mail": data["mail"].lower(), "nick": data.get("nick", request.remote_addr), "rank": data["rank"]}


@app.post("/profile")
def profile():
    try:
        sent = request.get_json()  # >> request/unvalidated-body
        return {"mail": sent["mail"], "height": sent.get("height", 1.8)}
    except Exception:
        app.logger.exception("no profile")
        return {"error": "no profile"}, 400


@app.post("/contact")
def contact():
    mail = request.form["mail"]  # >> request/unvalidated-body
    return {"mail": mail, "text": request.form.get("text", "")}
