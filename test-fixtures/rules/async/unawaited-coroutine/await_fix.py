"""`await` in every position."""
from dataclasses import dataclass


@dataclass
class User:
    name: str
    tags: list[str]


async def find(key: str) -> User:
    return User(key, [])


async def is_known(key: str) -> bool:
    return bool(key)


async def use(keys: list[str]) -> str:
    is_known("a")  # >> async/unawaited-coroutine
    name = find("a").name  # >> async/unawaited-coroutine
    tag = find("a").tags[0].strip()  # >> async/unawaited-coroutine
    if not is_known("a") or is_known("b") and keys:  # >> async/unawaited-coroutine # >> async/unawaited-coroutine
        return f"{find(name)}"  # >> async/unawaited-coroutine
    user = find(tag)  # >> async/unawaited-coroutine "used as"
    known = [key for key in keys if is_known(key)]  # >> async/unawaited-coroutine
    return user.name + str(known)
