"""Helpers that wait; who calls them stands in other files."""
import subprocess
import time

import requests

LIMIT = 3


def pause(seconds: float) -> None:
    time.sleep(seconds)


def fetch(url: str) -> dict:
    reply = requests.get(url, timeout=LIMIT)
    reply.raise_for_status()
    return reply.json()


def shared(url: str) -> int:
    return requests.head(url).status_code


def fetch_twice(url: str) -> list:
    return [requests.get(url).json(), fetch_once(url)]


def fetch_once(url: str) -> dict:
    return requests.get(url).json()


def under_another_name() -> None:
    time.sleep(1)


def used_by_a_test() -> None:
    time.sleep(1)


def handed_on() -> None:
    time.sleep(1)


def looked_up() -> None:
    time.sleep(1)


def replaced_in_a_test() -> None:
    time.sleep(1)


def called_at_import() -> str:
    return subprocess.check_output(["git", "rev-parse", "HEAD"], text=True)


class Rates:
    def __init__(self, url: str) -> None:
        self.url = url

    def load(self, day: str) -> dict:
        return requests.get(self.url, params={"day": day}).json()

    @staticmethod
    def ping(url: str) -> None:
        requests.head(url)

    @classmethod
    def probe(cls, url: str) -> None:
        requests.head(url)

    def read_somewhere(self) -> bytes:
        return requests.get(self.url).content

    def refresh(self) -> bytes:
        return requests.get(self.url).content
