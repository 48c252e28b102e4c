# Copyright

import abc
import array
import asyncio
from collections.abc import (  # a comment (with brackets
    Iterable,
    Mapping,
)
from requests import get

CONSTANT = 1
import this


async def load(url: str) -> tuple:
    return (await asyncio.to_thread(get, url)).content, abc, array, Iterable, Mapping, this
