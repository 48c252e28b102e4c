"""What is certain, and what is only likely."""
import asyncio
import os
import time

import httpx
import requests
from django.conf import settings

DEBUG = False


class Quick:
    def send(self) -> None:
        print("sent")


class Slow:
    def send(self) -> None:
        requests.get("https://example.org")


def while_debugging() -> None:
    if settings.DEBUG:
        time.sleep(1)


def unless_debugging() -> None:
    if not settings.DEBUG:
        time.sleep(1)


def behind_a_return() -> None:
    if not DEBUG:
        return
    time.sleep(1)


def behind_a_variable() -> None:
    if os.getenv("APP_DEBUG"):
        time.sleep(1)


def in_development() -> None:
    if os.environ["ENVIRONMENT"] == "development":
        time.sleep(1)


def in_production() -> None:
    if os.environ["ENVIRONMENT"] == "production":
        time.sleep(1)


def in_a_feature() -> None:
    if settings.SLOW_START:
        time.sleep(1)


def in_a_handler() -> None:
    try:
        print("tried")
    except ValueError:
        time.sleep(1)


def debugging_by_argument(debug: bool = False) -> None:
    if debug:
        time.sleep(1)


async def handler(known: Slow, either: "Quick | Slow", maybe: "Slow | None", client: "requests.Session | httpx.AsyncClient") -> None:
    known.send()  # >> async/blocking-call certain @`known.send`
    either.send()  # >> async/blocking-call @`either.send`
    if maybe:
        maybe.send()  # >> async/blocking-call certain @`maybe.send`
    client.get("https://example.org")  # >> async/blocking-call likely @`client.get`
    while_debugging()  # >> async/blocking-call likely @`while_debugging`
    unless_debugging()  # >> async/blocking-call certain @`unless_debugging`
    behind_a_return()  # >> async/blocking-call likely @`behind_a_return`
    behind_a_variable()  # >> async/blocking-call likely @`behind_a_variable`
    in_development()  # >> async/blocking-call likely @`in_development`
    in_production()  # >> async/blocking-call certain @`in_production`
    in_a_feature()  # >> async/blocking-call certain @`in_a_feature`
    in_a_handler()  # >> async/blocking-call certain @`in_a_handler`
    debugging_by_argument()  # >> quiet
    debugging_by_argument(True)  # >> async/blocking-call likely @`debugging_by_argument`
    if settings.DEBUG:
        time.sleep(1)  # >> async/blocking-call likely @`time.sleep`
    await asyncio.sleep(1)
