/** HTTP clients that are not closed on every way out of the function that made them. */
import { leakReports } from "../../lint/leaks.ts";
import { defineRule } from "../../lint/rule.ts";

const WATCHED = new Set(["http client"]);

export const rule = defineRule({
  id: "http/leaked-client",
  summary: "An HTTP client that is made for one call and never closed leaks its connections",
  severity: "warning",
  docs: {
    why: "A client keeps a pool of open connections, often a thread or a certificate store too. Made for one request and dropped, all of that stays until the garbage collector comes by, and under load it comes too late: sockets and file handles run out. Every call also pays for a new handshake.",
    instead:
      "Make one client when the application starts, keep it and close it at shutdown. Where one call needs its own, open it in `with` or `async with`.",
    bad: `import httpx


async def rate(currency):
    client = httpx.AsyncClient()
    reply = await client.get(f"https://rates.example/{currency}")
    return reply.json()
`,
    good: `import httpx


async def rate(currency):
    async with httpx.AsyncClient() as client:
        reply = await client.get(f"https://rates.example/{currency}")
    return reply.json()


class Rates:
    def __init__(self):
        self.client = httpx.AsyncClient()

    async def close(self):
        await self.client.aclose()
`,
    silentWhen: [
      "it is closed by `with`, in `finally`, or on every way out",
      "it is returned, yielded, stored, captured, or handed to something that may close it",
      "it is made once for the whole module",
    ],
  },
  options: {},
  on: "function",
  check: (fn, { file }) => leakReports(fn, file, WATCHED),
});
