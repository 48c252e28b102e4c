/** Calls that hold the event loop's thread while something outside of it answers, seen through the project's own functions. */
import type { BlockingWork, CallView, FileView } from "../../analysis/index.ts";
import type { TextEdit } from "../../lint/finding.ts";
import { importedName } from "../../lint/imports.ts";
import { defineRule, type Report, type ReportFix } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "async/blocking-call",
  summary: "A blocking call on the event loop stops every request at once",
  severity: "warning",
  docs: {
    why: "One thread serves all requests of an async application. While a call on it waits - for a network or database reply, the disk, a lock, or a long computation - no other request moves, timeouts pass and health checks fail. The call may stand in a helper several modules away: what counts is that it runs on the loop.",
    instead:
      "Await the asynchronous counterpart (`asyncio.sleep`, `httpx.AsyncClient`, an async database driver). Where there is none, hand the call to a worker thread: `await asyncio.to_thread(function, argument)`. An endpoint that only does blocking work may also be a plain `def`: FastAPI and Starlette then run it in a thread by themselves.",
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
      "the function does not run on an event loop, or nobody knows that it does: plain `def` endpoints, tasks of a worker, scripts",
      "the work is handed over uncalled: `asyncio.to_thread(f)`, `run_in_executor`, `run_in_threadpool`, `sync_to_async(f)`",
      "the callee cannot be resolved, or a library is unknown",
      "only file metadata is asked for (`os.path.exists`), unless the option `metadata` is on",
    ],
  },
  options: {
    disk: { type: "boolean", default: true, help: "report reading, writing and copying files" },
    cpu: { type: "boolean", default: true, help: "report long computations such as password hashing" },
    metadata: {
      type: "boolean",
      default: false,
      help: "report calls that only ask for file metadata, such as os.path.exists",
    },
  },
  on: "function",
  *check(fn, { file, options }) {
    if (fn.runsOn.where !== "loop") return;
    const reported = new Set<number>();
    let diskReported = false;
    for (const call of fn.calls) {
      const work = call.blocking().find(({ kind }) => options[kind] !== false);
      if (!work || reported.has(call.span.start)) continue;
      // Reads and writes of a file that was opened here are told by its opening.
      if (work.kind === "disk" && work.likely && diskReported) continue;
      reported.add(call.span.start);
      if (work.kind === "disk" && !work.likely) diskReported = true;
      yield report(call, work, file);
    }
  },
});

function report(call: CallView, work: BlockingWork, file: FileView): Report {
  const path = call.pathTo(work);
  const does = work.kind === "cpu" ? `does ${work.what}` : `waits for ${work.what}`;
  const through = path.length > 0 ? `, ${path.length === 1 ? "one call" : `${path.length} calls`} further down` : "";
  return {
    at: call.calleeSpan,
    message: `${call.text} ${does}${through}; meanwhile the event loop stands still`,
    confidence: work.likely ? "likely" : "certain",
    path,
    fixes: call.awaitable ? fixes(call, file) : [],
  };
}

function fixes(call: CallView, file: FileView): readonly ReportFix[] {
  const { instead } = call;
  const found: ReportFix[] = [];
  if (instead !== null)
    found.push({ title: `Await ${instead} instead`, safe: true, edits: () => awaitTwin(call, instead, file) });
  found.push({
    title: `Run ${call.text} in a thread with asyncio.to_thread`,
    safe: false,
    edits: () => runInThread(call, file),
  });
  return found;
}

function awaitTwin(call: CallView, instead: string, file: FileView): readonly TextEdit[] | null {
  const twin = importedName(file, instead);
  if (!twin) return null;
  const [before, after] = parentheses(call, file.text);
  return [
    ...twin.edits,
    { file: file.path, span: call.calleeSpan, text: `${before}await ${twin.name}` },
    ...(after ? [{ file: file.path, span: { start: call.span.end, end: call.span.end }, text: after }] : []),
  ];
}

function runInThread(call: CallView, file: FileView): readonly TextEdit[] | null {
  const toThread = importedName(file, "asyncio.to_thread");
  const { text } = file;
  const open = text.indexOf("(", call.calleeSpan.end);
  const first = call.argumentSpans[0];
  // `f(x for x in y)` shares its parentheses with the generator.
  if (!toThread || open < 0 || (first && first.start <= open)) return null;
  const [before, after] = parentheses(call, text);
  const { start } = call.calleeSpan;
  return [
    ...toThread.edits,
    { file: file.path, span: { start, end: start }, text: `${before}await ${toThread.name}(` },
    { file: file.path, span: { start: call.calleeSpan.end, end: open + 1 }, text: first ? ", " : "" },
    ...(after ? [{ file: file.path, span: { start: call.span.end, end: call.span.end }, text: after }] : []),
  ];
}

/** `await` binds weaker than what may follow the call: `.json()`, `[0]`, `** 2`. */
function parentheses(call: CallView, text: string): readonly [string, string] {
  const next = text.slice(call.span.end).match(/^\s*(\.|\[|\(|\*\*)/);
  return next ? ["(", ")"] : ["", ""];
}
