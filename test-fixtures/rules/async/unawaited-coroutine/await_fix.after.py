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
    await is_known("a")
    name = (await find("a")).name
    tag = (await find("a")).tags[0].strip()
    if not await is_known("a") or await is_known("b") and keys:
        return f"{await find(name)}"
    user = await find(tag)
    known = [key for key in keys if await is_known(key)]
    return user.name + str(known)
