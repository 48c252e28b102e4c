/**
 * The fix for the root of several findings: a helper that waits becomes an `async def`, and everybody who calls it awaits it.
 *
 * It is offered only where the engine has seen every call, and where each call in the helper that waits can be awaited, too: as an awaitable that
 * does the same, or in a thread. A helper with more than a few calls for a thread is left to be handed to one as a whole, at its callers. Never applied in
 * bulk: from now on other tasks run while the helper waits.
 */
import type { AsyncForm, CallView, FileView, FunctionView, Span } from "../analysis/index.ts";
import { awaitInPlace } from "./awaiting.ts";
import type { TextEdit } from "./finding.ts";
import { holdingCalls, isTold } from "./holding-calls.ts";
import { waysToAwait } from "./off-loop.ts";
import type { ReportFix } from "./rule.ts";

/** More trips to a thread than this within one helper cost more than one trip with the whole of it. */
const MOST_TRIPS = 3;

/** The fix for a call of a plain helper; none where the call runs anything else. `metadata`: calls that ask for file metadata count as waiting. */
export function makeHelperAsync(call: CallView, metadata: boolean): readonly ReportFix[] {
  const helper = call.runs();
  if (!helper || helper.isAsync) return [];
  let plan: Plan | null | undefined;
  const made = (): Plan | null => {
    // A helper that has an awaitable twin already is not made into another one.
    if (plan === undefined) plan = call.sibling() ? null : planFor(helper, metadata);
    return plan;
  };
  return [
    {
      get title() {
        return titleFor(helper, made()?.form ?? null);
      },
      safe: false,
      root: helper.id,
      edits: () => made()?.edits ?? null,
    },
  ];
}

/** Where in a plain function its fix is offered: on its name, and on what waits in it. */
export function rootPlaces(fn: FunctionView): readonly Span[] {
  const at = startOfDef(fn);
  const waits = holdingCalls(fn, false).calls.map(({ call }) => call.calleeSpan);
  return at === null || waits.length === 0 ? [] : [{ start: at, end: fn.nameSpan.end }, ...waits];
}

interface Plan {
  readonly form: AsyncForm;
  readonly edits: readonly TextEdit[];
}

function titleFor({ qualifiedName }: FunctionView, form: AsyncForm | null): string {
  const name = qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1);
  const calls = form?.callers.length ?? 0;
  const files = new Set(form?.callers.map(({ file }) => file.path)).size;
  const which = calls === 1 ? "its only call" : `all ${calls} calls of it`;
  return `Make ${name} async and await ${which}${files > 1 ? ` in ${files} files` : ""}`;
}

function planFor(helper: FunctionView, metadata: boolean): Plan | null {
  const { file } = helper;
  const at = startOfDef(helper);
  const form = at === null ? null : helper.asAsync();
  if (at === null || form === null || form.fn.calls.some((call) => call.startsLoop() !== null)) return null;
  const edits: TextEdit[] = [{ file: file.path, span: { start: at, end: at }, text: "async " }];

  const inside = awaitInside(form.fn, file, metadata);
  if (inside === null) return null;
  edits.push(...inside);
  for (const { file: other, call } of form.callers) {
    const awaited = awaitInPlace(call, other);
    if (awaited === null) return null;
    edits.push(...awaited);
  }
  const all = withoutRepetition(edits);
  return all && { form, edits: all };
}

function startOfDef({ span, nameSpan, file }: FunctionView): number | null {
  const head = /\bdef\s+$/.exec(file.text.slice(span.start, nameSpan.start));
  return head && span.start + head.index;
}

/** Awaits whatever waits in the function. Null where something cannot be awaited. */
function awaitInside(fn: FunctionView, file: FileView, metadata: boolean): readonly TextEdit[] | null {
  const holding = holdingCalls(fn, metadata);
  if (holding.calls.length === 0) return null;
  const edits: TextEdit[] = [];
  let trips = 0;
  for (const { call, work } of holding.calls) {
    if (!call.awaitable) return null;
    const { cures, thread } = waysToAwait(call, work, file, !isTold(holding, call));
    const own = firstOf(cures);
    // What a `with` enters is used inside of it, and that would stay on the loop.
    const handed = own ?? (call.entered ? null : firstOf(thread));
    if (handed === null || (own === null && ++trips > MOST_TRIPS)) return null;
    edits.push(...handed);
  }
  return edits;
}

function firstOf(fixes: readonly ReportFix[]): readonly TextEdit[] | null {
  for (const fix of fixes) {
    const edits = fix.edits();
    if (edits !== null) return edits;
  }
  return null;
}

/** Imports that several edits need are made once. Null where other insertions meet: which of them comes first decides what they mean. */
function withoutRepetition(edits: readonly TextEdit[]): readonly TextEdit[] | null {
  const kept = new Map<string, TextEdit>();
  for (const edit of edits) {
    const { file, span, text } = edit;
    const isLine = /\n$/.test(text);
    const place = `${file}:${span.start}:${span.end}${isLine ? `:${text}` : ""}`;
    if (!isLine && kept.has(place)) return null;
    kept.set(place, edit);
  }
  return [...kept.values()];
}
