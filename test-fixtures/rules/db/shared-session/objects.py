"""Sessions that objects keep, used by several tasks through their methods, and near misses."""
import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

Sessions = async_sessionmaker(create_async_engine("postgresql+asyncpg://db.example/shop"))


class Orders:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.lock = asyncio.Lock()

    async def page(self, query: str):
        rows, count = await asyncio.gather(self.session.execute(text(query)), self.session.scalar(text("select 1")))  # >> db/shared-session @`asyncio.gather` "use `self.session`, a database session" via `self.session`, `self.session`
        return rows, count

    async def refresh(self, orders: list[object]) -> None:
        await asyncio.gather(*[self.session.refresh(order) for order in orders])  # >> db/shared-session @`asyncio.gather`

    async def load(self, key: int) -> object:
        return await self.session.get(object, key)

    async def load_all(self, keys: list[int]):
        return await asyncio.gather(*(self.load(key) for key in keys))  # >> db/shared-session @`asyncio.gather` "use `self.session`"

    async def in_turn(self, key: int) -> object:
        async with self.lock:
            return await self.session.get(object, key)

    async def load_in_turn(self, keys: list[int]):
        return await asyncio.gather(*(self.in_turn(key) for key in keys))  # >> quiet

    async def name(self, key: int) -> str:
        return f"order {key}"

    async def names(self, keys: list[int]):
        return await asyncio.gather(*(self.name(key) for key in keys))  # >> quiet

    async def one_of_them(self, key: int):
        return await asyncio.gather(self.load(key), self.name(key))  # >> quiet


class Service:
    def __init__(self, orders: Orders) -> None:
        self.orders = orders

    async def order(self, key: int) -> object:
        return await self.orders.load(key)

    async def feed(self, keys: list[int]):
        tasks = [self.order(key) for key in keys]
        return await asyncio.gather(*tasks)  # >> db/shared-session @`asyncio.gather` "use `self.orders.session`"

    async def both(self):
        async with asyncio.TaskGroup() as group:
            first = group.create_task(self.orders.load(1))  # >> db/shared-session @`group.create_task`
            second = group.create_task(self.orders.load(2))
        return first.result(), second.result()


class Anew:
    @property
    def session(self) -> AsyncSession:
        return Sessions()

    async def load(self, key: int) -> object:
        return await self.session.get(object, key)

    async def load_all(self, keys: list[int]):
        return await asyncio.gather(*(self.load(key) for key in keys))  # >> quiet


async def each_has_its_own(services: list[Service]):
    return await asyncio.gather(*(service.order(1) for service in services))  # >> quiet
