import asyncio

import httpx

from app.settings import CARRIER_URL


async def is_lost(number: str) -> bool:
    async with httpx.AsyncClient(base_url=CARRIER_URL) as client:
        answer = await client.get(f"/lost/{number}")
        return answer.is_success


async def watch(number: str) -> None:
    while not await is_lost(number):
        await asyncio.sleep(60)


def latest(number: str) -> str:
    """Written for the command line, where no event loop runs yet."""
    return "lost" if asyncio.run(is_lost(number)) else "on its way"


if __name__ == "__main__":
    print(latest("4711"))
