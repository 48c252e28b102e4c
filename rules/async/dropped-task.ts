/** Tasks that are started and let go: the loop holds them weakly, so they may vanish half-way, and nobody hears of their exception. */
import type { CallView, FileView, FunctionView, ValueUse } from "../../analysis/index.ts";
import type { TextEdit } from "../../lint/finding.ts";
import { defineRule } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "async/dropped-task",
  summary: "A task that nobody holds may vanish before it is done",
  severity: "warning",
  docs: {
    why: "The event loop keeps only a weak reference to its tasks. One that nobody else holds can be collected while it waits: the mail is sent on most days. An exception in it goes nowhere as well, but for a line in the log when the task is collected.",
    instead:
      "Keep the task until it is done: in a set from which it removes itself (`task.add_done_callback(tasks.discard)`), in an attribute, or by awaiting it later. A task group (`async with asyncio.TaskGroup() as group: group.create_task(...)`) keeps its tasks and hands on their exceptions.",
    bad: `import asyncio


async def notify(order):
    await asyncio.sleep(1)


async def place(order):
    asyncio.create_task(notify(order))
    return order
`,
    good: `import asyncio

background_tasks = set()


async def notify(order):
    await asyncio.sleep(1)


async def place(order):
    task = asyncio.create_task(notify(order))
    background_tasks.add(task)
    task.add_done_callback(background_tasks.discard)
    return order
`,
    silentWhen: [
      "a task group or nursery starts it, which keeps its tasks",
      "the task is stored, returned, awaited, gathered, passed on, or given a callback",
      "a local variable holds it while the function waits for something else",
    ],
  },
  options: {},
  on: "function",
  *check(fn, { file }) {
    for (const call of fn.calls) {
      if (call.awaited || call.gives !== "task") continue;
      const use = call.use();
      const dropped = use.kind === "discarded" || (use.kind === "unused" && use.ends);
      if (!dropped) continue;
      const held = use.name === null ? "nobody keeps" : `only \`${use.name}\` holds until this function ends`;
      yield {
        at: call.calleeSpan,
        message: `\`${call.text}\` starts a task that ${held}: it may vanish before it is done, and its exception with it`,
        confidence: "certain",
        path: [],
        fixes: [
          {
            title: "Keep the task in a set until it is done",
            safe: false,
            edits: () => keepInSet(call, use, fn, file),
          },
        ],
      };
    }
  },
});

const TASKS = "background_tasks";

/** A parameter or local of that name, as FastAPI's background tasks often are called, hides the set of the module from some functions. */
const BOUND_ELSEWHERE = new RegExp(
  `\\bdef\\s+\\w+\\s*\\((?:[^()]|\\([^()]*\\))*\\b${TASKS}\\b|^[ \\t]+${TASKS}\\s*(?::[^=\\n]+)?=(?!=)|\\b(?:for|as)\\s+${TASKS}\\b`,
  "m",
);

/** A module-level set holds the task; the task takes itself out when it is done. */
function keepInSet(call: CallView, use: ValueUse, fn: FunctionView, file: FileView): readonly TextEdit[] | null {
  const { path, text } = file;
  const statement = use.statement;
  if (!statement || statement.end !== call.span.end) return null;
  const lineStart = text.lastIndexOf("\n", statement.start - 1) + 1;
  const indent = text.slice(lineStart, statement.start);
  const behind = /^[^\n]*/.exec(text.slice(statement.end))![0];
  if (indent.trim() !== "" || !/^\s*(#.*)?$/.test(behind)) return null;
  const made = new RegExp(`^${TASKS}(\\s*:[^=\\n]+)?\\s*=\\s*set\\(\\)`, "m").test(text);
  if (made ? BOUND_ELSEWHERE.test(text) : file.bindings.has(TASKS) || new RegExp(`\\b${TASKS}\\b`).test(text))
    return null;
  const name = use.name ?? freeName(text.slice(fn.span.start, fn.span.end));
  if (name === null) return null;
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const at = statement.end + behind.trimEnd().length;
  const keep = [`${TASKS}.add(${name})`, `${name}.add_done_callback(${TASKS}.discard)`];
  const top = file.variableInsertion;
  const startsLine = top === 0 || text[top - 1] === "\n";
  return [
    ...(made ? [] : [insertion(path, top, `${startsLine ? "" : lineBreak}${lineBreak}${TASKS} = set()${lineBreak}`)]),
    ...(use.name === null ? [insertion(path, statement.start, `${name} = `)] : []),
    insertion(path, at, keep.map((line) => `${lineBreak}${indent}${line}`).join("")),
  ];
}

function freeName(body: string): string | null {
  return ["task", "background_task"].find((name) => !new RegExp(`\\b${name}\\b`).test(body)) ?? null;
}

function insertion(file: string, at: number, text: string): TextEdit {
  return { file, span: { start: at, end: at }, text };
}
