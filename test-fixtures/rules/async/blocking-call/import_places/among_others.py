#!/usr/bin/env python
"""The import stands by name among the others of its kind."""
from __future__ import annotations

import abc
import time  # noqa
from pathlib import Path

import requests


async def load(url: str) -> tuple:
    return requests.get(url).content, abc, time, Path  # >> async/blocking-call @`requests.get`
