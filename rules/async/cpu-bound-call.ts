/** Calls that compute on the event loop's thread for long enough to be felt: password hashing, images, documents, data frames, models. */
import { callsHoldingLoop, type HoldingKind } from "../../lint/event-loop.ts";
import { defineRule } from "../../lint/rule.ts";

const KINDS: ReadonlySet<HoldingKind> = new Set(["cpu"]);

export const rule = defineRule({
  id: "async/cpu-bound-call",
  summary: "A long computation on the event loop makes every request wait for it",
  severity: "information",
  docs: {
    why: "One thread serves all requests of an async application. Hashing a password takes it for a tenth of a second or more, resizing an image, reading a spreadsheet or asking a model for longer; meanwhile no other request moves. How long depends on the data, so it shows in production first.",
    instead:
      "Await it in a worker thread: `await asyncio.to_thread(function, argument)`. Libraries written in C let other threads run while they compute. What computes in Python itself belongs in a process of its own: `loop.run_in_executor(process_pool, function, argument)`, or a task queue.",
    bad: `import bcrypt
from fastapi import FastAPI

app = FastAPI()


def is_right(password, stored):
    return bcrypt.checkpw(password, stored)


@app.post("/login")
async def login(password: str):
    return is_right(password.encode(), b"...")
`,
    good: `import asyncio

import bcrypt
from fastapi import FastAPI

app = FastAPI()


def is_right(password, stored):
    return bcrypt.checkpw(password, stored)


@app.post("/login")
async def login(password: str):
    return await asyncio.to_thread(is_right, password.encode(), b"...")
`,
    silentWhen: [
      "the function does not run on an event loop, or nobody knows that it does",
      "the work is handed over uncalled, to a thread or to a process",
      "the call also waits for something, such as the network: `async/blocking-call` tells that",
      "nobody has said that a library's function computes for long",
    ],
  },
  options: {},
  on: "function",
  check: (fn, { file }) => callsHoldingLoop(fn, file, KINDS),
});
