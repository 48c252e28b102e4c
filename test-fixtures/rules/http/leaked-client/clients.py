"""Clients made for one call: closed, kept, or lost."""
import aiohttp
import httpx
import requests
from openai import AsyncOpenAI

shared = httpx.Client()


def one_call(url):
    client = httpx.Client()  # >> http/leaked-client @`httpx.Client()` "never closed"
    return client.get(url).json()


def closed_if_all_goes_well(url):
    session = requests.Session()  # >> http/leaked-client @`requests.Session()` "stays open"
    reply = session.get(url)
    session.close()
    return reply


async def inline(url):
    return await aiohttp.ClientSession().get(url)  # >> http/leaked-client @`aiohttp.ClientSession()`


async def ask(prompt):
    client = AsyncOpenAI()  # >> http/leaked-client @`AsyncOpenAI()`
    return await client.responses.create(model="m", input=prompt)


async def scoped(url):
    async with httpx.AsyncClient() as client:  # >> quiet
        return await client.get(url)


def closed(url):
    client = httpx.Client()  # >> quiet
    try:
        return client.get(url)
    finally:
        client.close()


def make():
    return httpx.Client()  # >> quiet


def with_made(url):
    with make() as client:  # >> quiet
        return client.get(url)


class Keeps:
    def __init__(self):
        self.client = httpx.Client()  # >> quiet


def borrowed(url):
    return shared.get(url)  # >> quiet


async def streamed(prompt):
    """Whoever reads the stream needs the client: no `with` around its making would do."""
    client = AsyncOpenAI()  # >> http/leaked-client @`AsyncOpenAI()` no fix "Open it in async with"
    stream = await client.chat.completions.create(model="m", messages=[prompt], stream=True)
    return stream


async def streamed_here(prompt):
    client = AsyncOpenAI()  # >> http/leaked-client @`AsyncOpenAI()` fix "Open it in async with"
    words = []
    stream = await client.chat.completions.create(model="m", messages=[prompt], stream=True)
    async for word in stream:
        words.append(word)
    return words
