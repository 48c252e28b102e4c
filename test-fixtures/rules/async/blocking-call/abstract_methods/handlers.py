import time

from stores import Catalogue, Clock, Closing, Hook, Inbox, Index, Store
from stores.bucket import BucketStore
from stores.local import EmptyInbox, MemoryStore


async def show(store: Store, name: str) -> str:
    return store.read(name)  # >> async/blocking-call likely @`store.read` "where the implementation is `BucketStore`" via `BucketStore.read`, `BucketStore._body`


async def show_all(store: Store, names: list[str]) -> list[str]:
    return store.read_all(names)  # >> async/blocking-call likely "where the implementation is `BucketStore`" via `Store.read_all`, `BucketStore.read`


async def show_size(store: Store) -> int:
    return store.size  # >> async/blocking-call likely @`store.size` "`BucketStore`"


async def forget(store: Store) -> None:
    store.forget("a")  # >> quiet


async def known(bucket: BucketStore, memory: MemoryStore, name: str) -> list[str]:
    memory.read(name)  # >> quiet
    memory.read_all([name])  # >> quiet
    bucket.forget(name)  # >> quiet
    return bucket.read_all([name])  # >> async/blocking-call certain via `Store.read_all`, `BucketStore.read`


async def receive(inbox: Inbox, empty: EmptyInbox) -> list[str]:
    empty.fetch()  # >> quiet
    await inbox.fetch_later()  # >> quiet
    return inbox.fetch(20)  # >> async/blocking-call likely "`HttpInbox`"


async def search(index: Index, key: str) -> list[str]:
    index.drop(key)  # >> async/blocking-call likely "where the implementation is `HttpIndex`"
    return index.look_up(key)  # >> async/blocking-call likely "where the implementation is `HttpIndex`"


async def around(hook: Hook) -> None:
    hook.before()  # >> quiet
    hook.after()  # >> quiet


async def tell(clock: Clock) -> float:
    return clock.now()  # >> quiet


async def close(closing: Closing) -> None:
    closing.close()  # >> quiet


async def browse(catalogue: Catalogue) -> list[str]:
    return catalogue.entries()  # >> quiet


def settle(store: Store, name: str) -> None:
    store.read(name)
    time.sleep(1)


async def both(store: Store, name: str) -> None:
    settle(store, name)  # >> async/blocking-call certain "the clock"
