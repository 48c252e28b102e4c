"""The fix writes a schema of the keys the code reads."""
from fastapi import FastAPI

app = FastAPI()


@app.post("/users")
async def create(payload: dict) -> dict:  # >> request/unvalidated-body
    name = payload["name"]
    return {"name": name, "age": int(payload["age"])}
