"""Closing waits where the other side is told and answers, or a transaction has to be rolled back; where a socket is only closed, it does not."""
import oracledb
import psycopg
import psycopg2
import pymongo
import snowflake.connector
from psycopg2.pool import ThreadedConnectionPool
from psycopg_pool import ConnectionPool


async def told(client: pymongo.MongoClient, warehouse: snowflake.connector.SnowflakeConnection, oracle: oracledb.Connection):
    client.close()  # >> async/blocking-call @`client.close`
    warehouse.close()  # >> async/blocking-call @`warehouse.close`
    oracle.close()  # >> async/blocking-call @`oracle.close`


async def only_closed(plain: psycopg.Connection, old: psycopg2.extensions.connection):
    plain.close()  # >> quiet
    old.close()  # >> quiet


async def given_back(pool: ConnectionPool, old: ThreadedConnectionPool, taken, other):
    pool.putconn(taken)  # >> async/blocking-call @`pool.putconn`
    old.putconn(other)  # >> async/blocking-call @`old.putconn`
    old.closeall()  # >> quiet
    pool.close(timeout=0)  # >> quiet
    pool.close()  # >> async/blocking-call @`pool.close` "another thread"
