/** The view of what is made anew for each request: what one function makes, where requests lead to it. */
import type { Span } from "./base/span.ts";
import type { Step } from "./facts/blocking.ts";
import { rebuiltIn } from "./facts/rebuilding.ts";
import type { Linker } from "./linker.ts";
import type { FunctionId } from "./names/outline.ts";
import type { Hop, RebuiltView } from "./views.ts";
import { nameOf } from "./wording.ts";

/** Those of a function; `at` gives the place of a span of its unit, `hop` says a step in words. */
export function rebuiltViews(
  linker: Linker,
  id: FunctionId,
  at: (span: Span) => Span,
  hop: (step: Step) => Hop,
): readonly RebuiltView[] {
  return rebuiltIn(linker.program, id).flatMap(({ what, record, leaves }): readonly RebuiltView[] => {
    const way = linker.serving.wayTo(id, leaves);
    if (!way) return [];
    const handler = { name: nameOf(way.handler), here: way.handler === id };
    return [{ what, span: at(record), text: record.text, handler, path: way.steps.map(hop) }];
  });
}
