"""Reading, writing and copying files; asking about them only takes a moment."""
import asyncio
import os
import shutil
from pathlib import Path

import requests


def save(folder: Path, content: bytes) -> None:
    (folder / "latest").write_bytes(content)


def mirror(url: str, folder: Path) -> None:
    save(folder, requests.get(url).content)


async def upload(folder: Path, content: bytes) -> None:
    save(folder, content)  # >> async/blocking-file-io @`save` "waits for the disk (`Path.write_bytes`, 1 call down)" via `write_bytes`
    shutil.copyfile(folder / "latest", folder / "older")  # >> async/blocking-file-io @`shutil.copyfile` "the disk"
    await asyncio.to_thread(save, folder, content)  # >> quiet


async def weightier(url: str, folder: Path) -> None:
    mirror(url, folder)  # >> async/blocking-call @`mirror` "a network reply"


async def metadata(path: Path) -> None:
    os.path.exists(path)  # >> quiet
    path.exists()  # >> quiet
    path.mkdir(parents=True, exist_ok=True)  # >> quiet
    os.listdir(path)  # >> quiet


def in_a_script(path: Path) -> str:
    return path.read_text()  # >> quiet
