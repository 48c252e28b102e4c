/** Steps of a way through the program as places that people can go to. Offsets in a unit count from its start; here they become those of the file. */
import { lineStartsOf, rangeOf, type Span } from "./base/span.ts";
import type { Step } from "./facts/blocking.ts";
import type { FileState } from "./file-state.ts";
import type { Linker } from "./linker.ts";
import type { FunctionEntity, FunctionId } from "./names/outline.ts";
import { keyOfId, plainId } from "./names/program.ts";
import { spanIn } from "./syntax/places.ts";
import type { Hop } from "./views.ts";
import { nameOf, VERBS } from "./wording.ts";

/** `does`: what the last call of the way does ("waits for a network reply"). */
export function hopOf(linker: Linker, step: Step, does: string): Hop {
  const at = placerElsewhere(linker, step.fn);
  const name = nameOf(step.fn);
  const message =
    step.next === null
      ? `${name} calls ${step.record.text}, which ${does}`
      : `${name} ${VERBS[step.record.how]} ${step.record.text}`;
  return hopAt(linker, keyOfId(step.fn), at({ start: step.record.calleeStart, end: step.record.calleeEnd }), message);
}

/** `lineStarts`: those of the file where they are at hand; otherwise it is looked up, and what is worked out depends on all of it. */
export function hopAt(
  linker: Linker,
  file: string,
  span: Span,
  message: string,
  lineStarts: readonly number[] | null = null,
): Hop {
  const lines = lineStarts ?? linker.textOf(file)?.tree.lineStarts ?? lineStartsOf("");
  return { file, span, range: rangeOf(lines, span), message };
}

/** Gives the place in its file of what counts from the start of a function's unit, or stands outside of units. */
export type Placer = (span: Span) => Span;

/** That for a function of any file. */
export function placerElsewhere(linker: Linker, id: FunctionId): Placer {
  const file = linker.textOf(keyOfId(id));
  return file ? placerOf(file, file.outline.functions.get(plainId(id)) ?? null) : (span) => span;
}

/** That for a function of a file; null for its top level. */
export function placerOf({ outline, tree }: FileState, entity: FunctionEntity | null): Placer {
  const unitStart = entity === null ? null : (outline.functions.get(entity.unit)?.def.unitStart ?? null);
  return (span) => spanIn(tree, unitStart, span);
}
