"""Imported where it is needed."""


async def load(url: str) -> bytes:
    from requests import get

    return get(url).content  # >> async/blocking-call @`get`
