import asyncio
from unittest.mock import patch

import service


async def test_show() -> None:
    with patch("service.asyncio.run", return_value=2):
        assert service.load_now() == 2  # >> quiet
    asyncio.run(service.load())  # >> async/nested-event-loop @`asyncio.run`
