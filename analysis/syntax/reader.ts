/**
 * The state of one reading: where the cursor stands, which unit offsets count from, what was set aside.
 *
 * The files of this folder named after a construct each bring a table from node type to a function that reads it. Such a
 * function finds the cursor on the node and leaves it there; its children it visits with `down`, `next` and `up`. Punctuation
 * and comments are passed over on the way, and what stands in an error node is read and set aside, so that the readers
 * see only what the grammar promises them.
 */

import type { Span } from "../base/span.ts";
import { trimmed } from "../base/trimmed.ts";
import { ERROR, FIRST_NAMED, FIRST_TOKEN, KIND_COUNT } from "./grammar.ts";
import type { Cursor, Tree } from "./parser.ts";
import type { Expression, FunctionDef, Statement, UnknownExpression } from "./tree.ts";

export type ExpressionReader = (reader: Reader, kind: number) => Expression;
export type StatementReader = (reader: Reader, kind: number) => Statement | readonly Statement[];
/** Readers by the number of the node type. */
export type ReaderTable<R> = readonly (readonly [kind: number, read: R])[];

/** Nesting beyond this is not read: nobody writes it, and every recursive function downstream has to live with the depth. */
const MAX_DEPTH = 200;

export class Reader {
  readonly text: string;
  readonly cursor: Cursor;
  /** Functions that need not be read again, by the hash of their text. */
  readonly reusable: ReadonlyMap<string, FunctionDef>;
  /** The type of the node under the cursor, as far as `down` and `next` brought it there. */
  kind = 0;
  /** Where the unit being read starts; spans count from here. Outside of units: how much of the text before is left out, see `leaveOut`. */
  base = 0;
  /** Whether a function is being read, so that functions inside are no units. */
  inFunction = false;
  /** Whether a `yield` was read since the start of the function's body. */
  sawYield = false;
  /** Whether a string was read; annotations without one need no second look. */
  sawString = false;
  readonly units: FunctionDef[] = [];
  /** Places the parser could not read or made up; offsets absolute. */
  readonly errors: Span[] = [];
  /** What was found in error nodes and still waits for a place in a block. */
  strays: Statement[] = [];
  /** How deeply what is read now is nested. */
  depth = 0;
  /** Whether the tree has errors, so that nothing about it can be taken for granted. */
  readonly broken: boolean;
  /** Absolute start of the node under the cursor where it is known already, otherwise -1: asking the cursor is not free. */
  private knownStart = -1;
  private readonly expressions: readonly (ExpressionReader | undefined)[];
  private readonly statements: readonly (StatementReader | undefined)[];

  constructor(text: string, tree: Tree, cursor: Cursor, reusable: ReadonlyMap<string, FunctionDef>, tables: Tables) {
    this.text = text;
    this.cursor = cursor;
    this.broken = tree.hasError;
    this.reusable = reusable;
    this.expressions = tables.expressions;
    this.statements = tables.statements;
  }

  /** To the first child that matters; false where there is none, and then the cursor has not moved. */
  down(from = FIRST_NAMED): boolean {
    if (!this.cursor.firstChild()) return false;
    // A node starts where its first child does, so what is known stays known until the cursor steps to a sibling. Not so errors.
    if (this.broken) this.knownStart = -1;
    if (this.settle(from)) return true;
    this.up();
    return false;
  }

  /** As `down` into a node whose first child is a bracket or a word, which need not be asked what it is. */
  downPast(): boolean {
    if (this.broken) return this.down();
    if (!this.cursor.firstChild()) return false;
    if (this.next()) return true;
    this.up();
    return false;
  }

  /** To the next sibling that matters; false where there is none. */
  next(from = FIRST_NAMED): boolean {
    this.knownStart = -1;
    return this.cursor.nextSibling() && this.settle(from);
  }

  up(): void {
    this.knownStart = -1;
    this.cursor.parent();
  }

  /** Offsets of the node under the cursor, counted from the unit. */
  start(): number {
    if (this.knownStart < 0) this.knownStart = this.cursor.start();
    return this.knownStart - this.base;
  }

  end(): number {
    return this.cursor.end() - this.base;
  }

