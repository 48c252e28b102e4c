/**
 * Reads one version of a text after the other, parsing anew only around what changed.
 *
 * The parser's trees of the texts read last are kept for that, a few of them. What the parser makes of broken code may depend on what stood there before;
 * so a text with an error in it is parsed whole, and the result is that of the text alone. The exception is a text that is being typed, which is broken at
 * every other letter and would take the functions around along: see `mending.ts`.
 */
import { type Difference, differenceOf, lineStartsAfter } from "../base/difference.ts";
import { lineAt, lineStartsOf, type Span } from "../base/span.ts";
import { mendings } from "./mending.ts";
import { readTree } from "./module.ts";
import type { Parser, Point, TextEdit, Tree } from "./parser.ts";
import type { Module } from "./tree.ts";

/** A text without an error, and its tree. */
interface Version {
  /** As it was given. */
  readonly text: string;
  /** As it was read: of the same length, with other text in the lines that are mended. */
  readonly read: string;
  /** The lines of `read` that are not those of `text`. */
  readonly mended: readonly Span[];
  readonly lineStarts: readonly number[];
  readonly tree: Tree;
}

/** What is known of the version before: its text and, where it was read, its module. */
export interface Before {
  readonly text: string;
  readonly module: Module | null;
}

export class VersionReader {
  private readonly parser: Parser;
  private readonly limit: number;
  /** By name, those used last at the end. */
  private readonly versions = new Map<string, Version>();

  /** `limit`: of how many texts the trees are kept. */
  constructor(parser: Parser, limit = 8) {
    this.parser = parser;
    this.limit = limit;
  }

  /**
   * The module of a text. `name` tells texts apart. With `typed`, lines that somebody is just typing on and that are no Python yet may be read as what they
   * were before; they are among the errors of the module then.
   */
  read(name: string, text: string, before: Before | null, typed = false): Module {
    const next = this.nextOf(name, text, before, typed);
    if (next) {
      this.keep(name, next);
      const module = readTree(next.tree, next.read, before?.module ?? null, next.lineStarts);
      return next.mended.length > 0 ? { ...module, errors: next.mended } : module;
    }
    const tree = this.parser.parse(text);
    try {
      return readTree(tree, text, before?.module ?? null);
    } finally {
      tree.close();
    }
  }

  /** The version after the one that is known; null where the text has an error that is not mended. */
  private nextOf(name: string, text: string, before: Before | null, typed: boolean): Version | null {
    const known = this.versions.get(name) ?? (typed && before ? this.parsed(before.text) : null);
    if (!known) return this.parsed(text);
    // Somebody tries something out while another types.
    if (!typed && known.mended.length > 0) return null;
    this.versions.delete(name);
    const next = this.next(known, text, typed);
    if (next !== known) known.tree.close();
    return next;
  }

  private parsed(text: string): Version | null {
    const tree = this.parser.parse(text);
    if (!tree.hasError) return { text, read: text, mended: [], lineStarts: lineStartsOf(text), tree };
    tree.close();
    return null;
  }

  /** The version after, which takes the tree of the one before for its own. */
  private next(before: Version, text: string, typed: boolean): Version | null {
    if (text === before.text && (typed || before.mended.length === 0)) return before;
    const { tree } = before;
    const difference = wholeCharacters(differenceOf(before.text, text), before.text, text);
    const lineStarts = lineStartsAfter(before.lineStarts, difference, text);
    const read = (instead: string, mended: readonly Span[], differing: readonly Span[]): Version | null => {
      const edits = differing.map(({ start, end }) =>
        editOf({ start, oldEnd: end, newEnd: end }, lineStarts, lineStarts),
      );
      const found = this.parser.reparse(tree, edits, instead);
      if (!found.hasError) return { text, read: instead, mended, lineStarts, tree: found };
      found.close();
      return null;
    };
    tree.edit(editOf(difference, before.lineStarts, lineStarts));
    const whole = read(
      text,
      [],
      before.mended.map((span) => moved(span, difference)),
    );
    if (whole) return whole;
    if (typed)
      for (const mending of mendings(before, text, difference)) {
        const found = read(mending.read, mending.mended, mending.mended);
        if (found) return found;
      }
    return null;
  }

  private keep(name: string, version: Version): void {
    this.versions.set(name, version);
    if (this.versions.size <= this.limit) return;
    const [oldest, { tree }] = this.versions.entries().next().value!;
    tree.close();
    this.versions.delete(oldest);
  }
}

/** Where a span of the text before is in the text after; all that was changed is part of it where it was touched. */
function moved(span: Span, { start, oldEnd, newEnd }: Difference): Span {
  const by = newEnd - oldEnd;
  if (span.end < start) return span;
  if (span.start > oldEnd) return { start: span.start + by, end: span.end + by };
  return { start: Math.min(span.start, start), end: Math.max(span.end, oldEnd) + by };
}

/** The difference widened so that neither pairs of surrogates nor line ends of two characters are cut. */
function wholeCharacters({ start, oldEnd, newEnd }: Difference, before: string, after: string): Difference {
  const cuts = (text: string, at: number): boolean =>
    /^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)$/.test(text.slice(at - 1, at + 1));
  let from = start;
  while (from > 0 && (cuts(before, from) || cuts(after, from))) from--;
  let more = 0;
  while (oldEnd + more < before.length && (cuts(before, oldEnd + more) || cuts(after, newEnd + more))) more++;
  return { start: from, oldEnd: oldEnd + more, newEnd: newEnd + more };
}

function editOf({ start, oldEnd, newEnd }: Difference, before: readonly number[], after: readonly number[]): TextEdit {
  return {
    start,
    oldEnd,
    newEnd,
    startPoint: pointAt(before, start),
    oldEndPoint: pointAt(before, oldEnd),
    newEndPoint: pointAt(after, newEnd),
  };
}

function pointAt(lineStarts: readonly number[], offset: number): Point {
  const row = lineAt(lineStarts, offset);
  return { row, column: offset - lineStarts[row]! };
}
