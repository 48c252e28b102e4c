"""What is prepared once for the process is not charged to everybody who asks for it."""
import threading

import requests

_rates = None
_ready = False
_lock = threading.Lock()
_mode = "slow"


def rates() -> dict:
    global _rates, _ready
    if not _ready:
        reply = requests.get("https://rates.example")
        _rates = reply.json()
        _ready = True
    return _rates


def rates_with_a_lock() -> dict:
    global _rates
    if _rates is None:
        with _lock:
            if _rates is None:
                reply = requests.get("https://rates.example")
                _rates = reply.json()
    return _rates


def rates_never_kept() -> dict:
    global _ready
    if not _ready:
        reply = requests.get("https://rates.example")
        return reply.json()
    return {}


def rates_by_mode() -> None:
    global _mode
    if _mode == "slow":
        requests.get("https://rates.example")
        _mode = "fast"


def rates_elsewhere() -> None:
    _ready = False
    if not _ready:
        requests.get("https://rates.example")
        _ready = True


async def handler() -> None:
    rates()  # >> quiet
    rates_with_a_lock()  # >> quiet
    rates_never_kept()  # >> async/blocking-call @`rates_never_kept`
    rates_by_mode()  # >> async/blocking-call @`rates_by_mode`
    rates_elsewhere()  # >> async/blocking-call @`rates_elsewhere`
