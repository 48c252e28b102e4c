/** HTTP clients made in code that runs for each request, closed or not. */
import { rebuildReports } from "../../lint/rebuilding.ts";
import { defineRule } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "http/client-per-request",
  summary: "An HTTP client that is made for each request keeps no connection alive",
  severity: "information",
  optIn: true,
  docs: {
    why: "A client keeps connections open, so that the next call to the same host needs no new TCP and TLS handshake; making one loads a certificate store besides. Made anew for each request and closed at its end, it does all of that every time, and a busy service piles up sockets that wait to be closed. This rule has to be asked for: nothing is left open, and how much it costs depends on how often a handler is called, which the code does not tell. Ask for it where requests are many.",
    instead:
      "Make one client when the application starts (at the top of a module, or in the lifespan), share it, close it at shutdown. What differs from call to call (headers, a timeout) can be given with the call.",
    bad: `import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/rates/{currency}")
async def rate(currency: str):
    async with httpx.AsyncClient() as client:
        reply = await client.get(f"https://rates.example/{currency}")
    return reply.json()
`,
    good: `from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with httpx.AsyncClient() as app.state.client:
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/rates/{currency}")
async def rate(currency: str):
    reply = await app.state.client.get(f"https://rates.example/{currency}")
    return reply.json()
`,
    silentWhen: [
      "nobody knows that a handler or a dependency leads there: start-up, scripts, commands, workers, tests",
      "it is kept: in a global, an attribute, a container, or by a decorator that caches; or the answer is, so that it is made only where there is none yet",
      "all it is asked for goes to hosts that the function is told",
      "it is set up from parameters, `self` or the request (credentials, a proxy, a base URL), or its headers and cookies are set afterwards",
      "it is given a transport or a connector that somebody else made",
    ],
  },
  options: {},
  on: "function",
  check: (fn) =>
    rebuildReports(
      fn,
      (what) => what === "http client",
      () => "every one pays for new connections",
    ),
});
