"""Behind a guard that gives up early, the rest of a helper surely happens for whoever gets there."""
import asyncio


async def load(keys: list[str]) -> dict:
    return {"keys": keys}


def gives_up(keys: list[str]) -> dict:
    if not keys:
        return {"error": "no keys"}
    return asyncio.run(load(keys))


def refuses(keys: list[str]) -> dict:
    if not keys:
        raise ValueError("no keys")
    return asyncio.run(load(keys))


async def handler() -> None:
    gives_up(["a"])  # >> missed async/nested-event-loop: what returns early may have asked whether a loop runs
    refuses(["a"])  # >> async/nested-event-loop @`refuses`
