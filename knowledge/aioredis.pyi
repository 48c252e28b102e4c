"""aioredis. Written from the documentation of 2.0, which is now `redis.asyncio`; not run."""

from redis.asyncio import BlockingConnectionPool, ConnectionPool, Redis, StrictRedis, from_url
