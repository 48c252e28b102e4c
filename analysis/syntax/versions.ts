/**
 * Reads one version of a text after the other, parsing anew only around what changed.
 *
 * An edit inside one function is read without the rest of the file (`within.ts`). For the others the parser's trees of the texts read last are kept, a few of them. What the parser makes of broken code may depend on what stood there before;
 * so a text with an error in it is parsed whole, and the result is that of the text alone. The exception is a text that is being typed, which is broken at
 * every other letter and would take the functions around along: see `mending.ts`.
 */
import { type Difference, differenceOf, lineStartsAfter } from "../base/difference.ts";
import { lineAt } from "../base/span.ts";
import { readings } from "./mending.ts";
import { readTree } from "./module.ts";
import type { Parser, Point, TextEdit, Tree } from "./parser.ts";
import type { Module } from "./tree.ts";
import { type Reading, readWithin } from "./within.ts";

/** What is known of the version before: its text and, where it was read, its module. */
export interface Before {
  readonly text: string;
  readonly module: Module | null;
}

/** The tree of a text. */
interface Parsed {
  readonly tree: Tree;
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** A text that was read without an error, and the tree of it or of a text some edits before it, if there is one. */
interface Version extends Reading {
  readonly parsed: Parsed | null;
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
    const known = this.versionOf(name, before);
    if (known && (typed || known.mended.length === 0)) {
      const next = this.after(known, text, typed);
      this.versions.delete(name);
      if (known.parsed !== null && next?.parsed !== known.parsed) known.parsed.tree.close();
      if (next) {
        this.keep(name, next);
        return next.module;
      }
    }
    const tree = this.parser.parse(text);
    const module = readTree(tree, text, before?.module ?? null);
    // Somebody tries something out while another types.
    if (tree.hasError || (known && !typed && known.mended.length > 0)) tree.close();
    else
      this.keep(name, { text, read: text, mended: [], module, parsed: { tree, text, lineStarts: module.lineStarts } });
    return module;
  }

  /** The version before, of which there need not be a tree. */
  private versionOf(name: string, before: Before | null): Version | null {
    const known = this.versions.get(name);
    if (!before || known?.text === before.text) return known ?? null;
    if (known && known.mended.length > 0) return known;
    const { text, module } = before;
    return module === null || module.errors.length > 0
      ? null
      : { text, read: text, mended: [], module, parsed: known?.parsed ?? null };
  }

  /** The version after one; null where its text has an error that is not mended. */
  private after(before: Version, text: string, typed: boolean): Version | null {
    if (text === before.text) return before;
    const difference = wholeCharacters(differenceOf(before.text, text), before.text, text);
    const lineStarts = lineStartsAfter(before.module.lineStarts, difference, text);
    const within = readWithin(this.parser, before, text, difference, lineStarts, typed);
    if (within) return { ...within, parsed: before.parsed };
    return this.reparsed(before, text, difference, lineStarts, typed);
  }

  private reparsed(
    before: Version,
    text: string,
    difference: Difference,
    lineStarts: readonly number[],
    typed: boolean,
  ): Version | null {
    // Without a tree to begin with, one parse of the text as it is says as much.
    if (before.parsed === null && !typed) return null;
    const own = before.parsed === null ? this.parser.parse(before.read) : null;
    let last = own === null ? before.parsed! : { tree: own, text: before.read, lineStarts: before.module.lineStarts };
    try {
      for (const { read, mended } of readings(before, text, difference, typed)) {
        const change = wholeCharacters(differenceOf(last.text, read), last.text, read);
        const tree = this.parser.reparse(last.tree, [editOf(change, last.lineStarts, lineStarts)], read);
        last = { tree: last.tree, text: read, lineStarts };
        if (tree.hasError) {
          tree.close();
          continue;
        }
        const module = readTree(tree, read, before.module, lineStarts);
        const errors = mended.length > 0 ? mended : module.errors;
        return { text, read, mended, module: { ...module, errors }, parsed: { tree, text: read, lineStarts } };
      }
      return null;
    } finally {
      own?.close();
    }
  }

  private keep(name: string, version: Version): void {
    this.versions.get(name)?.parsed?.tree.close();
    this.versions.delete(name);
    this.versions.set(name, version);
    if (this.versions.size <= this.limit) return;
    const [oldest, { parsed }] = this.versions.entries().next().value!;
    parsed?.tree.close();
    this.versions.delete(oldest);
  }
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
