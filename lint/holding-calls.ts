/** Which calls of a function hold the thread it runs on, each with the weightiest of what it waits for. */
import type { BlockingWork, CallView, FunctionView, Span } from "../analysis/index.ts";

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

export interface Holding {
  /** In source order. */
  readonly calls: readonly { readonly call: CallView; readonly work: BlockingWork }[];
  /** Where calls stand on whose value other work of the function waits: reads and writes of a file, leaving a `with`. */
  readonly told: ReadonlySet<string>;
}

/** The calls of a function that hold its thread; those that only look at file metadata where `metadata` is wanted. */
export function holdingCalls(fn: FunctionView, metadata: boolean): Holding {
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

/** Whether other work of the function waits on the value of a call, so that it cannot wait elsewhere by itself. */
export function isTold({ told }: Holding, call: CallView): boolean {
  return told.has(placeOf(call.span));
}

function placeOf({ start, end }: Span): string {
  return `${start}:${end}`;
}

/** The weightiest of what a call waits for. What hangs on the implementation that is in use comes after what is as grave and does not. */
function weightiest(call: CallView, metadata: boolean): BlockingWork | undefined {
  const works = call.blocking().filter(({ kind }) => metadata || kind !== "metadata");
  if (works.length < 2) return works[0];
  const sorted = BY_WEIGHT.flatMap((kind) => works.find((work) => work.kind === kind) ?? []);
  const [first] = sorted;
  if (!first || first.implementation === null) return first;
  return (
    sorted.find(({ kind, implementation }) => implementation === null && isGrave(kind) === isGrave(first.kind)) ?? first
  );
}

/** Whether it waits for something outside of the machine's own work, which may take as long as it likes. */
function isGrave(kind: HoldingKind): boolean {
  return BY_WEIGHT.indexOf(kind) < BY_WEIGHT.indexOf("cpu");
}
