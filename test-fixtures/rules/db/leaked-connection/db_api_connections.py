"""Connections of the database drivers."""
import sqlite3
from contextlib import ExitStack, closing

import psycopg2


def never_closed(path: str):
    connection = sqlite3.connect(path)  # >> db/leaked-connection @`sqlite3.connect(path)`
    return connection.execute("select 1").fetchone()


def the_block_only_ends_the_transaction(dsn: str):
    with psycopg2.connect(dsn) as connection:  # >> db/leaked-connection @`psycopg2.connect(dsn)`
        with connection.cursor() as cursor:
            cursor.execute("select 1")


def closed_unless_it_raises(dsn: str):
    connection = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)`
    cursor = connection.cursor()
    cursor.execute("select 1")
    row = cursor.fetchone()
    cursor.close()
    connection.close()
    return row


def only_the_cursor_is_given_back(dsn: str):
    connection = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)`
    return connection.cursor()


def chained(dsn: str):
    cursor = psycopg2.connect(dsn).cursor()  # >> db/leaked-connection @`psycopg2.connect(dsn)`
    cursor.execute("select 1")
    return cursor.fetchall()


def finally_closed(dsn: str):
    connection = psycopg2.connect(dsn)  # >> quiet
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            return cursor.fetchone()
    finally:
        connection.close()


def closing_block(path: str):
    with closing(sqlite3.connect(path)) as connection:  # >> quiet
        return connection.execute("select 1").fetchone()


def exit_stack(path: str):
    with ExitStack() as stack:
        connection = stack.enter_context(closing(sqlite3.connect(path)))  # >> quiet
        return connection.execute("select 1").fetchone()


def returned(dsn: str):
    connection = psycopg2.connect(dsn)  # >> quiet
    connection.autocommit = True
    return connection


def returned_in_a_pair(dsn: str):
    connection = psycopg2.connect(dsn)  # >> quiet
    return connection, "ready"


class Store:
    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path)  # >> quiet

    def reopen(self, path: str) -> None:
        connection = sqlite3.connect(path)  # >> quiet
        self.connection = connection


cache = sqlite3.connect("/srv/cache.db")  # >> quiet
