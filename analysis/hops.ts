/** Steps of a way through the program as places that people can go to. Offsets in a unit count from its start; here they become those of the file. */
import { lineStartsOf, rangeOf, type Span } from "./base/span.ts";
import type { Step } from "./facts/blocking.ts";
import type { FileState } from "./file-state.ts";
import type { Linker } from "./linker.ts";
import type { FunctionEntity, FunctionId } from "./names/outline.ts";
import { keyOfId, plainId } from "./names/program.ts";
import type { Hop } from "./views.ts";
import { nameOf, VERBS } from "./wording.ts";

/** `does`: what the last call of the way does ("waits for a network reply"). */
export function hopOf(linker: Linker, step: Step, does: string): Hop {
  const base = baseElsewhere(linker, step.fn);
  const name = nameOf(step.fn);
  const message =
    step.next === null
      ? `${name} calls ${step.record.text}, which ${does}`
      : `${name} ${VERBS[step.record.how]} ${step.record.text}`;
  return hopAt(
    linker,
    keyOfId(step.fn),
    { start: step.record.calleeStart + base, end: step.record.calleeEnd + base },
    message,
  );
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

/** What offsets in a export function of any file count from. */
export function baseElsewhere(linker: Linker, id: FunctionId): number {
  const file = linker.textOf(keyOfId(id));
  const entity = file?.outline.functions.get(plainId(id));
  return file && entity ? baseOf(file, entity) : 0;
}

export function spanAt({ start, end }: Span, base: number): Span {
  return { start: start + base, end: end + base };
}

/** What offsets in a export function of a file count from: the start of its unit. */
export function baseOf({ outline }: FileState, { unit }: FunctionEntity): number {
  return outline.functions.get(unit)?.def.unitStart ?? 0;
}
