"""Flask: the fix checks what was read; forms, and data that is used in other ways, get none."""
from flask import Flask, abort, request
from pydantic import BaseModel, ValidationError
from typing import Any

app = Flask(__name__)


class Other(BaseModel):
    name: str


class CreateBody(BaseModel):
    mail: Any
    age: int = 0
    nick: Any = None


@app.post("/users")
def create():
    try:
        sent = CreateBody.model_validate(request.get_json())
    except ValidationError as error:
        abort(400, str(error))
    return {"mail": sent.mail, "age": int(sent.age), "nick": sent.nick}
