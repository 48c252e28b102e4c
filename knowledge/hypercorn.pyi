"""Hypercorn. Stated as documented for 0.17."""
from verbs import module

with module("hypercorn.config"):
    class Config:
        bind: list[str]
with module("hypercorn.asyncio"):
    async def serve(app, config, *, shutdown_trigger=..., mode=...) -> None: ...
