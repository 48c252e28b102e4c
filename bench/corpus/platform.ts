/** Modules of the corpus that everybody uses, and the one that has grown beyond all measure. */
import type { Random } from "../../tests/harness/random.ts";
import { DESCRIPTION } from "./description.ts";
import type { File } from "./package.ts";
import { PLAIN } from "./statements.ts";
import { Writer } from "./writer.ts";

/** All of them. `largest` is the length of the one that has grown, in lines. */
export function platformFiles(random: Random, largest: number): readonly File[] {
  const files = Object.entries(SMALL).map(([name, text]) => ({
    path: `app/platform/${name}.py`,
    text: text.trimStart(),
  }));
  return [
    { path: "app/__init__.py", text: "" },
    { path: "app/platform/__init__.py", text: "" },
    ...files,
    { path: "app/platform/operations.py", text: operations(random, largest) },
  ];
}

/** Settings files beside the code, without which a folder is no project. */
export const PROJECT_FILES: readonly File[] = [
  {
    path: "pyproject.toml",
    text: '[project]\nname = "backend"\nversion = "1.0"\ndependencies = ["fastapi", "sqlalchemy", "django", "celery", "httpx", "requests", "pydantic"]\n',
  },
];

const SMALL: Readonly<Record<string, string>> = {
  text: `
import re
import unicodedata


def normalize_reference(name: str) -> str:
    """The reference as it is stored."""
    return re.sub(r"\\s+", "-", name.strip().lower())


def slugify_name(name: str) -> str:
    text = unicodedata.normalize("NFKD", name)
    return normalize_reference("".join(each for each in text if each.isalnum() or each == " "))


def mask_email(email: str) -> str:
    local, _, domain = email.partition("@")
    return f"{local[:2]}***@{domain}"
`,
  clock: `
from datetime import datetime, time, timezone


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


def start_of_day(name: str) -> datetime:
    return datetime.combine(utc_now().date(), time.min)
`,
  money: `
from decimal import ROUND_HALF_UP, Decimal


def round_amount(amount: float) -> Decimal:
    return Decimal(str(amount)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def apply_tax(amount: float, name: str) -> Decimal:
    rates = {"standard": Decimal("0.19"), "express": Decimal("0.07")}
    return round_amount(float(round_amount(amount) * (1 + rates.get(name, Decimal(0)))))
`,
  events: `
import json
import logging

from app.platform.cache import get_redis

logger = logging.getLogger(__name__)


async def publish_event(name: str, values: dict) -> None:
    redis = get_redis()
    try:
        await redis.publish(name, json.dumps(values))
    except ConnectionError:
        logger.exception("%s was not published", name)
`,
  cache: `
from redis.asyncio import Redis

from app.platform.settings import settings

_redis: Redis | None = None


def get_redis() -> Redis:
    global _redis
    if _redis is None:
        _redis = Redis.from_url(settings.redis_url)
    return _redis


async def cached_value(name: str) -> str | None:
    value = await get_redis().get(name)
    return value.decode() if value else None
`,
  audit: `
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.platform.clock import utc_now
from app.platform.database import audit_log


async def record_audit(session: AsyncSession, name: str) -> None:
    await session.execute(insert(audit_log).values(name=name, created_at=utc_now()))
`,
  http: `
import httpx

from app.platform.settings import settings


async def fetch_json(name: str) -> dict:
    async with httpx.AsyncClient(timeout=settings.timeout) as client:
        response = await client.get(f"{settings.base_url}/{name}")
        response.raise_for_status()
        return response.json()
`,
  settings: `
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str = "postgresql+asyncpg://localhost/app"
    sync_database_url: str = "postgresql://localhost/app"
    redis_url: str = "redis://localhost"
    base_url: str = "https://partner.example"
    timeout: float = 5.0


settings = Settings()
`,
  security: `
from fastapi import Depends, HTTPException
from fastapi.security import OAuth2PasswordBearer

from app.platform.cache import cached_value

scheme = OAuth2PasswordBearer(tokenUrl="token")


async def current_user(token: str = Depends(scheme)) -> dict:
    user = await cached_value(token)
    if user is None:
        raise HTTPException(status_code=401)
    return {"email": user}
`,
  database: `
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table, create_engine, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from app.platform.settings import settings

engine = create_async_engine(settings.database_url)
sync_engine = create_engine(settings.sync_database_url)
SessionLocal = async_sessionmaker(engine, expire_on_commit=False)
SyncSession = sessionmaker(sync_engine)
audit_log = Table("audit_log", MetaData(), Column("id", Integer), Column("name", String), Column("created_at", DateTime))


class Base(DeclarativeBase):
    pass


Model = TypeVar("Model")


class Repository(Generic[Model]):
    model: type[Model]

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get_by_id(self, key: int) -> Model | None:
        result = await self.session.execute(select(self.model).where(self.model.id == key))
        return result.scalar_one_or_none()

    async def save(self, row: Model) -> Model:
        self.session.add(row)
        await self.session.flush()
        return row

    async def remove(self, row: Model) -> None:
        await self.session.delete(row)
        await self.session.flush()


async def get_session() -> AsyncIterator[AsyncSession]:
    async with SessionLocal() as session:
        yield session


@contextmanager
def session_scope() -> Iterator[Session]:
    session = SyncSession()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()
`,
};

/** Thousands of lines of what nobody found a better place for, with a helper in its middle that the whole project calls. */
function operations(random: Random, lines: number): string {
  const w = new Writer(random, null);
  w.use("logging");
  w.use("sqlalchemy.ext.asyncio", "AsyncSession");
  w.add("logger = logging.getLogger(__name__)\n\n");
  w.add('def current_limits(name: str) -> dict:\n    return {"name": name, "limit": 100}\n\n');
  let hasHelper = false;
  const earlier: string[] = [];
  for (let n = 0; w.lines < lines; n++) {
    if (!hasHelper && w.lines > lines / 2) {
      hasHelper = true;
      w.add("def resolve_account(session: AsyncSession, account_id: int) -> dict:");
      w.add('"""The account an operation is made for."""', 1);
      w.add('values: dict = {"account_id": account_id}', 1);
      w.add(
        'limits = current_limits("standard")\nif limits["limit"] < account_id:\n    raise LookupError(f"account {account_id}")',
        1,
      );
      w.add("values.update(limits)\nreturn values\n\n", 1);
    }
    const isAsync = random.below(100) < 45;
    const name = `${w.random.of(DESCRIPTION.verbs)}_${w.field()}_${n}`;
    w.add(`${isAsync ? "async " : ""}def ${name}(session: AsyncSession, account_id: int, values: dict) -> dict:`);
    for (let i = 2 + random.below(9); i > 0; i--) w.add(random.of(PLAIN)(w, { isAsync }), 1);
    if (isAsync && hasHelper) w.add("account = resolve_account(session, account_id)\nvalues.update(account)", 1);
    else if (!isAsync && earlier.length > 0) w.add(`values = ${random.of(earlier)}(session, account_id, values)`, 1);
    if (!isAsync) earlier.push(name);
    w.add("return values\n\n", 1);
  }
  return w.text();
}
