"""A set keeps the tasks."""
from __future__ import annotations

import asyncio
from typing import Any

background_tasks = set()


async def work() -> None: ...


class Service:
    async def start(self) -> None:
        if self:
            task = asyncio.create_task(
                work(),
            )
            background_tasks.add(task)
            task.add_done_callback(background_tasks.discard)

    async def stop(self, task: Any) -> None:
        background_task = asyncio.create_task(work())
        background_tasks.add(background_task)
        background_task.add_done_callback(background_tasks.discard)


async def last() -> None:
    job = asyncio.create_task(work())
    background_tasks.add(job)
    job.add_done_callback(background_tasks.discard)
