import requests


def load() -> str:
    return requests.get("https://a.example").text


class Client:
    def load(self) -> str:
        return load()


default = Client()
