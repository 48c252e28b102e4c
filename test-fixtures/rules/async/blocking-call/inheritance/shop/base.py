import time

import requests


class Repository:
    table = ""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connect()

    def connect(self) -> None:
        requests.get(self.url)

    def find(self, key: int) -> dict:
        return requests.get(f"{self.url}/{self.table}/{key}").json()

    def name(self) -> str:
        return self.table


class Timed:
    def find(self, key: int) -> dict:
        time.sleep(0.1)
        return super().find(key)

    def save(self, value: dict) -> None:
        self.write(value)

    def write(self, value: dict) -> None:
        raise NotImplementedError
