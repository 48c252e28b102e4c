"""Groq. Written from the documentation of 0.30; not run."""
from typing import Self

from verbs import awaits_twin, blocks, closes, opens

class _Completions:
    @blocks("a network reply", see="groq.AsyncGroq.chat.completions.create")
    def create(self, *args, **kwargs): ...
class _AsyncCompletions:
    async def create(self, *args, **kwargs): ...
class _Chat:
    completions: _Completions
class _AsyncChat:
    completions: _AsyncCompletions
class _Create:
    @blocks("a network reply", see="groq.AsyncGroq")
    def create(self, *args, **kwargs): ...
class _AsyncCreate:
    async def create(self, *args, **kwargs): ...
class _Audio:
    transcriptions: _Create
    translations: _Create
    speech: _Create
class _AsyncAudio:
    transcriptions: _AsyncCreate
    translations: _AsyncCreate
    speech: _AsyncCreate
@opens("http client", closed_by=["close", "with"])
@awaits_twin("groq.AsyncGroq")
class Groq:
    chat: _Chat
    audio: _Audio
    embeddings: _Create
    def __init__(self, *, api_key=..., **kwargs) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *args) -> None: ...
    @closes
    def close(self) -> None: ...
@opens("http client", closed_by=["close", "with"])
class AsyncGroq:
    chat: _AsyncChat
    audio: _AsyncAudio
    embeddings: _AsyncCreate
    def __init__(self, *, api_key=..., **kwargs) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *args) -> None: ...
    @closes
    async def close(self) -> None: ...
