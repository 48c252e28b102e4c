"""Pools that a project writes itself: what is taken out belongs to the caller until it is put back."""
from collections import deque

import psycopg2
import psycopg2.pool


class Pool:
    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.idle = deque()
        self.by_name = {}

    def take(self):
        if self.idle:
            return self.idle.popleft()
        return psycopg2.connect(self.dsn)  # >> quiet

    def take_or_open(self):
        try:
            connection = self.idle.pop()
        except IndexError:
            connection = psycopg2.connect(self.dsn)  # >> quiet
        return connection

    def give(self, connection) -> None:
        self.idle.append(connection)

    def named(self, name: str):
        if name in self.by_name:
            return self.by_name.get(name)
        connection = psycopg2.connect(self.dsn)  # >> quiet
        self.by_name[name] = connection
        return connection


class Wrapped:
    def __init__(self, pool: psycopg2.pool.ThreadedConnectionPool) -> None:
        self.pool = pool

    def checkout(self):
        return self.pool.getconn()  # >> quiet

    def checkin(self, connection) -> None:
        self.pool.putconn(connection)


def lost(pool: Pool) -> None:
    connection = pool.take()  # >> db/leaked-connection @`pool.take()` "never closed"
    connection.commit()


def lost_otherwise(pool: Pool) -> None:
    connection = pool.take_or_open()  # >> db/leaked-connection @`pool.take_or_open()`
    connection.commit()


def given_back(pool: Pool) -> None:
    connection = pool.take()  # >> quiet
    try:
        connection.commit()
    finally:
        pool.give(connection)


def given_back_unless_it_fails(pool: Pool) -> None:
    connection = pool.take()  # >> missed db/leaked-connection: what keeps a value may well be who owns it; what fails before that is not told
    connection.commit()
    pool.give(connection)


def kept_by_its_name(pool: Pool) -> None:
    connection = pool.named("reports")  # >> quiet
    connection.commit()


def checked_out(pool: Wrapped) -> None:
    connection = pool.checkout()  # >> db/leaked-connection @`pool.checkout()` "stays open when something fails"
    connection.commit()
    pool.checkin(connection)


def checked_out_and_in(pool: Wrapped) -> None:
    connection = pool.checkout()  # >> quiet
    try:
        connection.commit()
    finally:
        pool.checkin(connection)
