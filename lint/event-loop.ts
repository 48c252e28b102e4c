/**
 * What the rules about the event loop share: which calls of a function hold it, how that is said, and what cures it.
 *
 * A call is reported once however many things it waits for: under the weightiest. Reads and writes of a file that was opened in the same function are told by its opening.
 */
import type { BlockingWork, CallView, FileView, FunctionView } from "../analysis/index.ts";
import { type HoldingKind, holdingCalls, isTold } from "./holding-calls.ts";
import { makeHelperAsync } from "./make-async.ts";
import { curesFor } from "./off-loop.ts";
import type { Report } from "./rule.ts";

export type { HoldingKind };

/** Reports for the calls of `fn` that hold the event loop with work of `kinds` and with nothing weightier. Empty where it does not run on a loop. */
export function* callsHoldingLoop(
  fn: FunctionView,
  file: FileView,
  kinds: ReadonlySet<HoldingKind>,
): Generator<Report> {
  if (fn.runsOn.where !== "loop") return;
  const metadata = kinds.has("metadata");
  const holding = holdingCalls(fn, metadata);
  for (const { call, work } of holding.calls) {
    if (!kinds.has(work.kind)) continue;
    const path = call.pathTo(work);
    yield {
      at: call.calleeSpan,
      message: messageFor(call, work, path.length, fn),
      confidence: work.likely ? "likely" : "certain",
      path,
      fixes: [...curesFor(call, work, fn, file, !isTold(holding, call)), ...makeHelperAsync(call, metadata)],
    };
  }
}

function messageFor(call: CallView, work: BlockingWork, depth: number, fn: FunctionView): string {
  const does = work.kind === "cpu" ? `does ${work.what}` : `waits for ${work.what}`;
  const where = work.implementation === null ? "" : ` where the implementation is \`${work.implementation}\``;
  const below = depth === 0 ? "" : `${where} (\`${work.by}\`, ${depth} ${depth === 1 ? "call" : "calls"} down)`;
  // In a plain function nothing can be awaited, and that it runs on the loop is news.
  if (!fn.isAsync)
    return `\`${call.text}\` ${does}${below} and stops the event loop meanwhile, on which \`${fn.qualifiedName}\` runs: ${fn.runsOn.because}`;
  const counterpart = depth === 0 ? (call.instead ?? call.see) : null;
  const advice = counterpart === null ? "" : `; await \`${counterpart}\` instead`;
  return `\`${call.text}\` ${does}${below} and stops the event loop meanwhile${advice}`;
}
