/**
 * Reads an edit inside one function without the rest of the file.
 *
 * Most keys are pressed inside a function, and nothing outside of it is read otherwise because of them: it still is a function, without an error, that begins
 * and ends on the same lines as before, counted from what stands around it. Whether that is so is seen by parsing it alone, in the indentation it has in its file. So a key costs what
 * the function is long. The rest of the module is taken over, moved where it stands below.
 *
 * Whatever is not surely the same in the whole file is left to those who parse all of it.
 */
import type { Difference } from "../base/difference.ts";
import { lineAt, type Span } from "../base/span.ts";
import { readings } from "./mending.ts";
import { readTree } from "./module.ts";
import type { Parser } from "./parser.ts";
import type { FunctionDef, Module } from "./tree.ts";

/** A text that was read without an error. */
export interface Reading {
  /** As it was given. */
  readonly text: string;
  /** As it was read: of the same length, with other text in the lines that are mended. */
  readonly read: string;
  /** The lines of `read` that are not those of `text`. */
  readonly mended: readonly Span[];
  readonly module: Module;
}

/** The reading of `text`, into which `difference` turned the text before; null where the whole of it has to be parsed. `lineStarts` are those of `text`; for `typed` see `VersionReader`. */
export function readWithin(
  parser: Parser,
  before: Reading,
  text: string,
  difference: Difference,
  lineStarts: readonly number[],
  typed: boolean,
): Reading | null {
  const place = placeAround(before, difference);
  if (place === null) return null;
  const { unit, from, to, indent } = place;
  const by = difference.newEnd - difference.oldEnd;
  const inside: Span[] = [];
  const elsewhere: Span[] = [];
  for (const span of before.mended) {
    if (span.end < from) elsewhere.push(span);
    else if (span.start >= to) elsewhere.push(moved(span, by));
    else if (span.start >= from && span.end <= to) inside.push(moved(span, -from));
    else return null;
  }
  const old = { text: before.text.slice(from, to), read: before.read.slice(from, to), mended: inside };
  const given = text.slice(from, to + by);
  // The next statement has to stay on a line of its own.
  if (to < before.text.length && !/[\r\n]$/.test(given)) return null;
  const change = { start: difference.start - from, oldEnd: difference.oldEnd - from, newEnd: difference.newEnd - from };
  for (const { read, mended } of readings(old, given, change, typed)) {
    const found = alone(parser, read, indent, before.module);
    if (found === "broken") continue;
    if (found === null || found.unit.unitStart !== indent.length) return null;
    const tail = old.read.slice(indent.length + unit.end);
    const newTail = read.slice(indent.length + found.unit.end);
    // A class may end with the comment behind its last method.
    if (tail !== newTail && (tail + newTail).includes("#")) return null;
    const shift = {
      start: unit.unitStart,
      oldEnd: unit.unitStart + unit.end,
      newEnd: unit.unitStart + found.unit.end,
      by,
    };
    const all = [...elsewhere, ...mended.map((span) => moved(span, from))].sort((a, b) => a.start - b.start);
    const comments = found.comments.map((each) => ({ ...each, ...moved(each, from) }));
    return {
      text,
      read: before.read.slice(0, from) + read + before.read.slice(to),
      mended: all,
      module: {
        ...replaced(before.module, unit, found.unit, shift),
        comments: [
          ...before.module.comments.filter(({ end }) => end <= from),
          ...comments,
          ...before.module.comments.filter(({ start }) => start >= to).map((each) => ({ ...each, ...moved(each, by) })),
        ],
        errors: all,
        lineStarts,
      },
    };
  }
  return null;
}

interface Place {
  readonly unit: FunctionDef;
  /** The start of its first line, and that of the next statement behind it. */
  readonly from: number;
  readonly to: number;
  /** What stands before it on its first line. */
  readonly indent: string;
}

/** The function that an edit changes, where it changes nothing else. */
function placeAround({ read, module }: Reading, { start, oldEnd }: Difference): Place | null {
  const unit = module.units.findLast(({ unitStart }) => unitStart <= start);
  if (unit === undefined) return null;
  const from = module.lineStarts[lineAt(module.lineStarts, unit.unitStart)]!;
  const indent = read.slice(from, unit.unitStart);
  if (!/^[ \t]*$/.test(indent)) return null;
  const to = endOfTail(read, unit.unitStart + unit.end);
  if (to < oldEnd) return null;
  // The parser lets statements stand deeper than what they follow; such a one might become part of the function.
  if (!indent.startsWith(/[ \t\f]*/.exec(read.slice(to, to + MOST_INDENTED))![0])) return null;
  return { unit, from, to, indent };
}

