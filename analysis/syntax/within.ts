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
import { headerEnd, ownOffsetIn } from "./places.ts";
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
    if (found === "broken") {
      if (mayStandOutside(given, change, indent, unit)) return null;
      continue;
    }
    if (found === null || found.unit.unitStart !== indent.length) return null;
    const tail = old.read.slice(indent.length + unit.end);
    const newTail = read.slice(indent.length + found.unit.end);
    // A class may end with the comment behind its last method.
    if (tail !== newTail && (tail + newTail).includes("#")) return null;
    const next = { ...found.unit, unitStart: unit.unitStart };
    const headerOf = (text: string, def: FunctionDef): string => text.slice(0, indent.length + headerEnd(def));
    const sameHeader = headerOf(old.read, unit) === headerOf(read, next);
    const all = [...elsewhere, ...mended.map((span) => moved(span, from))].sort((a, b) => a.start - b.start);
    const comments = found.comments.map((each) => ({ ...each, ...moved(each, from) }));
    return {
      text,
      read: before.read.slice(0, from) + read + before.read.slice(to),
      mended: all,
      module: {
        ...replaced(before.module, unit, next, by, sameHeader),
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

/** Whether something that an edit leaves behind the function, such as a decorator, may belong to what follows. */
function mayStandOutside(given: string, change: Difference, indent: string, unit: FunctionDef): boolean {
  if (change.oldEnd < indent.length + unit.end) return false;
  const from = given.lastIndexOf("\n", change.start - 1) + 1;
  const to = given.indexOf("\n", change.newEnd);
  const lines = given.slice(from, to < 0 ? given.length : to).split("\n");
  return lines.some((line) => /\S/.test(line) && /^\s*/.exec(line)![0].length <= indent.length);
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

/** The module with one function for another, where everything behind moves by so much. */
function replaced(module: Module, old: FunctionDef, unit: FunctionDef, by: number, sameHeader: boolean): Module {
  const at = module.units.indexOf(old);
  const units = module.units.map((each, index) =>
    index < at ? each : index === at ? unit : { ...each, unitStart: each.unitStart + by },
  );
  const changed = new Map<unknown, FunctionDef>();
  for (let index = at; index < units.length; index++) changed.set(module.units[index], units[index]!);
  // Blank lines behind a function become part of it when something is written there.
  const closer = by - (unit.end - old.end);
  const body = withUnits(module.body, changed);
  const from = ownOffsetIn(module, old.unitStart)!;
  return {
    ...module,
    body: closer === 0 ? body : (shifted(body, from, closer) as Module["body"]),
    units,
    leftOut: module.leftOut.length > 0 ? units : [],
    shell: sameHeader && closer === 0 ? module.shell : {},
    importInsertion: module.importInsertion <= old.unitStart ? module.importInsertion : module.importInsertion + by,
  };
}

/** Fields of statements, handlers and cases in which functions may stand. */
const BLOCKS = ["body", "orelse", "handlers", "finalbody", "cases"] as const;

/** Parts of a tree with other functions; what holds none of them stays the same object. */
function withUnits<T>(parts: readonly T[], changed: ReadonlyMap<unknown, FunctionDef>): readonly T[] {
  let copy: T[] | null = null;
  for (const [index, part] of parts.entries()) {
    const next = withUnitsIn(part as Readonly<Record<string, unknown>>, changed) as T;
    if (next === part) continue;
    copy ??= [...parts];
    copy[index] = next;
  }
  return copy ?? parts;
}

function withUnitsIn(part: Readonly<Record<string, unknown>>, changed: ReadonlyMap<unknown, FunctionDef>): unknown {
  if (part.kind === "function") return changed.get(part) ?? part;
  let copy: Record<string, unknown> | null = null;
  for (const field of BLOCKS) {
    const block = part[field];
    if (!Array.isArray(block)) continue;
    const next = withUnits(block, changed);
    if (next === block) continue;
    copy ??= { ...part };
    copy[field] = next;
  }
  return copy ?? part;
}

/** Any part of a tree outside of units, with its places behind `from` moved. */
function shifted(part: unknown, from: number, by: number): unknown {
  if (typeof part !== "object" || part === null) return part;
  if (Array.isArray(part)) return part.map((each) => shifted(each, from, by));
  const node = part as Readonly<Record<string, unknown>>;
  if (node.kind === "function" && (node as unknown as FunctionDef).unitStart >= 0) return node;
  if (typeof node.end === "number" && node.end <= from + 1) return node;
  const copy = { ...node };
  for (const key in copy) {
    const value = copy[key];
    if (typeof value === "object") copy[key] = shifted(value, from, by);
    else if (typeof value === "number" && PLACES.has(key) && value > from + 1) copy[key] = value + by;
  }
  return copy;
}

/** Fields that hold an offset. */
const PLACES: ReadonlySet<string> = new Set(["start", "end", "nameStart"]);

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
