/**
 * Where in its file something stands. A unit counts from its own start, what stands outside of units from that of the file, with each unit before it counted as one character. So
 * neither is another after an edit in a unit, wherever it stands; here both become offsets of the text, and back.
 */
import type { Span } from "../base/span.ts";
import type { FunctionDef, Module, Statement } from "./tree.ts";

/** Where in the text something stands that counts from the start of a unit of that place, or for null from that of the module. */
export function spanIn(module: Module, unitStart: number | null, { start, end }: Span): Span {
  if (unitStart !== null) return { start: start + unitStart, end: end + unitStart };
  return { start: offsetIn(module, start), end: offsetIn(module, end) };
}

/** Where in the text a statement of the module stands. */
export function spanOfStatement(module: Module, s: Statement): Span {
  return spanIn(module, s.kind === "function" && s.unitStart >= 0 ? s.unitStart : null, s);
}

/** Where in a function ends what it says of itself before its body: decorators, name, parameters, what it returns. */
export function headerEnd({ nameSpan, parameters, returns, typeParameters, body, end }: FunctionDef): number {
  // Nobody knows where these stand.
  if (typeParameters.length > 0) return body[0]?.start ?? end;
  return Math.max(nameSpan.end, parameters.at(-1)?.end ?? 0, returns?.end ?? 0);
}

/** What `spanIn` makes into a span of the text; null where that is of a unit, seen from the module. */
export function ownSpanIn(module: Module, unitStart: number | null, { start, end }: Span): Span | null {
  if (unitStart !== null) return { start: start - unitStart, end: end - unitStart };
  const from = ownOffsetIn(module, start);
  const to = ownOffsetIn(module, end);
  return from === null || to === null ? null : { start: from, end: to };
}

/** The offset in the text of what stands outside of units. */
export function offsetIn({ leftOut }: Module, offset: number): number {
  const starts = ownStarts(leftOut);
  // Units that begin before it end before it, too.
  const before = countBelow(starts.length, (index) => starts[index]!, offset);
  const last = leftOut[before - 1];
  return last === undefined ? offset : offset + last.unitStart + last.end - starts[before - 1]! - 1;
}

/** What `offsetIn` makes into an offset of the text; null for one within a unit. */
export function ownOffsetIn({ leftOut }: Module, offset: number): number | null {
  const before = countBelow(leftOut.length, (index) => leftOut[index]!.unitStart, offset);
  const last = leftOut[before - 1];
  if (last === undefined) return offset;
  const end = last.unitStart + last.end;
  return offset < end ? null : offset - end + ownStarts(leftOut)[before - 1]! + 1;
}

const known = new WeakMap<readonly FunctionDef[], readonly number[]>();

/** Where units begin, counted as what stands around them is. */
function ownStarts(units: readonly FunctionDef[]): readonly number[] {
  let starts = known.get(units);
  if (!starts) {
    let saved = 0;
    starts = units.map(({ unitStart, end }) => {
      const start = unitStart - saved;
      saved += end - 1;
      return start;
    });
    known.set(units, starts);
  }
  return starts;
}

/** How many of `length` rising numbers are less than `offset`. */
function countBelow(length: number, at: (index: number) => number, offset: number): number {
  let low = 0;
  for (let high = length; low < high; ) {
    const middle = (low + high) >> 1;
    if (at(middle) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
