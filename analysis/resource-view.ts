/** A resource as rules see it: where it is opened and what becomes of it. */
import type { Span } from "./base/span.ts";
import type { ResourceFate } from "./flow/ownership.ts";
import { textOf } from "./types/inference/state.ts";
import type { Hop, ResourceView } from "./views.ts";

/** Where a record's offsets stand in the file, and a step of an explanation there. */
export interface Placing {
  at(span: Span): Span;
  hop(span: Span, message: string): Hop;
}

export function resourceView(fate: ResourceFate, { at, hop }: Placing): ResourceView {
  const { leak, withFix } = fate;
  return {
    what: fate.what,
    openSpan: at(fate.open),
    openText: textOf(fate.open.kind === "await" ? fate.open.value : fate.open),
    names: fate.names,
    fate: fate.fate,
    leak: leak && {
      kind: leak.kind,
      narrow: leak.narrow,
      path: leak.path.map((step) => hop(step.span, step.what)),
    },
    keeps: fate.keeps ?? false,
    closedBy: fate.closedBy,
    isAsync: fate.isAsync,
    awaitsClose: fate.awaitsClose ?? false,
    withFix: withFix && {
      statement: at(withFix.statement),
      name: withFix.name,
      opener: at(withFix.opener),
      body: withFix.body.map(at),
      texts: withFix.texts.map(at),
      redundant: withFix.redundant.map(at),
    },
  };
}
