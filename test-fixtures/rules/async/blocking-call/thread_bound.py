"""What works only on the thread that made it is not handed to another."""
import sqlite3
import threading


async def rows(connection: sqlite3.Connection) -> list:
    connection.execute("select 1")  # >> async/blocking-call @`connection.execute`
    return []


async def locked(lock: threading.RLock) -> None:
    lock.acquire()  # >> async/blocking-call @`lock.acquire`
