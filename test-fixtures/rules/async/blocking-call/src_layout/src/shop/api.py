import asyncio

from shop.stock import Warehouse, warehouse
from shop.stock import reserve as hold


async def order(item: str) -> None:
    hold(item)  # >> async/blocking-call @`hold` "another process" via `subprocess.run`
    warehouse.reserve(item)  # >> async/blocking-call @`warehouse.reserve` "another process" via `subprocess.run`
    await asyncio.to_thread(hold, item)  # >> quiet


async def inspect(other: Warehouse) -> None:
    other.reserve("crate")  # >> async/blocking-call @`other.reserve` "another process" via `subprocess.run`
    other.count  # >> quiet
