"""No block is offered where it could not stand, or where what leaves the function is read bit by bit."""
from collections.abc import AsyncIterator

import httpx
from openai import AsyncOpenAI, OpenAI


def closed_with_await(url: str):
    client = httpx.AsyncClient()  # >> http/leaked-client @`httpx.AsyncClient()` no fix "Open it in async with"
    return client.build_request("GET", url)


async def awaited(url: str):
    client = httpx.AsyncClient()  # >> http/leaked-client @`httpx.AsyncClient()` fix "Open it in async with"
    reply = await client.get(url)
    return reply.json()


async def streamed(question: str) -> AsyncIterator[str]:
    client = AsyncOpenAI()  # >> http/leaked-client @`AsyncOpenAI()` no fix "Open it in async with"
    return await client.chat.completions.create(model="m", messages=[{"role": "user", "content": question}])


def streamed_by_argument(question: str):
    client = OpenAI()  # >> http/leaked-client @`OpenAI()` no fix "Open it in with"
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": question}], stream=True)


def streamed_and_read_here(question: str):
    client = OpenAI()  # >> http/leaked-client @`OpenAI()` fix "Open it in with"
    words = client.chat.completions.create(model="m", messages=[{"role": "user", "content": question}], stream=True)
    for word in words:
        yield word.id


def answered(question: str):
    client = OpenAI()  # >> http/leaked-client @`OpenAI()` fix "Open it in with"
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": question}], stream=False)