const MOST_INDENTED = 200;

/** Blank lines and comments. */
const TAIL = /[ \t\f]*(?:#[^\r\n]*)?(?:(?:\r\n|\n|\r)[ \t\f]*(?:#[^\r\n]*)?(?=[\r\n]|$))*(?:\r\n|\n|\r|$)/y;

/** Where the next statement's line begins, or the text ends, with nothing before it but blank lines and comments; -1 where something else is there. */
function endOfTail(text: string, offset: number): number {
  TAIL.lastIndex = offset;
  return TAIL.test(text) ? TAIL.lastIndex : -1;
}

/** A header whose block is indented as the function is in its file. */
const HEADER = "if 1:\n";

/** The function that stands alone in a text, with offsets in that text; null where there is something else. */
function alone(
  parser: Parser,
  text: string,
  indent: string,
  previous: Module,
): { readonly unit: FunctionDef; readonly comments: Module["comments"] } | "broken" | null {
  const header = indent === "" ? "" : HEADER;
  const tree = parser.parse(header + text);
  try {
    if (tree.hasError) return "broken";
    const { body, units, errors, comments } = readTree(tree, header + text, previous);
    const [unit] = units;
    const [first] = body;
    const block = header === "" ? body : first?.kind === "if" ? first.body : [];
    const isAlone = body.length === 1 && block.length === 1 && units.length === 1 && block[0] === unit;
    if (!isAlone || unit === undefined || errors.length > 0) return null;
    const start = unit.unitStart - header.length;
    // A backslash would join it with what comes behind.
    if (endOfTail(text, start + unit.end) !== text.length) return null;
    return {
      unit: { ...unit, unitStart: start },
      comments: comments.map((each) => ({ ...each, ...moved(each, -header.length) })),
    };
  } finally {
    tree.close();
  }
}

/** What becomes of places outside of the function that is replaced. */
interface Shift {
  readonly start: number;
  /** The end of the function before and after. */
  readonly oldEnd: number;
  readonly newEnd: number;
  /** How far everything behind moves. */
  readonly by: number;
}

/** The module with one function for another. */
function replaced(module: Module, old: FunctionDef, unit: FunctionDef, shift: Shift): Module {
  const at = module.units.indexOf(old);
  const moving = module.units.slice(at + 1).map((each) => ({ ...each, unitStart: each.unitStart + shift.by }));
  const changed = new Map<unknown, FunctionDef>(moving.map((next, index) => [module.units[at + 1 + index], next]));
  const own = { ...unit, unitStart: shift.start };
  changed.set(old, own);
  return {
    ...module,
    body: after(module.body, changed, shift) as Module["body"],
    units: [...module.units.slice(0, at), own, ...moving],
    importInsertion: offsetAfter(module.importInsertion, shift),
  };
}

/** Any part of a tree, with its places where they are after the change. */
function after(part: unknown, changed: ReadonlyMap<unknown, FunctionDef>, shift: Shift): unknown {
  if (typeof part !== "object" || part === null) return part;
  if (Array.isArray(part)) return part.map((each) => after(each, changed, shift));
  const node = part as Readonly<Record<string, unknown>>;
  // Units count from their own start.
  if (node.kind === "function" && (node as unknown as FunctionDef).unitStart >= 0) return changed.get(node) ?? node;
  if (typeof node.end === "number" && node.end <= shift.start) return node;
  const copy = { ...node };
  for (const key in copy) {
    const value = copy[key];
    if (typeof value === "object") copy[key] = after(value, changed, shift);
    else if (typeof value === "number" && PLACES.has(key)) copy[key] = offsetAfter(value, shift);
  }
  return copy;
}

/** Fields that hold an offset. */
const PLACES: ReadonlySet<string> = new Set(["start", "end", "nameStart"]);

function offsetAfter(offset: number, { start, oldEnd, newEnd, by }: Shift): number {
  return offset <= start ? offset : offset === oldEnd ? newEnd : offset + by;
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
