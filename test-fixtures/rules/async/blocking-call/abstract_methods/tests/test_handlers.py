"""A test knows which implementation it uses."""
from stores import Store
from stores.bucket import BucketStore


async def test_show(store: Store, bucket: BucketStore) -> None:
    store.read("a")  # >> quiet
    bucket.read("a")  # >> async/blocking-call certain
