"""What has no twin is handed to a thread, with its arguments."""
import asyncio
from pathlib import Path

import requests


def settle(invoice: int, *, retries: int = 3) -> bool:
    return requests.post(f"https://pay.example/{invoice}", timeout=retries).ok


async def pay(invoice: int, where: Path) -> bool:
    await asyncio.sleep(0)
    where.write_text("paid")
    return await asyncio.to_thread(settle, invoice, retries=5)
