"""Keys that the code asks for are asked of the model."""
from fastapi import Body, FastAPI
from pydantic import BaseModel, Field
from typing import Any

app = FastAPI()


class Other(BaseModel):
    date: str


class ChangeBody(BaseModel):
    name: Any = None
    date_: str | None = Field(default=None, alias="date")


@app.patch("/users")
async def change(payload: ChangeBody = Body(...)) -> dict:
    if "name" not in payload.model_fields_set:
        return {"date": payload.date_.strip()}
    return {"name": payload.name}
