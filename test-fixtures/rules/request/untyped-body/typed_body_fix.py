"""The fix writes a schema of the keys the code reads."""
from fastapi import FastAPI

app = FastAPI()


@app.post("/users")
async def create(payload: dict) -> dict:  # >> request/untyped-body
    name = payload["name"]
    return {"name": name, "age": int(payload["age"])}


@app.put("/users/{key}")
async def change(key: int, payload: dict[str, object]) -> dict:  # >> request/untyped-body
    return {"key": key, "size": payload.get("size", 10), "unit": payload.get('unit', "m"), "open": payload.get("open", False)}
