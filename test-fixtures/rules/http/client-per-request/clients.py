"""HTTP clients made for each request, and near misses."""
import os

import aiohttp
import httpx
import requests
from fastapi import Depends, FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()
shared = httpx.AsyncClient()  # >> quiet
PAGES = "https://pages.example"
TOKEN = os.environ["TOKEN"]


@app.get("/rate")
async def rate(currency: str):
    async with httpx.AsyncClient() as client:  # >> http/client-per-request @`httpx.AsyncClient()` "an http client anew for each request that `rate` serves"
        return (await client.get(f"https://rates.example/{currency}")).json()


async def fetch(name: str, timeout: float):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(timeout)) as session:  # >> http/client-per-request via `fetch`
        url = f"{PAGES}/{name}"
        async with session.get(url) as reply:
            return await reply.json()


async def notify(hook: str):
    async with httpx.AsyncClient() as client:  # >> quiet
        await client.post(hook, json={"done": True})
        await client.post(url=f"{hook}/again", json={"done": True})


@app.get("/page")
async def page():
    results = []
    results.append(await fetch("index", 3))
    await notify("https://hooks.example")
    return results


@app.get("/headers")
def headers():
    with requests.Session() as session:  # >> http/client-per-request @`requests.Session()`
        return session.get("https://rates.example", headers={"token": TOKEN}).json()


async def get_client():
    async with httpx.AsyncClient(headers={"token": TOKEN}) as client:  # >> http/client-per-request
        yield client


@app.get("/injected")
async def injected(client: httpx.AsyncClient = Depends(get_client)):
    return (await client.get("https://rates.example")).json()


async def chunks():
    async with httpx.AsyncClient() as client:  # >> http/client-per-request via `chunks`
        async with client.stream("GET", "https://films.example") as reply:
            async for chunk in reply.aiter_bytes():
                yield chunk


@app.get("/film")
async def film():
    return StreamingResponse(chunks())


# --- near misses ---------------------------------------------------------------------------------------------------------


@app.get("/tenant")
async def tenant(base: str, token: str):
    async with httpx.AsyncClient(base_url=base, headers={"token": token}) as client:  # >> quiet
        return (await client.get("/")).json()


@app.get("/signed-in")
def signed_in(token: str):
    with requests.Session() as session:  # >> quiet
        session.headers.update({"token": token})
        return session.get("https://rates.example").json()


@app.get("/proxied")
async def proxied():
    transport = httpx.AsyncHTTPTransport(retries=1)
    async with httpx.AsyncClient(transport=transport) as client:  # >> quiet
        return (await client.get("https://rates.example")).json()


class Rates:
    def __init__(self, url: str) -> None:
        self.client = httpx.AsyncClient(base_url=url)  # >> quiet
        self.plain = httpx.AsyncClient()  # >> quiet


rates = Rates("https://rates.example")


@app.get("/kept")
async def kept():
    return (await rates.plain.get("https://rates.example")).json()


async def poll():
    """Started once, by nobody we know."""
    async with httpx.AsyncClient() as client:  # >> quiet
        await client.get("https://rates.example")


@app.on_event("startup")
async def warm_up():
    async with httpx.AsyncClient() as client:  # >> quiet
        await client.get("https://rates.example")


def command():
    with requests.Session() as session:  # >> quiet
        print(session.get("https://rates.example"))


if __name__ == "__main__":
    command()
