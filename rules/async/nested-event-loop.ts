/** Event loops started where one already runs, seen through the project's own functions: that raises on every call. */
import { type CallView, type FileView, isTest, type LoopStart } from "../../analysis/index.ts";
import type { TextEdit } from "../../lint/finding.ts";
import { defineRule, type ReportFix } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "async/nested-event-loop",
  summary: "An event loop cannot be started inside of a running one",
  severity: "error",
  docs: {
    why: "A thread runs one event loop at a time. `asyncio.run` and its kin, reached from code that a loop runs, raise `RuntimeError` every time, and the coroutine they were given never runs. It often hides in a helper that was written for a script and is now called by a request handler; tests that call the helper from plain code pass.",
    instead:
      "Await the coroutine: `await load()` in place of `asyncio.run(load())`. A plain function in between becomes `async` too. Where it must stay plain, call it in a thread of its own: `await asyncio.to_thread(helper)`.",
    bad: `import asyncio


async def load(key):
    return key


def load_now(key):
    return asyncio.run(load(key))


async def show(key):
    return load_now(key)
`,
    good: `import asyncio


async def load(key):
    return key


def load_now(key):
    return asyncio.run(load(key))


async def show(key):
    return await load(key)


if __name__ == "__main__":
    print(load_now("a"))
`,
    silentWhen: [
      "the function does not run on an event loop, or nobody knows that it does: scripts, commands, plain `def` endpoints, tasks of a worker",
      "the work is handed to a thread: `asyncio.to_thread(helper)`",
      "a function in between does it only under a condition; or a test calls it, whose mocks may stand in between",
      "the code asks first whether a loop runs (`asyncio.get_running_loop()` in a `try`, `loop.is_running()`), or expects the `RuntimeError`",
      "the project uses a library that makes loops inside of loops possible",
    ],
  },
  options: {},
  on: "function",
  *check(fn, { file }) {
    if (fn.runsOn.where !== "loop") return;
    for (const call of fn.calls) {
      const start = call.startsLoop();
      if (!start) continue;
      const { path } = start;
      // Tests replace what stands in between with mocks.
      if (path.length > 0 && isTest(file.path)) continue;
      const away =
        path.length === 0 ? "" : `, ${path.length === 1 ? "one call" : `${path.length} calls`} further down,`;
      yield {
        at: call.calleeSpan,
        message: `\`${call.text}\` starts an event loop${away} where one already runs: this raises RuntimeError`,
        confidence: "certain",
        path,
        fixes: fixes(call, start, file),
      };
    }
  },
});

function fixes(call: CallView, { awaitable }: LoopStart, file: FileView): readonly ReportFix[] {
  if (!awaitable || !call.awaitable) return [];
  return [
    { title: `Await it in place of \`${call.text}\``, safe: true, edits: () => awaitInstead(call, awaitable, file) },
  ];
}

/** `await x` over `run(x)`, in parentheses where something follows that binds stronger. */
function awaitInstead(
  call: CallView,
  { span, needsBrackets }: NonNullable<LoopStart["awaitable"]>,
  { path, text }: FileView,
): readonly TextEdit[] {
  const argument = text.slice(span.start, span.end);
  const value = `await ${needsBrackets ? `(${argument})` : argument}`;
  const enclosed = /^\s*(\.|\[|\(|\*\*)/.test(text.slice(call.span.end));
  return [{ file: path, span: call.span, text: enclosed ? `(${value})` : value }];
}
