"""Computing holds the loop like waiting does."""
import asyncio
import hashlib

import bcrypt
import pandas
from PIL import Image


class Account:
    def __init__(self, stored: bytes) -> None:
        self.stored = stored

    def verify(self, password: str) -> bool:
        return bcrypt.checkpw(password.encode(), self.stored)


async def hashes(password: bytes) -> None:
    bcrypt.hashpw(password, bcrypt.gensalt())  # >> async/cpu-bound-call @`bcrypt.hashpw` "password hashing"
    hashlib.pbkdf2_hmac("sha256", password, b"salt", 600_000)  # >> async/cpu-bound-call "password hashing"
    hashlib.sha256(password).hexdigest()  # >> quiet
    await asyncio.to_thread(bcrypt.checkpw, password, b"")  # >> quiet


async def behind_a_method(account: Account) -> bool:
    return account.verify("secret")  # >> async/cpu-bound-call @`account.verify` "(`bcrypt.checkpw`, 1 call down)" via `bcrypt.checkpw`


async def waits_as_well(connection) -> None:
    pandas.read_sql("select 1", connection)  # >> async/blocking-call "a database reply"


async def draws(image: Image.Image) -> None:
    image.resize((10, 10))  # >> async/cpu-bound-call "image work"
    image.width  # >> quiet


def in_a_script(password: bytes) -> bytes:
    return bcrypt.hashpw(password, bcrypt.gensalt())  # >> quiet
