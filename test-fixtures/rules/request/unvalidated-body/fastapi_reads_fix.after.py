"""FastAPI: a typed parameter instead of the request, where nothing but the body is taken of it."""
from fastapi import Depends, FastAPI, HTTPException, Request
from pydantic import BaseModel, ConfigDict, ValidationError
from typing import Any

app = FastAPI()


class Item(BaseModel):
    name: str


class CreateBody(BaseModel):
    model_config = ConfigDict(protected_namespaces=())

    note: Any = None
    name: Any
    model_name: Any = None


@app.post("/orders")
async def create(body: CreateBody, dry: bool = False, user=Depends(dict)):
    """Takes an order."""
    if "note" in body.model_fields_set:
        print(body.note)
    return {"name": body.name, "model": body.model_name, "dry": dry}


class ChangeBody(BaseModel):
    name: Any


@app.post("/orders/changed")
async def change(request: Request, body: ChangeBody):
    data = body.model_dump(exclude_unset=True)  # as it came
    data["by"] = request.client.host
    return {"by": data["by"], "name": data["name"]}


class RequestForm(BaseModel):
    mail: str
    age: str = "0"


@app.api_route("/orders/form", methods=["GET", "POST"])
async def form(request: Request):
    if request.method == "POST":
        try:
            sent = RequestForm.model_validate(dict(await request.form()))
        except ValidationError as error:
            raise HTTPException(status_code=422, detail=str(error)) from error
        return {"mail": sent.mail, "age": int(sent.age)}
    return {}


class TwoBodiesBody(BaseModel):
    size: Any


@app.post("/orders/{key}")
async def two_bodies(key: int, item: Item, request: Request):
    try:
        data = TwoBodiesBody.model_validate(await request.json())
    except ValidationError as error:
        raise HTTPException(status_code=422, detail=str(error)) from error
    return {"key": key, "item": item, "size": data.size}
