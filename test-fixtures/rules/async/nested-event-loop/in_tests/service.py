import asyncio


async def load() -> int:
    return 1


def load_now() -> int:
    return asyncio.run(load())


async def show() -> int:
    return load_now()  # >> async/nested-event-loop @`load_now`