  /** A unit has been read: what follows counts it as one character. In broken code, where it may stand in anything, it counts as it is long. */
  leaveOut(start: number, end: number): void {
    if (!this.broken) this.base += end - start - 1;
  }

  /** Offsets of the node under the cursor where nothing in it is left out: it holds no statement. */
  span(): Span {
    return { start: this.start(), end: this.end() };
  }

  /** The end of the identifier under the cursor. */
  endOfName(): number {
    if (this.broken) return this.end();
    const end = endOfWord(this.text, this.start() + this.base);
    return end < 0 ? this.end() : end - this.base;
  }

  /** The start of the identifier that ends at `end`; -1 where this cannot be told from the text. */
  startOfName(end: number): number {
    if (this.broken) return -1;
    const start = startOfWord(this.text, end + this.base);
    return start < 0 ? -1 : start - this.base;
  }

  /** The source text of the node under the cursor. */
  source(): string {
    return this.text.slice(this.start() + this.base, this.cursor.end());
  }

  /** Reads the node under the cursor, whose type is `this.kind`, as an expression. */
  expression(): Expression {
    const kind = this.kind;
    const read = this.expressions[kind];
    if (read === undefined || this.depth >= MAX_DEPTH) return this.unknown(kind);
    this.depth++;
    const node = read(this, kind);
    this.depth--;
    return node;
  }

  /** Reads every child of the node under the cursor, which ends at `end`, as an expression; `bracketed` if it begins with a bracket. */
  expressionChildren(end: number, bracketed = false): readonly Expression[] {
    const found: Expression[] = [];
    if (!(bracketed ? this.downPast() : this.down())) return found;
    let child: Expression;
    do {
      child = this.expression();
      found.push(child);
    } while (this.nextBefore(end, child));
    this.up();
    return trimmed(found);
  }

  /**
   * As `next`, from the expression just read in a node that ends at `end`. Where no more than a closing bracket is left there is
   * nothing to step to: stepping is most of what reading costs.
   */
  nextBefore(end: number, last: Span, from = FIRST_NAMED): boolean {
    if (this.broken) return this.next(from);
    if (last.end >= end - 1) return false;
    // A comma right behind the expression is the next sibling; it need not be asked what it is.
    if (from === FIRST_NAMED && this.text.charCodeAt(last.end + this.base) === COMMA) this.cursor.nextSibling();
    return this.next(from);
  }

  /** As `next`, from a child that is the last one in correct code. */
  nextIfBroken(): boolean {
    return this.broken && this.next();
  }

  /** Whether nodes of this type are read as statements. */
  isStatement(kind: number): boolean {
    return this.statements[kind] !== undefined;
  }

  isExpression(kind: number): boolean {
    return this.expressions[kind] !== undefined;
  }

  /** Reads the statements under the node under the cursor: a block or the module. */
  block(): readonly Statement[] {
    const outer = this.strays;
    this.strays = [];
    const body: Statement[] = [];
    this.depth++;
    if (this.down()) {
      do {
        this.statementInto(body);
      } while (this.next());
      this.up();
    }
    this.depth--;
    this.flushInto(body);
    this.strays = outer;
    return trimmed(body);
  }

  /** Reads the node under the cursor, whose type is `this.kind`, as a statement and whatever was set aside before it. */
  statementInto(body: Statement[]): void {
    const kind = this.kind;
    const read = this.statements[kind];
    if (read === undefined || this.depth >= MAX_DEPTH) {
      const { start, end } = this.span();
      const value = this.expression();
      this.flushInto(body);
      if (value.kind !== "unknown" || value.parts.length > 0) body.push({ kind: "expression", start, end, value });
      return;
    }
    this.depth++;
    const statement = read(this, kind);
    this.depth--;
    this.flushInto(body);
    if ("kind" in statement) body.push(statement);
    else for (const one of statement) body.push(one);
  }

  /** Whether a chain that is one level deeper with each link, such as `elif`, may go on; bodies inside need room too. */
  mayChain(): boolean {
    return this.depth < MAX_DEPTH / 2;
  }

