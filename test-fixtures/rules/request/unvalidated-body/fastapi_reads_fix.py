"""FastAPI: a typed parameter instead of the request, where nothing but the body is taken of it."""
from fastapi import Depends, FastAPI, Request
from pydantic import BaseModel

app = FastAPI()


class Item(BaseModel):
    name: str


@app.post("/orders")
async def create(request: Request, dry: bool = False, user=Depends(dict)):
    """Takes an order."""
    body = await request.json()  # >> request/unvalidated-body
    if "note" in body:
        print(body["note"])
    return {"name": body["name"], "model": body.get("model_name"), "dry": dry}


@app.post("/orders/changed")
async def change(request: Request):
    data = await request.json()  # as it came  # >> request/unvalidated-body
    data["by"] = request.client.host
    return {"by": data["by"], "name": data["name"]}


@app.api_route("/orders/form", methods=["GET", "POST"])
async def form(request: Request):
    if request.method == "POST":
        sent = await request.form()  # >> request/unvalidated-body
        return {"mail": sent["mail"], "age": int(sent.get("age", "0"))}
    return {}


@app.post("/orders/{key}")
async def two_bodies(key: int, item: Item, request: Request):
    data = await request.json()  # >> request/unvalidated-body
    return {"key": key, "item": item, "size": data["size"]}
