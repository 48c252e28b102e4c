/** Calls that read, write or copy files on the event loop's thread: short on a fast disk, long on a slow one. */
import { callsHoldingLoop, type HoldingKind } from "../../lint/event-loop.ts";
import { defineRule } from "../../lint/rule.ts";

const CONTENT: ReadonlySet<HoldingKind> = new Set(["disk"]);
const CONTENT_AND_METADATA: ReadonlySet<HoldingKind> = new Set(["disk", "metadata"]);

export const rule = defineRule({
  id: "async/blocking-file-io",
  summary: "Reading or writing files on the event loop makes every request wait for the disk",
  severity: "information",
  docs: {
    why: "Files have no asynchronous reads and writes: a call waits until the disk has answered, and on the event loop every other request waits with it. That takes microseconds for a small file that was read before, and seconds for a large upload, a cold cache, or a network volume.",
    instead:
      "Put the whole work with the file - open, read or write, close - into one function and await it in a worker thread: `await asyncio.to_thread(save, path, content)`. What is read once at start may stay as it is, outside of handlers.",
    bad: `from pathlib import Path

from fastapi import FastAPI

app = FastAPI()


def load(name):
    return Path(name).read_text()


@app.get("/reports/{name}")
async def report(name: str):
    return {"text": load(name)}
`,
    good: `import asyncio
from pathlib import Path

from fastapi import FastAPI

app = FastAPI()


def load(name):
    return Path(name).read_text()


@app.get("/reports/{name}")
async def report(name: str):
    return {"text": await asyncio.to_thread(load, name)}
`,
    silentWhen: [
      "the function does not run on an event loop, or nobody knows that it does",
      "the work is handed over uncalled: `asyncio.to_thread(f)`, `run_in_executor`, `run_in_threadpool`, `sync_to_async(f)`",
      "the file was opened in the same function: the opening is reported, not each read and write",
      "the call also waits for something weightier, such as the network: `async/blocking-call` tells that",
      "only file metadata is asked for (`os.path.exists`), unless the option `metadata` is on",
    ],
  },
  options: {
    metadata: {
      type: "boolean",
      default: false,
      help: "report calls that only ask for file metadata, such as os.path.exists",
    },
  },
  on: "function",
  check: (fn, { file, options }) => callsHoldingLoop(fn, file, options.metadata ? CONTENT_AND_METADATA : CONTENT),
});
