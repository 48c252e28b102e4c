/**
 * Reads one version of a text after the other, parsing anew only around what changed.
 *
 * The parser's trees of the texts read last are kept for that, a few of them. What the parser makes of broken code may depend on what stood there before;
 * so a text with an error in it is always parsed whole, and the result is that of the text alone.
 */
import { lineStartsOf } from "../base/span.ts";
import { readTree } from "./module.ts";
import type { Parser, Point, TextEdit, Tree } from "./parser.ts";
import type { Module } from "./tree.ts";

interface Version {
  readonly text: string;
  readonly lineStarts: readonly number[];
  readonly tree: Tree;
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

  /** The module of a text. `name` tells texts apart; `previous` is the module of any older version, see `readModule`. */
  read(name: string, text: string, previous: Module | null): Module {
    const before = this.versions.get(name);
    this.versions.delete(name);
    let tree = before && this.reparsed(before, text);
    if (tree?.hasError) {
      tree.close();
      tree = undefined;
    }
    tree ??= this.parser.parse(text);
    const module = readTree(tree, text, previous);
    if (tree.hasError) tree.close();
    else this.keep(name, { text, lineStarts: module.lineStarts, tree });
    return module;
  }

  private reparsed({ text, lineStarts, tree }: Version, next: string): Tree {
    return this.parser.reparse(tree, editsBetween(text, lineStarts, next), next);
  }

  private keep(name: string, version: Version): void {
    this.versions.set(name, version);
    if (this.versions.size <= this.limit) return;
    const [oldest, { tree }] = this.versions.entries().next().value!;
    tree.close();
    this.versions.delete(oldest);
  }
}

/** The one edit that turns `before` into `after`: everything between what they begin and end with alike. None where they are equal. */
function editsBetween(before: string, lineStarts: readonly number[], after: string): readonly TextEdit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  // Neither pairs of surrogates nor line ends of two characters are cut.
  const whole = (text: string, at: number): boolean =>
    !/^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)$/.test(text.slice(at - 1, at + 1));
  while (start > 0 && !(whole(before, start) && whole(after, start))) start--;
  while (same > 0 && !(whole(before, before.length - same) && whole(after, after.length - same))) same--;
  const oldEnd = before.length - same;
  const newEnd = after.length - same;
  return [
    {
      start,
      oldEnd,
      newEnd,
      startPoint: pointAt(lineStarts, start),
      oldEndPoint: pointAt(lineStarts, oldEnd),
      newEndPoint: pointAt(lineStartsOf(after), newEnd),
    },
  ];
}

function pointAt(lineStarts: readonly number[], offset: number): Point {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { row: low, column: offset - lineStarts[low]! };
}
