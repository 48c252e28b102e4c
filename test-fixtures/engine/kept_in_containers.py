"""Entries of containers live as long as the container: that of an object may not be there for the next request."""
import requests


class Identity:
    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def user_for(self, token: str) -> str:
        if token not in self.known:
            reply = requests.get(f"https://id.example/{token}")
            self.known[token] = reply.text
        return self.known[token]


class Rates:
    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def rate_of(self, currency: str) -> str:
        if currency not in self.known:
            self.known[currency] = requests.get(f"https://rates.example/{currency}").text
        return self.known[currency]


rates = Rates()
names: dict[str, str] = {}


def name_of(currency: str) -> str:
    if currency not in names:
        names[currency] = requests.get(f"https://names.example/{currency}").text
    return names[currency]


async def handler(identity: Identity, token: str) -> None:
    identity.user_for(token)  # >> async/blocking-call likely @`identity.user_for` "a network reply"
    rates.rate_of("EUR")  # >> quiet
    name_of("EUR")  # >> quiet
