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


key_kept = None


@app.get("/key")
async def key_kept_in_a_global():
    global key_kept
    if key_kept:
        return key_kept
    async with httpx.AsyncClient() as client:  # >> quiet
        key_kept = (await client.get("https://rates.example/key")).text
    return key_kept


@app.get("/key/again")
async def key_kept_by_nobody():
    global key_kept
    async with httpx.AsyncClient() as client:  # >> http/client-per-request @`httpx.AsyncClient()`
        key_kept = (await client.get("https://rates.example/key")).text
    return key_kept


@app.get("/status")
async def status_of_a_local():
    job = dict(TOKENS)
    if job.running:
        return None
    async with httpx.AsyncClient() as client:  # >> http/client-per-request @`httpx.AsyncClient()`
        reply = await client.get("https://rates.example/status")
    job.running = reply.text
    return job


TOKENS = {"token": TOKEN}


PAGES_KEPT = {}


@app.get("/page/kept")
async def page_kept(name: str):
    cached = PAGES_KEPT.get(name)
    if cached is not None:
        return cached
    async with httpx.AsyncClient() as client:  # >> quiet
        text = (await client.get(f"{PAGES}/{name}")).text
    PAGES_KEPT[name] = text
    return text


@app.get("/page/counted")
async def page_counted(name: str):
    counts = {}
    async with httpx.AsyncClient() as client:  # >> http/client-per-request @`httpx.AsyncClient()`
        counts[name] = len((await client.get(f"{PAGES}/{name}")).text)
    return counts


@app.get("/built")
async def built(url: str):
    async with httpx.AsyncClient() as client:  # >> quiet
        request = client.build_request("GET", url)
        return (await client.send(request)).text


class Device:
    def __init__(self, user: str, password: str) -> None:
        self.session = requests.Session()  # >> quiet
        self.session.auth = (user, password)


@app.get("/device")
def device(user: str, password: str):
    return Device(user, password).session.get("https://rates.example").json()


async def attempt(client: httpx.AsyncClient, url: str):
    return (await client.get(url)).json()


async def plugin(url: str):
    async with httpx.AsyncClient() as client:  # >> quiet
        return await attempt(client, url)


async def plugin_at_home():
    async with httpx.AsyncClient() as client:  # >> http/client-per-request via `plugin_at_home`
        url = f"{PAGES}/plugin"
        return await attempt(client, url)


@app.get("/plugin")
async def plugins(url: str):
    return await plugin(url), await plugin_at_home()


class Regions:
    def __init__(self, region: str, base: str | None) -> None:
        self.region = region
        self.base = base

    async def voices(self):
        url = f"https://{self.region}.voices.example"
        if self.base:
            url = f"{(self.base or '').rstrip('/')}/voices"
        async with httpx.AsyncClient() as client:  # >> quiet
            return (await client.get(url)).json()


@app.get("/voices")
async def voices(region: str):
    return await Regions(region, None).voices()


@app.get("/probe")
async def probe(key: str):
    async with httpx.AsyncClient() as client:  # >> quiet
        address = shared.address_of(key)
        await client.get(f"{address}/ready")


@app.get("/callback")
async def callback(code: str):
    async with httpx.AsyncClient() as client:  # >> quiet
        told = (await client.get(code)).json()
        url = told.get("callback")
        await client.get(url + "?answer=1")

def command():
    with requests.Session() as session:  # >> quiet
        print(session.get("https://rates.example"))


if __name__ == "__main__":
    command()
