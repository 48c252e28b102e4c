"""Groq. Checked against the source of 1.6.0."""
from typing import Self

from verbs import awaits_twin, blocks, closes, module, opens

class Completions:
    @blocks("a network reply", see="groq.AsyncGroq.chat.completions.create")
    def create(self, *args, **kwargs): ...
class AsyncCompletions:
    async def create(self, *args, **kwargs): ...
class _Chat:
    completions: Completions
class _AsyncChat:
    completions: AsyncCompletions
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
with module("groq.resources.chat"):
    from groq import AsyncCompletions, Completions
with module("groq.resources.chat.completions"):
    from groq import AsyncCompletions, Completions
