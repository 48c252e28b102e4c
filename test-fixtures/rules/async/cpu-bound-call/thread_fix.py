"""A computation goes to a thread, with what it is given."""
import bcrypt


def is_right(password: str, *, stored: bytes) -> bool:
    return bcrypt.checkpw(password.encode(), stored)


async def login(password: str, stored: bytes) -> bool:
    if not is_right(password, stored=stored):  # >> async/cpu-bound-call @`is_right`
        return False
    return bool(bcrypt.kdf(  # >> async/cpu-bound-call @`bcrypt.kdf`
        password.encode(),
        stored,
        32,
        100,
    ))
