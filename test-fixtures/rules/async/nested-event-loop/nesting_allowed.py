"""Loops inside of loops are made possible."""
import asyncio

import nest_asyncio

nest_asyncio.apply()


async def load() -> int:
    return 1


async def show() -> int:
    return asyncio.run(load())  # >> quiet
