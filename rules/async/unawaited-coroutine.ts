/** Coroutines that are made and never awaited: their body never runs, and nothing fails but a line in a log. */
import type { ValueUse } from "../../analysis/index.ts";
import { awaitInPlace } from "../../lint/awaiting.ts";
import { defineRule } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "async/unawaited-coroutine",
  summary: "A coroutine that nobody awaits never runs",
  severity: "warning",
  docs: {
    why: "Calling an `async def` runs nothing: it gives a coroutine, and only `await` (or a task) runs its body. Without it the mail is not sent, the row not written, and a check such as `if is_allowed(user):` always passes, because a coroutine is true. No exception says so; there is a warning in the log when the garbage collector comes by.",
    instead:
      "Await it: `await send(mail)`. To let it run beside the rest, make it a task and keep the task: `tasks.create_task(send(mail))` on a task group. Where the caller is a plain `def`, make that `async` too.",
    bad: `async def is_allowed(user):
    return user == "admin"


async def delete(user, order):
    if is_allowed(user):
        print("deleted", order)
`,
    good: `async def is_allowed(user):
    return user == "admin"


async def delete(user, order):
    if await is_allowed(user):
        print("deleted", order)
`,
    silentWhen: [
      "the coroutine is passed on, returned, stored, put into a list, made a task, or awaited later through its name",
      "the callee cannot be resolved, or is a variable that may hold something else",
      "a decorator nobody knows makes something of the function, or a subclass overrides it with a plain method",
      "the library starts the work by itself, so that awaiting only waits for it (`loop.run_in_executor`)",
    ],
  },
  options: {},
  on: "function",
  *check(fn, { file }) {
    for (const call of fn.calls) {
      if (call.awaited || call.gives !== "coroutine") continue;
      const use = call.use();
      if (use.kind === "other") continue;
      yield {
        at: call.calleeSpan,
        message: `\`${call.text}\` gives a coroutine ${OUTCOMES[use.kind](use)}`,
        confidence: "certain",
        path: [],
        fixes: call.awaitable
          ? [{ title: `Await \`${call.text}\``, safe: true, edits: () => awaitInPlace(call, file) }]
          : [],
      };
    }
  },
});

const OUTCOMES: Readonly<Record<Exclude<ValueUse["kind"], "other">, (use: ValueUse) => string>> = {
  discarded: () => "that nobody awaits: nothing of it runs",
  unused: ({ name }) => `that \`${name}\` holds and nobody awaits: nothing of it runs`,
  condition: (use) => `that is tested${through(use)} instead of awaited: it is always true, and nothing of it runs`,
  comparison: (use) => `that is compared${through(use)} instead of awaited: it equals nothing, and nothing of it runs`,
  text: (use) => `that is put into text${through(use)} instead of awaited: "<coroutine object ...>"`,
  operand: (use) => `that is used${through(use)} as if it were the result: this raises, and nothing of it runs`,
};

function through({ name }: ValueUse): string {
  return name === null ? "" : ` as \`${name}\``;
}
