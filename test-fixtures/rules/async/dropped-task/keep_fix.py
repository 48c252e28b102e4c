"""A set keeps the tasks."""
from __future__ import annotations

import asyncio
from typing import Any


async def work() -> None: ...


class Service:
    async def start(self) -> None:
        if self:
            asyncio.create_task(  # >> async/dropped-task
                work(),
            )

    async def stop(self, task: Any) -> None:
        asyncio.create_task(work())  # >> async/dropped-task


async def last() -> None:
    job = asyncio.create_task(work())  # >> async/dropped-task
