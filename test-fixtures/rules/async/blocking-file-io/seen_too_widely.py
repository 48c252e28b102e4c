"""Files that are none, or have data already: known errors."""
import io
import os
import zipfile

import anyio


def read_meta(source) -> bytes:
    with zipfile.ZipFile(source) as archive:
        return archive.read("meta.yaml")


async def upload(content: bytes, path: str) -> None:
    read_meta(io.BytesIO(content))  # >> wrong async/blocking-file-io: what is handed to a helper is in memory here
    read_meta(path)  # >> async/blocking-file-io @`read_meta` "the disk"


async def drain(fd: int) -> bytes:
    await anyio.wait_readable(fd)
    return os.read(fd, 4096)  # >> wrong async/blocking-file-io: the descriptor was waited for and has data
