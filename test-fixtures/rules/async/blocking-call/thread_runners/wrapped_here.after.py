"""A function that wraps callables for databases wraps this one too, and nothing else."""
import asyncio
import psycopg2
import requests
from asgiref.sync import sync_to_async as in_thread


async def load(connection: psycopg2.extensions.connection, url: str) -> bytes:
    await in_thread(connection.rollback)()
    await in_thread(connection.commit)()
    return (await asyncio.to_thread(requests.get, url, timeout=3)).content
