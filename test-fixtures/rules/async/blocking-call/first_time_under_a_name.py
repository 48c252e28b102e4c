"""What is first given a name and then kept is prepared once as well."""
import functools
import threading

import requests
from fastapi import FastAPI

app = FastAPI()
_rates = None
_cache: dict[str, dict] = {}
_lock = threading.Lock()


def under_a_name() -> dict:
    global _rates
    if _rates is None:
        reply = requests.get("https://rates.example")
        rates = reply.json()
        _rates = rates
    return _rates


def behind_a_return(key: str) -> dict:
    if key in _cache:
        return _cache[key]
    reply = requests.get("https://rates.example")
    _cache[key] = reply.json()
    return _cache[key]


def behind_a_look(key: str) -> dict:
    known = _cache.get(key)
    if known is not None:
        return known
    made = requests.get("https://rates.example").json()
    _cache[key] = made
    return made


def behind_a_try(key: str) -> dict:
    try:
        return _cache[key]
    except KeyError:
        reply = requests.get("https://rates.example")
        _cache[key] = reply.json()
        return _cache[key]


def with_a_lock(key: str) -> dict:
    if key not in _cache:
        with _lock:
            if key not in _cache:
                try:
                    rates = requests.get("https://rates.example").json()
                except ValueError:
                    rates = {}
                _cache[key] = rates
    return _cache[key]


def on_the_application() -> dict:
    if not hasattr(app.state, "rates"):
        rates = requests.get("https://rates.example").json()
        app.state.rates = rates
    return app.state.rates


def before_the_test(key: str) -> dict:
    rates = requests.get("https://rates.example").json()
    if key not in _cache:
        _cache[key] = rates
    return rates


def before_the_return(key: str) -> dict:
    user = requests.get("https://users.example").json()
    if key in _cache:
        return _cache[key]
    _cache[key] = user
    return user


def kept_sometimes(key: str) -> dict:
    if key in _cache:
        return _cache[key]
    rates = requests.get("https://rates.example").json()
    if rates:
        _cache[key] = rates
    return rates


def kept_nowhere(key: str) -> dict:
    cache: dict[str, dict] = {}
    if key not in cache:
        rates = requests.get("https://rates.example").json()
        cache[key] = rates
    return cache[key]


def on_an_argument(state) -> dict:
    if not hasattr(state, "rates"):
        rates = requests.get("https://rates.example").json()
        state.rates = rates
    return state.rates


def beside(key: str) -> dict:
    if key in _cache:
        return _cache[key]
    requests.post("https://audit.example")
    rates = {"key": key}
    _cache[key] = rates
    return rates


class Settings:
    def __init__(self) -> None:
        self._rates: dict | None = None

    def rates(self) -> dict:
        if self._rates is None:
            rates = requests.get("https://rates.example").json()
            self._rates = rates
        return self._rates

    @functools.cached_property
    def limits(self) -> dict:
        return requests.get("https://limits.example").json()


class PerRequest:
    def __init__(self) -> None:
        self._rates: dict | None = None

    def rates(self) -> dict:
        if not hasattr(self, "_rates"):
            self._rates = requests.get("https://rates.example").json()
        return self._rates or {}

    def always(self) -> dict:
        self._rates = requests.get("https://rates.example").json()
        return self._rates

    @functools.cached_property
    def limits(self) -> dict:
        return requests.get("https://limits.example").json()


settings = Settings()


async def handler() -> None:
    under_a_name()  # >> quiet
    behind_a_return("a")  # >> quiet
    behind_a_look("a")  # >> quiet
    behind_a_try("a")  # >> quiet
    with_a_lock("a")  # >> quiet
    on_the_application()  # >> quiet
    before_the_test("a")  # >> async/blocking-call @`before_the_test`
    before_the_return("a")  # >> async/blocking-call @`before_the_return`
    kept_sometimes("a")  # >> async/blocking-call @`kept_sometimes`
    kept_nowhere("a")  # >> async/blocking-call @`kept_nowhere`
    on_an_argument(app.state)  # >> async/blocking-call @`on_an_argument`
    beside("a")  # >> async/blocking-call @`beside`
    settings.rates()  # >> quiet
    settings.limits  # >> quiet
    PerRequest().rates()  # >> async/blocking-call likely @`PerRequest().rates`
    PerRequest().always()  # >> async/blocking-call certain @`PerRequest().always`
    PerRequest().limits  # >> async/blocking-call likely @`PerRequest().limits`
