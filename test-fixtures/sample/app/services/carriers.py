import httpx
import requests

from app.services.retrying import with_retries
from app.settings import CARRIER_URL


def position_of(number: str) -> dict:
    return with_retries(lambda: fetch(f"{CARRIER_URL}/parcels/{number}"))


def fetch(url: str) -> dict:
    reply = requests.get(url, timeout=10)
    reply.raise_for_status()
    return reply.json()


def is_up() -> bool:
    client = httpx.Client(timeout=5)  # a new pool of connections for every question, and nobody closes it
    return client.get(f"{CARRIER_URL}/health").is_success
