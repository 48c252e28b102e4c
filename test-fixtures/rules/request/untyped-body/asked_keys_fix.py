"""Keys that the code asks for are asked of the model."""
from fastapi import Body, FastAPI
from pydantic import BaseModel

app = FastAPI()


class Other(BaseModel):
    date: str


@app.patch("/users")
async def change(payload: dict = Body(...)) -> dict:  # >> request/untyped-body
    if "name" not in payload:
        return {"date": payload["date"].strip()}
    return {"name": payload["name"]}
