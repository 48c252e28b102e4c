/**
 * What the rules about the event loop share: which calls of a function hold it, how that is said, and what cures it.
 *
 * A call is reported once however many things it waits for: under the weightiest. A chain (`a().b()`) is reported at its first call that
 * waits. Reads and writes of a file that was opened in the same function are told by its opening.
 */
import type { BlockingWork, CallView, FileView, FunctionView } from "../analysis/index.ts";
import { curesFor } from "./off-loop.ts";
import type { Report } from "./rule.ts";

export type HoldingKind = BlockingWork["kind"];

/** Weightiest first: what others decide takes longest, a look at a directory no time worth a word. */
const BY_WEIGHT: readonly HoldingKind[] = [
  "network",
  "database",
  "clock",
  "process",
  "lock",
  "input",
  "cpu",
  "disk",
  "metadata",
];

/** Reports for the calls of `fn` that hold the event loop with work of `kinds` and with nothing weightier. Empty where it does not run on a loop. */
export function* callsHoldingLoop(
  fn: FunctionView,
  file: FileView,
  kinds: ReadonlySet<HoldingKind>,
): Generator<Report> {
  if (fn.runsOn.where !== "loop") return;
  const { calls, told } = holdingCalls(fn, kinds.has("metadata"));
  for (const { call, work } of calls) {
    if (!kinds.has(work.kind)) continue;
    const path = call.pathTo(work);
    yield {
      at: call.calleeSpan,
      message: messageFor(call, work, path.length),
      confidence: work.likely ? "likely" : "certain",
      path,
      fixes: curesFor(call, fn, file, !told.has(call.span.start)),
    };
  }
}

interface Holding {
  /** In source order. */
  readonly calls: readonly { readonly call: CallView; readonly work: BlockingWork }[];
  /** Where calls start that open what other calls of the function read and write. */
  readonly told: ReadonlySet<number>;
}

function holdingCalls(fn: FunctionView, metadata: boolean): Holding {
  const calls: Holding["calls"][number][] = [];
  const reported = new Set<number>();
  const told = new Set<number>();
  for (const call of fn.calls) {
    const work = weightiest(call, metadata);
    if (!work) continue;
    const makers = work.kind === "disk" && work.likely ? call.madeBy.filter(({ start }) => reported.has(start)) : [];
    for (const { start } of makers) told.add(start);
    if (makers.length > 0 || reported.has(call.span.start)) continue;
    reported.add(call.span.start);
    calls.push({ call, work });
  }
  return { calls, told };
}

function weightiest(call: CallView, metadata: boolean): BlockingWork | undefined {
  const works = call.blocking().filter(({ kind }) => metadata || kind !== "metadata");
  return BY_WEIGHT.map((kind) => works.find((work) => work.kind === kind)).find((work) => work !== undefined);
}

function messageFor(call: CallView, work: BlockingWork, depth: number): string {
  const does = work.kind === "cpu" ? `does ${work.what}` : `waits for ${work.what}`;
  const below = depth === 0 ? "" : ` (\`${work.by}\`, ${depth} ${depth === 1 ? "call" : "calls"} down)`;
  const counterpart = depth === 0 ? (call.instead ?? call.see) : null;
  const advice = counterpart === null ? "" : `; await \`${counterpart}\` instead`;
  return `\`${call.text}\` ${does}${below} and stops the event loop meanwhile${advice}`;
}
