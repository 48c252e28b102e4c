"""An opening tells the reads and writes of its file; those of other files tell themselves."""
import asyncio
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory


async def reads(path: str) -> list[str]:
    with open(path) as file:  # >> async/blocking-file-io @`open`
        head = file.readline()  # >> quiet
        return [head, *file.readlines()]  # >> quiet


async def walks(path: Path) -> int:
    total = 0
    handle = path.open()  # >> async/blocking-file-io @`path.open`
    for line in handle:  # >> quiet
        total += len(line)
    handle.close()
    return total


async def in_one_breath(path: str) -> str:
    return open(path).read()  # >> async/blocking-file-io @`open`


async def somebody_elses(log: TextIOWrapper, path: str) -> None:
    with open(path) as file:  # >> async/blocking-file-io @`open`
        text = file.read()  # >> quiet
    log.write(text)  # >> async/blocking-file-io @`log.write`


async def opened_elsewhere(path: str) -> str:
    file = await asyncio.to_thread(open, path)
    return file.read()  # >> async/blocking-file-io @`file.read`


async def left_again() -> None:
    with TemporaryDirectory() as folder:  # >> async/blocking-file-io @`TemporaryDirectory`
        print(folder)
