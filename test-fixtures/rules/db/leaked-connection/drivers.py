"""One connection that is lost and one that is closed, for each driver."""
from contextlib import closing

import aiomysql
import aiosqlite
import asyncpg
import clickhouse_driver
import cx_Oracle
import duckdb
import mysql.connector
import MySQLdb
import oracledb
import psycopg
import psycopg2.pool
import psycopg_pool
import pymysql
import pyodbc
import snowflake.connector
import sqlite3
from aiokafka import AIOKafkaProducer
from cassandra.cluster import Cluster
from confluent_kafka import Consumer
from elasticsearch import AsyncElasticsearch
from kafka import KafkaConsumer, KafkaProducer
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import MongoClient


def with_psycopg2(dsn: str) -> None:
    with psycopg2.connect(dsn) as lost:  # >> db/leaked-connection @`psycopg2.connect(dsn)`
        lost.cursor().execute("select 1")
    with closing(psycopg2.connect(dsn)) as fine:  # >> quiet
        fine.cursor().execute("select 1")


def with_psycopg(dsn: str) -> None:
    lost = psycopg.connect(dsn)  # >> db/leaked-connection @`psycopg.connect(dsn)`
    lost.execute("select 1")
    with psycopg.connect(dsn) as fine:  # >> quiet
        fine.execute("select 1")


async def with_async_psycopg(dsn: str) -> None:
    lost = await psycopg.AsyncConnection.connect(dsn)  # >> db/leaked-connection @`await psycopg.AsyncConnection.connect(dsn)`
    await lost.execute("select 1")
    async with await psycopg.AsyncConnection.connect(dsn) as fine:  # >> quiet
        await fine.execute("select 1")


def with_a_psycopg2_pool(pool: psycopg2.pool.ThreadedConnectionPool) -> None:
    lost = pool.getconn()  # >> db/leaked-connection @`pool.getconn()` "stays open when something fails"
    lost.cursor().execute("select 1")
    pool.putconn(lost)
    fine = pool.getconn()  # >> quiet
    try:
        fine.cursor().execute("select 1")
    finally:
        pool.putconn(fine)


def with_a_psycopg_pool(pool: psycopg_pool.ConnectionPool) -> None:
    lost = pool.getconn()  # >> db/leaked-connection @`pool.getconn()`
    lost.execute("select 1")
    with pool.connection() as fine:  # >> quiet
        fine.execute("select 1")


async def with_asyncpg(dsn: str) -> None:
    lost = await asyncpg.connect(dsn)  # >> db/leaked-connection @`await asyncpg.connect(dsn)`
    await lost.execute("select 1")
    fine = await asyncpg.connect(dsn)  # >> quiet
    try:
        await fine.execute("select 1")
    finally:
        await fine.close()


async def with_an_asyncpg_pool(pool: asyncpg.Pool) -> None:
    lost = await pool.acquire()  # >> db/leaked-connection @`pool.acquire()`
    await lost.execute("select 1")
    await pool.release(lost)
    async with pool.acquire() as fine:  # >> quiet
        await fine.execute("select 1")


def with_pymysql() -> None:
    lost = pymysql.connect(host="db")  # >> db/leaked-connection @`pymysql.connect(host="db")`
    lost.cursor().execute("select 1")
    with pymysql.connect(host="db") as fine:  # >> quiet
        fine.cursor().execute("select 1")


def with_mysqlclient() -> None:
    lost = MySQLdb.connect(host="db")  # >> db/leaked-connection @`MySQLdb.connect(host="db")`
    lost.cursor().execute("select 1")
    with closing(MySQLdb.connect(host="db")) as fine:  # >> quiet
        fine.cursor().execute("select 1")


def with_mysql_connector() -> None:
    lost = mysql.connector.connect(host="db")  # >> db/leaked-connection @`mysql.connector.connect(host="db")`
    lost.cursor().execute("select 1")
    with mysql.connector.connect(host="db") as fine:  # >> quiet
        fine.cursor().execute("select 1")


async def with_aiomysql() -> None:
    lost = await aiomysql.connect(host="db")  # >> db/leaked-connection @`aiomysql.connect(host="db")`
    await lost.ping()
    async with aiomysql.connect(host="db") as fine:  # >> quiet
        await fine.ping()


async def with_an_aiomysql_pool(pool: aiomysql.Pool) -> None:
    lost = await pool.acquire()  # >> db/leaked-connection @`pool.acquire()` "stays open when something fails"
    await lost.ping()
    pool.release(lost)
    async with pool.acquire() as fine:  # >> quiet
        await fine.ping()


