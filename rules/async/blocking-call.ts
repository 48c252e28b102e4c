/** Calls that hold the event loop's thread while something outside of it answers, seen through the project's own functions. */
import { callsHoldingLoop, type HoldingKind } from "../../lint/event-loop.ts";
import { defineRule } from "../../lint/rule.ts";

const KINDS: ReadonlySet<HoldingKind> = new Set(["network", "database", "clock", "process", "lock", "input"]);

export const rule = defineRule({
  id: "async/blocking-call",
  summary: "A blocking call on the event loop stops every request at once",
  severity: "warning",
  docs: {
    why: "One thread serves all requests of an async application. While a call on it waits - for a network or database reply, another process, a lock, the clock - no other request moves, timeouts pass and health checks fail. The call may stand in a helper several modules away: what counts is that it runs on the loop. Where an abstract method is called, that of a protocol included, one implementation that waits is enough: the finding is likely then and names it.",
    instead:
      "Await the asynchronous counterpart (`asyncio.sleep`, `httpx.AsyncClient`, an async database driver). Where there is none, hand the call to a worker thread: `await asyncio.to_thread(function, argument)`. A helper that is called in async functions only can be `async` itself; one fix makes it so and awaits every call of it, in all files. An endpoint that only does blocking work may also be a plain `def`: FastAPI and Starlette then run it in a thread by themselves.",
    bad: `import time

from fastapi import FastAPI

app = FastAPI()


def settle(seconds):
    time.sleep(seconds)


@app.get("/orders")
async def orders():
    settle(2)
    return []
`,
    good: `import asyncio
import time

from fastapi import FastAPI

app = FastAPI()


def settle(seconds):
    time.sleep(seconds)


@app.get("/orders")
async def orders():
    await asyncio.to_thread(settle, 2)
    return []


@app.get("/invoices")
def invoices():
    settle(2)
    return []
`,
    silentWhen: [
      "the function does not run on an event loop, or nobody knows that it does: plain `def` endpoints of FastAPI, views of Django and Flask, tasks of a worker, scripts",
      "the work is handed over uncalled: `asyncio.to_thread(f)`, `run_in_executor`, `run_in_threadpool`, `sync_to_async(f)`",
      "the callee cannot be resolved, or a library is unknown",
      "it depends on which implementation of an abstract method is in use, and there are more than twelve, or the call stands in a test; implementations that are stand-ins (`FakeStore`, `InMemoryStore`, classes under `tests`) do not count",
      "it happens once for the process and is kept: `if not _ready: …; _ready = True` with a global, `cache[key] = made`, `functools.lru_cache`",
      "it was asked about first: `if not queue.empty(): queue.get()`, `if future.done(): future.result()`",
      "it stands where no loop runs: `try: asyncio.get_running_loop() except RuntimeError:`",
      "the branch it stands in is not taken for the arguments of the call: `def work(wait=False): if wait: time.sleep(1)`",
      "it sleeps for less than five milliseconds",
      "it waits only for the disk or computes: `async/blocking-file-io` and `async/cpu-bound-call` tell that, with less alarm",
    ],
  },
  options: {},
  on: "function",
  check: (fn, { file }) => callsHoldingLoop(fn, file, KINDS),
});
