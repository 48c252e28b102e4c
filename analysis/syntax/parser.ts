/**
 * What reading needs from tree-sitter, and no more: parse a text, walk the tree with a cursor, let it go.
 *
 * Two bindings stand behind it, `native.ts` and `wasm.ts`. Both count UTF-16 code units and number node types as
 * `grammar.ts` does, so that everything above behaves the same with either.
 */
import type { Span } from "../base/span.ts";

export interface Parser {
  readonly binding: "native" | "wasm";
  /** Parses a whole text. The tree must be closed. */
  parse(text: string): Tree;
  /**
   * Parses `text`, which `edits` (in the order they were made) turned the text of `tree` into. `tree` stays open; its places are those of `text` from now on.
   */
  reparse(tree: Tree, edits: readonly TextEdit[], text: string): Tree;
}

export interface Tree {
  /** Whether there is a place in it that could not be read. */
  readonly hasError: boolean;
  /** A cursor on the root. It must be closed, and only one may be open at a time. */
  walk(): Cursor;
  /** The comment that covers `offset`, if one does. */
  commentAt(offset: number): Span | null;
  /** Moves its places as an edit of the text does. */
  edit(edit: TextEdit): void;
  close(): void;
}

export interface Cursor {
  /** The number `grammar.ts` gives the type of the node under the cursor. */
  kind(): number;
  /** UTF-16 offset at which the node starts. */
  start(): number;
  /** UTF-16 offset just behind the node. */
  end(): number;
  /** Whether the parser made the node up to get on. */
  isMissing(): boolean;
  /** Each moves the cursor and says whether it could. */
  firstChild(): boolean;
  nextSibling(): boolean;
  parent(): boolean;
  close(): void;
}

/** One replaced stretch of text: UTF-16 offsets, and the same places as 0-based rows and columns. */
export interface TextEdit {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
  readonly startPoint: Point;
  readonly oldEndPoint: Point;
  readonly newEndPoint: Point;
}

/** A 0-based place; `column` counts UTF-16 code units. */
export interface Point {
  readonly row: number;
  readonly column: number;
}

/**
 * `text` as both bindings read it alike and as Python does. A carriage return that ends a line alone becomes a line feed: the grammar
 * does not take it for a line end. A null character, at which bindings disagree on whether the text ends, becomes another one that
 * no Python has. Offsets stay the same.
 */
export function readable(text: string): string {
  const lines = text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text;
  return lines.includes("\0") ? lines.replaceAll("\0", "\u0001") : lines;
}

/**
 * The piece of `text` at `index`, `size` code units long or one more: a piece must not end within a pair of surrogates, because
 * the parser would take the first of them for a character.
 */
export function chunkOf(text: string, index: number, size: number): string {
  const isLead = (text.charCodeAt(index + size - 1) & 0xfc00) === 0xd800;
  return text.slice(index, index + size + (isLead ? 1 : 0));
}
