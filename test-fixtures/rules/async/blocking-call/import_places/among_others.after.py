#!/usr/bin/env python
"""The import stands by name among the others of its kind."""
from __future__ import annotations

import abc
import asyncio
import time  # noqa
from pathlib import Path

import requests


async def load(url: str) -> tuple:
    return (await asyncio.to_thread(requests.get, url)).content, abc, time, Path
