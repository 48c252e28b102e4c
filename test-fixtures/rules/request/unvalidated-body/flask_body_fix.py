"""Flask: the fix checks what was read; forms, and data that is used in other ways, get none."""
from flask import Flask, request
from pydantic import BaseModel

app = Flask(__name__)


class Other(BaseModel):
    name: str


@app.post("/users")
def create():
    sent = request.get_json()  # >> request/unvalidated-body
    return {"mail": sent["mail"], "age": int(sent.get("age", 0)), "nick": sent.get("nick")}
