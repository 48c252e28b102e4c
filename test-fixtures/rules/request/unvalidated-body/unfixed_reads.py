"""What is not understood whole, or may not be there at all, gets no schema: nobody would be sure that valid requests get through."""
from fastapi import FastAPI, Request as Asked
from flask import Flask, request
from pydantic import BaseModel

app = Flask(__name__)
api = FastAPI()


class Other(BaseModel):
    name: str


def forwarded(user_id=None):
    # Asking for JSON fails where none was sent, which is nobody's mistake here.
    return {"user": user_id or request.json.get("user_id")}  # >> request/unvalidated-body


@app.post("/photos")
def photos():
    return {"name": request.form.get("photo")}  # >> request/unvalidated-body


@app.post("/either")
def either():
    data = request.get_json(silent=True)  # >> request/unvalidated-body
    if data:
        return {"name": data["name"]}
    return {}


@api.put("/changed")
async def changed(payload: dict) -> dict:  # >> request/untyped-body
    payload["by"] = "me"
    return {"name": payload["name"]}


@api.post("/items")
async def items(asked: Asked):
    data = await asked.json()  # >> request/unvalidated-body
    for key, value in data.items():
        print(key, value)
    return {"name": data["name"]}


@app.post("/checked")
def checked():
    return Other.model_validate(request.get_json()).model_dump()  # >> quiet