def with_sqlite3(path: str) -> None:
    with sqlite3.connect(path) as lost:  # >> db/leaked-connection @`sqlite3.connect(path)`
        lost.execute("select 1")
    with closing(sqlite3.connect(path)) as fine:  # >> quiet
        fine.execute("select 1")


async def with_aiosqlite(path: str) -> None:
    lost = await aiosqlite.connect(path)  # >> db/leaked-connection @`aiosqlite.connect(path)`
    await lost.execute("select 1")
    async with aiosqlite.connect(path) as fine:  # >> quiet
        await fine.execute("select 1")


def with_pyodbc(dsn: str) -> None:
    with pyodbc.connect(dsn) as lost:  # >> db/leaked-connection @`pyodbc.connect(dsn)`
        lost.execute("select 1")
    with closing(pyodbc.connect(dsn)) as fine:  # >> quiet
        fine.execute("select 1")


def with_oracledb(dsn: str) -> None:
    lost = oracledb.connect(dsn)  # >> db/leaked-connection @`oracledb.connect(dsn)`
    lost.cursor().execute("select 1")
    with oracledb.connect(dsn) as fine:  # >> quiet
        fine.cursor().execute("select 1")


def with_cx_oracle(dsn: str) -> None:
    lost = cx_Oracle.connect(dsn)  # >> db/leaked-connection @`cx_Oracle.connect(dsn)`
    lost.cursor().execute("select 1")
    with cx_Oracle.connect(dsn) as fine:  # >> quiet
        fine.cursor().execute("select 1")


def with_duckdb(path: str) -> None:
    lost = duckdb.connect(path)  # >> db/leaked-connection @`duckdb.connect(path)`
    lost.execute("select 1")
    with duckdb.connect(path) as fine:  # >> quiet
        fine.execute("select 1")


def with_clickhouse_driver() -> None:
    lost = clickhouse_driver.connect("clickhouse://db")  # >> db/leaked-connection @`clickhouse_driver.connect("clickhouse://db")`
    lost.cursor().execute("select 1")
    with closing(clickhouse_driver.connect("clickhouse://db")) as fine:  # >> quiet
        fine.cursor().execute("select 1")


def with_snowflake() -> None:
    lost = snowflake.connector.connect(user="a")  # >> db/leaked-connection @`snowflake.connector.connect(user="a")`
    lost.cursor().execute("select 1")
    with snowflake.connector.connect(user="a") as fine:  # >> quiet
        fine.cursor().execute("select 1")


def with_cassandra() -> None:
    lost = Cluster(["db"])  # >> db/leaked-connection @`Cluster(["db"])`
    lost.connect().execute("select 1")
    fine = Cluster(["db"])  # >> quiet
    try:
        fine.connect().execute("select 1")
    finally:
        fine.shutdown()


def with_pymongo(url: str) -> None:
    lost = MongoClient(url)  # >> db/leaked-connection @`MongoClient(url)`
    lost.admin.command("ping")
    with MongoClient(url) as fine:  # >> quiet
        fine.admin.command("ping")


def with_motor(url: str):
    client = AsyncIOMotorClient(url)  # >> quiet
    return client.shop


def with_kafka() -> None:
    lost = KafkaProducer(bootstrap_servers="mq")  # >> db/leaked-connection @`KafkaProducer(bootstrap_servers="mq")`
    lost.send("orders", b"1")
    fine = KafkaConsumer("orders")  # >> quiet
    try:
        fine.poll()
    finally:
        fine.close()


def with_confluent_kafka() -> None:
    lost = Consumer({})  # >> db/leaked-connection @`Consumer({})`
    lost.poll(1.0)
    fine = Consumer({})  # >> quiet
    try:
        fine.poll(1.0)
    finally:
        fine.close()


async def with_aiokafka() -> None:
    lost = AIOKafkaProducer(bootstrap_servers="mq")  # >> db/leaked-connection @`AIOKafkaProducer(bootstrap_servers="mq")`
    await lost.start()
    await lost.send("orders", b"1")
    await lost.stop()
    async with AIOKafkaProducer(bootstrap_servers="mq") as fine:  # >> quiet
        await fine.send("orders", b"1")


async def with_elasticsearch(hosts: list[str]) -> None:
    lost = AsyncElasticsearch(hosts)  # >> db/leaked-connection @`AsyncElasticsearch(hosts)`
    await lost.search(index="orders")
    async with AsyncElasticsearch(hosts) as fine:  # >> quiet
        await fine.search(index="orders")
