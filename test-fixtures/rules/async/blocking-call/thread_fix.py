"""What has no twin is handed to a thread, with its arguments."""
import asyncio
from pathlib import Path

import requests


def settle(invoice: int, *, retries: int = 3) -> bool:
    return requests.post(f"https://pay.example/{invoice}", timeout=retries).ok


async def pay(invoice: int, where: Path) -> bool:
    await asyncio.sleep(0)
    where.write_text("paid")  # >> async/blocking-file-io @`where.write_text` "the disk"
    return settle(invoice, retries=5)  # >> async/blocking-call @`settle` "a network reply" via `requests.post`
