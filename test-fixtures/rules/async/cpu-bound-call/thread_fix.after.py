"""A computation goes to a thread, with what it is given."""
import asyncio
import bcrypt


def is_right(password: str, *, stored: bytes) -> bool:
    return bcrypt.checkpw(password.encode(), stored)


async def login(password: str, stored: bytes) -> bool:
    if not await asyncio.to_thread(is_right, password, stored=stored):
        return False
    return bool(await asyncio.to_thread(bcrypt.kdf,
        password.encode(),
        stored,
        32,
        100,
    ))
