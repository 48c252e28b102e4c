"""Asyncer. Stated as documented for 0.0.8."""
from typing import Awaitable, Callable, TypeVar

from verbs import offloads

T = TypeVar("T")

@offloads("function", runner="any")
def asyncify(function: Callable[..., T], *, abandon_on_cancel=..., cancellable=..., limiter=...) -> Callable[..., Awaitable[T]]: ...
def syncify(async_function: Callable[..., T], raise_sync_error=...) -> Callable[..., T]: ...
def runnify(async_function, backend=..., backend_options=...): ...
