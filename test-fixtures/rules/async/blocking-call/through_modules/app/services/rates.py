import requests

from ..support.waiting import backoff


def load_rates() -> dict:
    return requests.get("https://rates.example").json()


def settle() -> None:
    backoff(3)
