import asyncio


async def remember(key):
    await asyncio.sleep(1)
    return key


async def forget(key):
    await asyncio.sleep(1)
    return key


async def main(key):
    remember(key)  # >> quiet
    forget(key)  # >> async/unawaited-coroutine
    asyncio.create_task(forget(key))  # >> quiet
    asyncio.ensure_future(forget(key))  # >> async/dropped-task