  /** Goes one level deeper where `expression` and `block` do not; false at the limit, otherwise `leave` must follow. */
  enter(): boolean {
    if (this.depth >= MAX_DEPTH) return false;
    this.depth++;
    return true;
  }

  leave(): void {
    this.depth--;
  }

  private flushInto(body: Statement[]): void {
    if (this.strays.length === 0) return;
    for (const stray of this.strays) body.push(stray);
    this.strays = [];
  }

  /** A node of a type that is no expression: the expressions inside it. */
  private unknown(kind: number): UnknownExpression {
    const span = this.span();
    if (this.depth >= MAX_DEPTH) return { kind: "unknown", ...span, parts: [] };
    this.depth++;
    const parts: Expression[] = [];
    if (kind >= FIRST_NAMED && this.down()) {
      do {
        if (this.isExpression(this.kind)) parts.push(this.expression());
        else if (this.isStatement(this.kind)) this.strayStatement();
        else for (const part of this.unknown(this.kind).parts) parts.push(part);
      } while (this.next());
      this.up();
    }
    this.depth--;
    return { kind: "unknown", ...span, parts };
  }

  /** Steps forward until the cursor stands on a node that matters, or says that none is left. */
  private settle(from: number): boolean {
    for (;;) {
      const kind = this.cursor.kind();
      if (this.broken && this.cursor.isMissing()) this.noteError();
      if (kind >= from) {
        this.kind = kind;
        return true;
      }
      if (kind === ERROR) this.setAside();
      this.knownStart = -1;
      if (!this.cursor.nextSibling()) return false;
    }
  }

  /** Reads a statement that stands where none can stand. */
  private strayStatement(): void {
    const outer = this.strays;
    this.strays = [];
    const body: Statement[] = [];
    this.statementInto(body);
    this.strays = outer;
    for (const statement of body) outer.push(statement);
  }

  private noteError(): void {
    const start = this.cursor.start();
    const end = this.cursor.end();
    const last = this.errors.at(-1);
    if (last === undefined || end > last.end || start < last.start) this.errors.push({ start, end });
  }

  /** Reads what stands in an error node, which may be anything, and keeps it for the block around. */
  private setAside(): void {
    this.noteError();
    const { start, end } = this.span();
    const outer = this.strays;
    this.strays = [];
    const body: Statement[] = [];
    if (this.depth < MAX_DEPTH && this.down()) {
      this.depth++;
      do {
        this.statementInto(body);
      } while (this.next());
      this.depth--;
      this.up();
    }
    this.flushInto(body);
    this.strays = outer;
    outer.push({ kind: "unknown-statement", start, end, body });
  }
}

const COMMA = 44;

/** Where the ASCII word that begins at `start` ends; -1 where it goes on with other letters. */
function endOfWord(text: string, start: number): number {
  for (let end = start; ; end++) {
    const c = text.charCodeAt(end);
    if (c > 127) return -1;
    if (!((c >= 97 && c <= 122) || c === 95 || (c >= 65 && c <= 90) || (c >= 48 && c <= 57))) return end;
  }
}

/** Where the ASCII word that ends at `end` starts; -1 where there is none or it has other letters. */
function startOfWord(text: string, end: number): number {
  for (let start = end; start > 0; start--) {
    const c = text.charCodeAt(start - 1);
    if (c > 127) return -1;
    if (!((c >= 97 && c <= 122) || c === 95 || (c >= 65 && c <= 90) || (c >= 48 && c <= 57))) {
      return start === end ? -1 : start;
    }
  }
  return -1;
}

export interface Tables {
  readonly expressions: readonly (ExpressionReader | undefined)[];
  readonly statements: readonly (StatementReader | undefined)[];
}

/** One table out of those of the constructs. */
export function tableOf<R>(parts: readonly ReaderTable<R>[]): readonly (R | undefined)[] {
  const table: (R | undefined)[] = new Array(KIND_COUNT).fill(undefined);
  for (const [kind, read] of parts.flat()) table[kind] = read;
  return table;
}

/** Operator tokens too, for `down` and `next`. */
export const WITH_TOKENS = FIRST_TOKEN;
