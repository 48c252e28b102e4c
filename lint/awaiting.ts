/** Putting `await` before a call where it stands. */
import type { CallView, FileView } from "../analysis/index.ts";
import type { TextEdit } from "./finding.ts";

/** The edits that await the value of `call` in place; null where no `await` may stand there. */
export function awaitInPlace(call: CallView, { path, text }: FileView): readonly TextEdit[] | null {
  if (!call.awaitable) return null;
  const { start, end } = call.span;
  // `await` binds weaker than what may follow the call: `.json()`, `[0]`, `** 2`.
  const enclosed = /^\s*(\.|\[|\(|\*\*)/.test(text.slice(end));
  return [
    { file: path, span: { start, end: start }, text: enclosed ? "(await " : "await " },
    ...(enclosed ? [{ file: path, span: { start: end, end }, text: ")" }] : []),
  ];
}
