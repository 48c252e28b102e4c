"""Somebody else closes it. Near misses, all of them."""
import contextlib
import threading

import psycopg2
from fastapi import BackgroundTasks
from psycopg2.pool import ThreadedConnectionPool
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, scoped_session, sessionmaker

engine = create_engine("postgresql://db.example/app")
SessionLocal = sessionmaker(engine)
pool = ThreadedConnectionPool(1, 10, "dbname=app")


def given_back_to_the_pool() -> None:
    connection = pool.getconn()  # >> quiet
    try:
        connection.cursor().execute("select 1")
    finally:
        pool.putconn(connection)


def none_until_opened(dsn: str) -> None:
    connection = None
    try:
        connection = psycopg2.connect(dsn)  # >> quiet
        connection.cursor().execute("select 1")
    finally:
        if connection:
            connection.close()


def closed_by_a_callback(stack: contextlib.ExitStack, dsn: str):
    connection = psycopg2.connect(dsn)  # >> quiet
    stack.callback(connection.close)
    return connection.cursor()


def closed_by_the_stack(stack: contextlib.ExitStack) -> Session:
    return stack.enter_context(SessionLocal())  # >> quiet


def handed_to_a_thread() -> None:
    db = SessionLocal()  # >> quiet
    threading.Thread(target=work, args=(db,)).start()


def work(db: Session) -> None:
    with db:
        db.commit()


def captured():
    db = SessionLocal()  # >> quiet

    def later() -> None:
        db.close()

    return later


def kept_in_a_dict(sessions: dict[str, Session], name: str) -> None:
    sessions[name] = SessionLocal()  # >> quiet


def kept_on_another_object(request) -> None:
    request.state.db = SessionLocal()  # >> quiet


def closed_in_a_loop(keys: list[int]) -> None:
    for _ in keys:
        db = SessionLocal()  # >> quiet
        try:
            db.commit()
        finally:
            db.close()


class Job:
    def __enter__(self) -> Session:
        self.db = SessionLocal()  # >> quiet
        return self.db

    def __exit__(self, *details: object) -> None:
        self.db.close()


def through_the_owner() -> None:
    with Job() as db:  # >> quiet
        db.commit()


def retried(dsn: str):
    for _ in range(3):
        try:
            return psycopg2.connect(dsn)  # >> quiet
        except psycopg2.OperationalError:
            continue
    raise SystemExit(1)


async def only_looks_like_a_session(session) -> None:
    session.close()  # >> quiet


Registry = scoped_session(SessionLocal)


def registered() -> None:
    db = Registry()  # >> quiet
    db.commit()


def handed_to_a_background_task(tasks: BackgroundTasks) -> None:
    db = SessionLocal()  # >> quiet
    tasks.add_task(work, db)


def handed_to_one_nobody_knows(tasks: BackgroundTasks, then) -> None:
    db = SessionLocal()  # >> quiet
    tasks.add_task(then, db)


def handed_to_one_that_only_uses_it(tasks: BackgroundTasks) -> None:
    db = SessionLocal()  # >> db/leaked-session @`SessionLocal()` "never closed"
    tasks.add_task(count, "orders", db=db)


def count(table: str, db: Session) -> None:
    db.commit()


class Connections:
    """A pool by another name."""

    def __init__(self) -> None:
        self.pool = ThreadedConnectionPool(1, 10, "dbname=app")

    def borrow(self):
        return self.pool.getconn()  # >> quiet

    def give_back(self, connection) -> None:
        self.pool.putconn(connection)


connections = Connections()


def borrowed() -> None:
    connection = connections.borrow()  # >> quiet
    try:
        connection.cursor().execute("select 1")
    finally:
        connections.give_back(connection)


def borrowed_unless_it_raises() -> None:
    connection = connections.borrow()  # >> db/leaked-connection @`connections.borrow()` "when something fails"
    connection.cursor().execute("select 1")
    connections.give_back(connection)
