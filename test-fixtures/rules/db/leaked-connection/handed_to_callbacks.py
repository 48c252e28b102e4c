"""Whoever is given a function and what it is to be called with may close it."""
import asyncio
import atexit
import logging
import weakref
from contextlib import ExitStack

import psycopg2


def shut(connection) -> None:
    connection.close()


def by_an_exit_stack(dsn: str) -> None:
    with ExitStack() as stack:
        connection = psycopg2.connect(dsn)  # >> quiet
        stack.callback(shut, connection)
        connection.commit()


def by_a_method_on_an_exit_stack(dsn: str) -> None:
    with ExitStack() as stack:
        connection = psycopg2.connect(dsn)  # >> quiet
        stack.callback(connection.close)
        connection.commit()


def at_exit(dsn: str, release) -> None:
    connection = psycopg2.connect(dsn)  # >> quiet
    atexit.register(release, connection)
    connection.commit()


def at_exit_by_a_method(dsn: str) -> None:
    connection = psycopg2.connect(dsn)  # >> quiet
    atexit.register(connection.close)
    connection.commit()


def with_its_owner(dsn: str, owner: object) -> None:
    connection = psycopg2.connect(dsn)  # >> quiet
    weakref.finalize(owner, shut, connection)
    connection.commit()


def in_a_while(dsn: str, loop: asyncio.AbstractEventLoop) -> None:
    connection = psycopg2.connect(dsn)  # >> quiet
    loop.call_later(5, shut, connection)
    connection.commit()


def only_told(dsn: str) -> None:
    connection = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)`
    logging.info("opened %s", connection)
    connection.commit()


def between_two_openings(dsn: str) -> None:
    first = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)` "stays open when something fails"
    second = psycopg2.connect(dsn)  # >> quiet
    try:
        first.commit()
        second.commit()
    finally:
        first.close()
        second.close()
