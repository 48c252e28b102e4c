"""Computing holds the loop like waiting does; metadata of files does not, for long."""
import asyncio
import hashlib
import os
from pathlib import Path

import bcrypt


async def hashes(password: bytes) -> None:
    bcrypt.hashpw(password, bcrypt.gensalt())  # >> async/blocking-call @`bcrypt.hashpw` "password hashing"
    hashlib.sha256(password).hexdigest()  # >> quiet
    await asyncio.to_thread(bcrypt.checkpw, password, b"")  # >> quiet


async def metadata(path: Path) -> None:
    os.path.exists(path)  # >> quiet
    path.exists()  # >> quiet
    path.mkdir(parents=True, exist_ok=True)  # >> quiet
    os.listdir(path)  # >> quiet
