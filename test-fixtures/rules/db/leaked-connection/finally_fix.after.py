"""Closed by what fits: a block, `closing`, or `finally` where closing is awaited."""
import asyncpg
import contextlib
import ldap
from kafka import KafkaProducer


async def count(dsn: str, minimum: int) -> int:
    connection = await asyncpg.connect(dsn)
    try:
        # Only what is big enough.
        row = await connection.fetchrow("select count(*) from parcels where grams > $1", minimum)
        total = row[0]  # of all
    finally:
        await connection.close()
    return total


def names(url: str) -> list[str]:
    with ldap.initialize(url) as directory:
        found = directory.search_s("dc=example", 2)
        return [name for name, _ in found]


def announce(order: bytes) -> None:
    with contextlib.closing(KafkaProducer(bootstrap_servers="mq")) as producer:
        producer.send("orders", order)
