/** A parser that counts what is asked of it, so that tests can say what a check costs without a clock. It gives what the parser behind it gives. */
import type { Parser } from "../../analysis/index.ts";
import { K } from "../../analysis/syntax/grammar.ts";
import type { Cursor, TextEdit, Tree } from "../../analysis/syntax/parser.ts";

export interface Counts {
  /** Texts parsed from their start, and their length in characters. */
  readonly parsed: number;
  readonly characters: number;
  /** Texts parsed again around an edit. */
  readonly parsedAgain: number;
  /** Nodes a cursor was moved to. */
  readonly nodes: number;
  /** Functions whose inside was read, those within others included. */
  readonly functions: number;
}

const NONE: Counts = { parsed: 0, characters: 0, parsedAgain: 0, nodes: 0, functions: 0 };

export class CountingParser implements Parser {
  readonly binding: Parser["binding"];
  private readonly parser: Parser;
  private counts: { -readonly [K in keyof Counts]: number } = { ...NONE };

  constructor(parser: Parser) {
    this.parser = parser;
    this.binding = parser.binding;
  }

  /** What was counted since the last time. */
  take(): Counts {
    const counts = this.counts;
    this.counts = { ...NONE };
    return counts;
  }

  parse(text: string): Tree {
    this.counts.parsed++;
    this.counts.characters += text.length;
    return this.counted(this.parser.parse(text));
  }

  reparse(tree: Tree, edits: readonly TextEdit[], text: string): Tree {
    this.counts.parsedAgain++;
    return this.counted(this.parser.reparse((tree as CountedTree).tree, edits, text));
  }

  private counted(tree: Tree): CountedTree {
    return {
      tree,
      hasError: tree.hasError,
      walk: () => this.cursorOn(tree.walk()),
      commentAt: (offset) => tree.commentAt(offset),
      edit: (edit) => tree.edit(edit),
      close: () => tree.close(),
    };
  }

  private cursorOn(cursor: Cursor): Cursor {
    let kind = -1;
    const moved = (could: boolean): boolean => {
      if (could) this.counts.nodes++;
      return could;
    };
    return {
      kind: () => {
        kind = cursor.kind();
        return kind;
      },
      start: () => cursor.start(),
      end: () => cursor.end(),
      isMissing: () => cursor.isMissing(),
      firstChild: () => {
        if (kind === K.function_definition) this.counts.functions++;
        kind = -1;
        return moved(cursor.firstChild());
      },
      nextSibling: () => {
        kind = -1;
        return moved(cursor.nextSibling());
      },
      parent: () => {
        kind = -1;
        return cursor.parent();
      },
      close: () => cursor.close(),
    };
  }
}

interface CountedTree extends Tree {
  readonly tree: Tree;
}
