"""No block is offered where what leaves the function would be closed with it."""
import psycopg2
from pymongo import MongoClient


def cursor_of(dsn: str):
    connection = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)` no fix "Open it in with"
    return connection.cursor()


def named_cursor_of(dsn: str):
    connection = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)` no fix "Open it in with"
    cursor = connection.cursor()
    cursor.execute("select 1")
    return cursor


def cursor_among_others(dsn: str):
    connection = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)` no fix "Open it in with"
    return {"ready": True, "cursor": connection.cursor()}


def read_later(dsn: str):
    connection = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)` no fix "Open it in with"
    cursor = connection.cursor()
    cursor.execute("select 1")
    return (row[0] for row in cursor)


class Parcels:
    def load(self, dsn: str) -> None:
        connection = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)` no fix "Open it in with"
        self.cursor = connection.cursor()


def database(url: str):
    client = MongoClient(url)  # >> db/leaked-connection @`MongoClient(url)` no fix "Open it in with"
    return client["shop"]


def collection(url: str):
    client = MongoClient(url)  # >> db/leaked-connection @`MongoClient(url)` no fix "Open it in with"
    shop = client.shop
    return shop


def first(url: str):
    client = MongoClient(url)  # >> db/leaked-connection @`MongoClient(url)` fix "Open it in with"
    return client.shop.orders.find_one({})


def rows(dsn: str):
    connection = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)` fix "Open it in with"
    cursor = connection.cursor()
    cursor.execute("select 1")
    return cursor.fetchall()
