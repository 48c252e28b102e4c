"""A sibling is awaited where it takes the same."""
from app import rates
from app.rates import Archive, count, load


async def by_import(url: str) -> bytes:
    return load(url, timeout=1).strip()  # >> async/blocking-call @`load`


async def by_module(url: str) -> bytes:
    return rates.load(url)  # >> async/blocking-call @`rates.load`


async def by_receiver(archive: Archive) -> bytes:
    return archive.find("a") + archive.get("b")  # >> async/blocking-call @`archive.find` # >> async/blocking-call @`archive.get`


async def of_other_parameters(url: str) -> int:
    return count(url)  # >> async/blocking-call @`count`
