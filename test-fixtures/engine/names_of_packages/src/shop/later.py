"""What it has is imported when it is asked for; annotations see it all the same."""
import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .clients import Client, load


def __getattr__(name: str):
    return getattr(importlib.import_module(".clients", __package__), name)
