"""What is one call goes to a thread; an opened file stays, because its reads would wait all the same."""
import asyncio
from pathlib import Path


async def copy(source: Path, target: Path) -> None:
    await asyncio.to_thread(target.write_text, await asyncio.to_thread(source.read_text), encoding="utf-8")
