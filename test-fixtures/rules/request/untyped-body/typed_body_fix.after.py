"""The fix writes a schema of the keys the code reads."""
from fastapi import FastAPI
from typing import Any
from pydantic import BaseModel

app = FastAPI()


class CreateBody(BaseModel):
    name: Any
    age: int


@app.post("/users")
async def create(payload: CreateBody) -> dict:
    name = payload.name
    return {"name": name, "age": int(payload.age)}


class ChangeBody(BaseModel):
    size: int = 10
    unit: str = "m"
    open: bool = False


@app.put("/users/{key}")
async def change(key: int, payload: ChangeBody) -> dict:
    return {"key": key, "size": payload.size, "unit": payload.unit, "open": payload.open}
