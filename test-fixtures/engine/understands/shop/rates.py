import requests

_table = None


class Rates:
    def __init__(self) -> None:
        self.values = requests.get("https://rates.example").json()


def load():
    return requests.get("https://rates.example")


def lazily():
    global _table
    if _table is None:
        _table = Rates()
    return _table
