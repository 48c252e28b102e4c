/**
 * What the rules about the event loop share: which calls of a function hold it, how that is said, and what cures it.
 *
 * A call is reported once however many things it waits for: under the weightiest. Reads and writes of a file that was opened in the same function are told by its opening.
 */
import type { BlockingWork, CallView, FileView, FunctionView, Span } from "../analysis/index.ts";
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
      message: messageFor(call, work, path.length, fn),
      confidence: work.likely ? "likely" : "certain",
      path,
      fixes: curesFor(call, work, fn, file, !told.has(placeOf(call.span))),
    };
  }
}

interface Holding {
  /** In source order. */
  readonly calls: readonly { readonly call: CallView; readonly work: BlockingWork }[];
  /** Where calls stand on whose value other work of the function waits: reads and writes of a file, leaving a `with`. */
  readonly told: ReadonlySet<string>;
}

function holdingCalls(fn: FunctionView, metadata: boolean): Holding {
  const calls: Holding["calls"][number][] = [];
  const reported = new Set<string>();
  const told = new Set<string>();
  for (const call of fn.calls) {
    const work = weightiest(call, metadata);
    if (!work) continue;
    const makers = work.kind === "disk" && work.likely ? call.madeBy.map(placeOf).filter((p) => reported.has(p)) : [];
    for (const place of makers) told.add(place);
    if (makers.length > 0) continue;
    if (reported.has(placeOf(call.span))) {
      // Entering and leaving `with connect():` stand where the call stands.
      told.add(placeOf(call.span));
      continue;
    }
    reported.add(placeOf(call.span));
    calls.push({ call, work });
  }
  return { calls, told };
}

function placeOf({ start, end }: Span): string {
  return `${start}:${end}`;
}

function weightiest(call: CallView, metadata: boolean): BlockingWork | undefined {
  const works = call.blocking().filter(({ kind }) => metadata || kind !== "metadata");
  return BY_WEIGHT.map((kind) => works.find((work) => work.kind === kind)).find((work) => work !== undefined);
}

function messageFor(call: CallView, work: BlockingWork, depth: number, fn: FunctionView): string {
  const does = work.kind === "cpu" ? `does ${work.what}` : `waits for ${work.what}`;
  const below = depth === 0 ? "" : ` (\`${work.by}\`, ${depth} ${depth === 1 ? "call" : "calls"} down)`;
  // In a plain function nothing can be awaited, and that it runs on the loop is news.
  if (!fn.isAsync)
    return `\`${call.text}\` ${does}${below} and stops the event loop meanwhile, on which \`${fn.qualifiedName}\` runs: ${fn.runsOn.because}`;
  const counterpart = depth === 0 ? (call.instead ?? call.see) : null;
  const advice = counterpart === null ? "" : `; await \`${counterpart}\` instead`;
  return `\`${call.text}\` ${does}${below} and stops the event loop meanwhile${advice}`;
}
