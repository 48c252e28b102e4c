/**
 * Fixes that take a call off the event loop: await what is awaitable, hand the call to a thread, or let the framework run the whole handler in one.
 *
 * Only the first of these, where the library has a drop-in, leaves the program as it was for everybody; the others are offered and never applied in
 * bulk. Each refuses where the result would not be Python, or would move the wait instead of curing it.
 */
import type { BlockingWork, CallView, FileView, FunctionView, Span } from "../analysis/index.ts";
import type { TextEdit } from "./finding.ts";
import { importedName } from "./imports.ts";
import type { ReportFix } from "./rule.ts";

type ThreadRunner = NonNullable<ReturnType<FileView["threadRunner"]>>;

/** The cures of one call, best first. `alone`: nothing else in the function waits on its value, so that it can wait elsewhere by itself. */
export function curesFor(
  call: CallView,
  work: BlockingWork,
  fn: FunctionView,
  file: FileView,
  alone: boolean,
): readonly ReportFix[] {
  const plain: ReportFix = {
    title: `Make ${nameOf(fn)} a plain def, which its framework runs in a thread`,
    safe: false,
    edits: () => makePlain(fn, file),
  };
  if (!call.awaitable) return [plain];
  const { cures, thread } = waysToAwait(call, work, file, alone);
  // Where something can be awaited, the handler has a reason to stay what it is.
  const keepsAsync = fn.calls.some((each) => each.instead !== null);
  return keepsAsync ? [...cures, ...thread, plain] : [...cures, plain, ...thread];
}

/** How a call may be awaited where it stands: an awaitable that does the same, or a thread. */
export function waysToAwait(
  call: CallView,
  work: BlockingWork,
  file: FileView,
  alone: boolean,
): { readonly cures: readonly ReportFix[]; readonly thread: readonly ReportFix[] } {
  const { instead, text } = call;
  const cures: ReportFix[] = [];
  if (instead !== null)
    cures.push({ title: `Await ${instead} instead`, safe: true, edits: () => awaitDropIn(call, instead, file) });
  const sibling = call.sibling();
  if (sibling)
    cures.push({ title: `Await ${sibling.name} instead`, safe: false, edits: () => awaitSibling(call, sibling, file) });
  const runner = file.threadRunner(work.kind);
  const thread: readonly ReportFix[] =
    runner === null || !alone || !call.movable
      ? []
      : [
          {
            title: `Run ${text} in a thread with ${runner.name}`,
            safe: false,
            edits: () => runInThread(call, runner, file),
          },
        ];
  return { cures, thread };
}

function nameOf({ qualifiedName }: FunctionView): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1);
}

function awaitDropIn(call: CallView, instead: string, file: FileView): readonly TextEdit[] | null {
  const twin = importedName(file, instead);
  return twin && [...twin.edits, ...awaitAs(call, twin.name, call.calleeSpan, file)];
}

function awaitSibling(
  call: CallView,
  { name, at, dotted }: NonNullable<ReturnType<CallView["sibling"]>>,
  file: FileView,
): readonly TextEdit[] | null {
  const imported = dotted === null ? { name, edits: [] } : importedName(file, dotted, { member: true });
  return imported && [...imported.edits, ...awaitAs(call, imported.name, at, file)];
}

/** Awaits the call with `name` written over `at`, the end of its callee. */
function awaitAs(call: CallView, name: string, at: Span, { path, text }: FileView): readonly TextEdit[] {
  const [before, after] = parentheses(call, text);
  const { start } = call.calleeSpan;
  const kept = text.slice(start, at.start);
  return [
    { file: path, span: { start, end: at.end }, text: `${before}await ${kept}${name}` },
    ...(after ? [insertion(path, call.span.end, after)] : []),
  ];
}

function runInThread(call: CallView, runner: ThreadRunner, file: FileView): readonly TextEdit[] | null {
  const run = importedName(file, runner.name);
  const { text, path } = file;
  const { start, end } = call.calleeSpan;
  const open = text.indexOf("(", end);
  const first = call.argumentSpans[0];
  // Brackets around the callee, or shared with a generator, `f(x for x in y)`, would have to be moved along.
  if (!run || open < 0 || text.slice(end, open).trim() !== "" || start !== call.span.start) return null;
  if (first && first.start <= open) return null;
  const [before, after] = parentheses(call, text);
  if (runner.form === "wrap")
    return [
      ...run.edits,
      insertion(path, start, `${before}await ${run.name}(`),
      insertion(path, end, ")"),
      ...(after ? [insertion(path, call.span.end, after)] : []),
    ];
  const keywords = call.argumentSpans.some((span) => /^(\w+\s*=(?!=)|\*\*)/.test(text.slice(span.start, span.end)));
  const partial = keywords && !runner.keywords ? importedName(file, "functools.partial") : undefined;
  if (partial === null) return null;
  const gap = first ? text.slice(open + 1, first.start) : "";
  const joint = !first
    ? { file: path, span: { start: end, end: open + 1 }, text: "" }
    : gap.trim() === "" && !gap.includes("\n")
      ? { file: path, span: { start: end, end: first.start }, text: ", " }
      : { file: path, span: { start: end, end: open + 1 }, text: "," };
  const closing = `${partial ? ")" : ""}${after}`;
  return [
    ...run.edits,
    ...(partial?.edits ?? []),
    insertion(path, start, `${before}await ${run.name}(${partial ? `${partial.name}(` : ""}`),
    joint,
    ...(closing ? [insertion(path, call.span.end, closing)] : []),
  ];
}

function makePlain(fn: FunctionView, { path, text }: FileView): readonly TextEdit[] | null {
  const head = /\basync\s+(?=def\s+$)/.exec(text.slice(fn.span.start, fn.nameSpan.start));
  if (!head || !fn.couldBePlain()) return null;
  const start = fn.span.start + head.index;
  return [{ file: path, span: { start, end: start + head[0].length }, text: "" }];
}

/** `await` binds weaker than what may follow the call: `.json()`, `[0]`, `** 2`. */
function parentheses(call: CallView, text: string): readonly [string, string] {
  const next = text.slice(call.span.end).match(/^\s*(\.|\[|\(|\*\*)/);
  return next ? ["(", ")"] : ["", ""];
}

function insertion(file: string, at: number, text: string): TextEdit {
  return { file, span: { start: at, end: at }, text };
}
