"""sse-starlette. Checked against 2.1."""
from typing import Any

from verbs import module, offloads, owns, streams

from starlette.responses import Response

class ServerSentEvent:
    def __init__(self, data: Any = ..., *, event=..., id=..., retry=..., comment=..., sep=...) -> None: ...
    def encode(self) -> bytes: ...
class EventSourceResponse(Response):
    @owns("content")
    @offloads("content")
    @streams("content")
    def __init__(self, content, status_code=..., headers=..., media_type=..., background=..., ping=..., sep=..., ping_message_factory=..., data_sender_callable=..., send_timeout=..., client_close_handler_callable=...) -> None: ...

with module("sse_starlette.sse"):
    from sse_starlette import EventSourceResponse, ServerSentEvent
with module("sse_starlette.event"):
    from sse_starlette import ServerSentEvent
