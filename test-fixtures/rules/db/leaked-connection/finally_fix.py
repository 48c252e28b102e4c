"""Closed by what fits: a block, `closing`, or `finally` where closing is awaited."""
import asyncpg
import ldap
from kafka import KafkaProducer


async def count(dsn: str, minimum: int) -> int:
    connection = await asyncpg.connect(dsn)  # >> db/leaked-connection @`await asyncpg.connect(dsn)`
    # Only what is big enough.
    row = await connection.fetchrow("select count(*) from parcels where grams > $1", minimum)
    total = row[0]  # of all
    await connection.close()
    return total


def names(url: str) -> list[str]:
    directory = ldap.initialize(url)  # >> db/leaked-connection @`ldap.initialize(url)`
    found = directory.search_s("dc=example", 2)
    return [name for name, _ in found]


def announce(order: bytes) -> None:
    producer = KafkaProducer(bootstrap_servers="mq")  # >> db/leaked-connection @`KafkaProducer(bootstrap_servers="mq")`
    producer.send("orders", order)
