/** Sessions that several tasks use at the same time. */
import { defineRule } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "db/shared-session",
  summary: "A session serves one task at a time",
  severity: "warning",
  docs: {
    why: "A session is one conversation with the database: one connection, one transaction, objects that are half loaded. Two tasks that use it at the same time get each other's rows, an error about an operation that is already in progress, or a rollback of what the other one wrote. It works on most days, because most tasks do not meet.",
    instead:
      "Open a session in each task. Where the statements belong to one transaction, await them one after the other.",
    bad: `import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


async def count(session: AsyncSession, table: str):
    return await session.scalar(text(f"select count(*) from {table}"))


async def totals(session: AsyncSession):
    return await asyncio.gather(count(session, "orders"), count(session, "parcels"))
`,
    good: `import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

Session = async_sessionmaker(create_async_engine("postgresql+asyncpg://db.example/shop"))


async def count(table: str):
    async with Session() as session:
        return await session.scalar(text(f"select count(*) from {table}"))


async def totals():
    return await asyncio.gather(count("orders"), count("parcels"))


async def totals_in_one_transaction(session: AsyncSession):
    orders = await session.scalar(text("select count(*) from orders"))
    return orders, await session.scalar(text("select count(*) from parcels"))
`,
    silentWhen: [
      "only one of the tasks uses it",
      "each task is awaited before the next one starts",
      "each round of the loop has a session of its own",
      "a nested function or a method holds a lock while it uses it",
      "the object whose method uses it gives another one each time (a property)",
    ],
  },
  options: {},
  on: "function",
  *check(fn) {
    for (const { name, what, span, path } of fn.shared()) {
      yield {
        at: span,
        message: `tasks that run at the same time use \`${name}\`, a ${what}, which serves one task at a time`,
        confidence: "certain",
        path,
        fixes: [],
      };
    }
  },
});
