"""Sessions that several tasks use at the same time, and near misses."""
import asyncio

from fastapi import Depends, FastAPI
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session

engine = create_async_engine("postgresql+asyncpg://db.example/shop")
Sessions = async_sessionmaker(engine)
app = FastAPI()


async def count(session: AsyncSession, table: str) -> int:
    return await session.scalar(text(f"select count(*) from {table}"))


async def mail(address: str) -> None:
    await asyncio.sleep(1)


async def get_session():
    async with Sessions() as session:
        yield session


class Orders:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def load(self, key: int) -> object:
        return await self.session.get(object, key)


async def two(session: AsyncSession):
    return await asyncio.gather(count(session, "orders"), count(session=session, table="parcels"))  # >> db/shared-session @`asyncio.gather` "use `session`" via `session`, `session`


async def many(session: AsyncSession, tables: list[str]):
    return await asyncio.gather(*[count(session, table) for table in tables])  # >> db/shared-session @`asyncio.gather` via `every round`


async def methods():
    async with Sessions() as db:
        return await asyncio.gather(db.execute(text("select 1")), db.execute(text("select 2")))  # >> db/shared-session


async def repositories(session: AsyncSession, keys: list[int]):
    return await asyncio.gather(*(Orders(session).load(key) for key in keys))  # >> db/shared-session


async def listed(session: AsyncSession, tables: list[str]):
    tasks = []
    for table in tables:
        tasks.append(count(session, table))
    return await asyncio.gather(*tasks)  # >> db/shared-session


async def as_they_come(session: AsyncSession, tables: list[str]):
    for done in asyncio.as_completed([count(session, table) for table in tables]):  # >> db/shared-session @`asyncio.as_completed`
        print(await done)


async def grouped(session: AsyncSession):
    async with asyncio.TaskGroup() as group:
        group.create_task(count(session, "orders"))  # >> db/shared-session @`group.create_task`
        group.create_task(count(session, "parcels"))


async def started(session: AsyncSession, tables: list[str]):
    running = set()
    for table in tables:
        running.add(asyncio.create_task(count(session, table)))  # >> db/shared-session


@app.get("/totals")
async def totals(session: AsyncSession = Depends(get_session)):
    async def one(table: str) -> int:
        return (await session.execute(select(text(table)))).scalar_one()

    return await asyncio.gather(one("orders"), one("parcels"))  # >> db/shared-session


# --- near misses ---------------------------------------------------------------------------------------------------------


async def one_uses_it(session: AsyncSession):
    await asyncio.gather(count(session, "orders"), mail("shop@example"))  # >> quiet


async def factories(tables: list[str], sessions: async_sessionmaker[AsyncSession]):
    async def one(table: str) -> int:
        async with sessions() as session:
            return await count(session, table)

    return await asyncio.gather(*(one(table) for table in tables))  # >> quiet


async def one_each(tables: list[str]):
    for table in tables:
        async with Sessions() as session:
            await asyncio.gather(count(session, table), mail(table))  # >> quiet


async def each_its_own(pairs: list[tuple[AsyncSession, str]]):
    return await asyncio.gather(*(count(session, table) for session, table in pairs))  # >> quiet


async def in_turn(session: AsyncSession, tables: list[str]):
    for table in tables:
        await asyncio.wait_for(count(session, table), 3)  # >> quiet
    for table in tables:
        await asyncio.create_task(count(session, table))  # >> quiet
    for table in tables:
        task = asyncio.create_task(count(session, table))  # >> quiet
        await task


async def locked(session: AsyncSession, tables: list[str]):
    lock = asyncio.Lock()

    async def one(table: str) -> int:
        async with lock:
            return await count(session, table)

    return await asyncio.gather(*(one(table) for table in tables))  # >> quiet


async def only_its_name(session: Session, tables: list[str]):
    return await asyncio.gather(*(mail(f"{table}@{session.bind}") for table in tables))  # >> quiet
