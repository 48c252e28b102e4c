import time

import requests

__all__ = ["Client", "load"]


class Client:
    def get(self, path: str) -> requests.Response:
        return requests.get(path)

    def describe(self) -> str:
        return "client"


def load() -> requests.Response:
    return requests.get("https://a.example")


def not_listed() -> None:
    time.sleep(1)


_also = load
