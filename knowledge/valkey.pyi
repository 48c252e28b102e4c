"""valkey-py. Checked against the names that 6.1 exports.

A fork of redis-py 5 with the same commands under another name; redis.pyi describes those.
"""
from redis import BlockingConnectionPool, Connection, ConnectionPool, Redis as _Redis, RedisCluster as _Cluster, Sentinel, SSLConnection, UnixDomainSocketConnection
from verbs import awaits_twin, made_once, module

@awaits_twin("valkey.asyncio.Valkey")
class Valkey(_Redis): ...
class ValkeyCluster(_Cluster): ...
StrictValkey = Valkey
Redis = Valkey
StrictRedis = Valkey
RedisCluster = ValkeyCluster
@made_once("Redis client", shares=["connection_pool"])
def from_url(url, **kwargs) -> Valkey: ...

with module("valkey.client"):
    from valkey import StrictValkey, Valkey
with module("valkey.cluster"):
    from valkey import ValkeyCluster
with module("valkey.lock"):
    from redis import Lock
with module("valkey.connection"):
    from redis import BlockingConnectionPool, Connection, ConnectionPool, SSLConnection, UnixDomainSocketConnection
with module("valkey.sentinel"):
    from redis import Sentinel
with module("valkey.asyncio"):
    from redis.asyncio import BlockingConnectionPool, ConnectionPool, Redis as _Redis, RedisCluster as _Cluster, Sentinel
    class Valkey(_Redis): ...
    class ValkeyCluster(_Cluster): ...
    StrictValkey = Valkey
    @made_once("Redis client", shares=["connection_pool"])
    def from_url(url, **kwargs) -> Valkey: ...
with module("valkey.asyncio.client"):
    from valkey.asyncio import StrictValkey, Valkey
with module("valkey.asyncio.lock"):
    from redis.asyncio import Lock
