/**
 * The text as tokens, one at a time, with the state of one reading: which unit offsets count from, how deeply what is read is nested.
 *
 * Lines, indentation and where blocks end are taken as tree-sitter's scanner takes them: a block ends behind its last statement, or behind comments that are
 * indented like it. What is not plain ASCII outside of strings and comments, or not certain in any other way, is refused.
 */
import type { Span } from "../../base/span.ts";
import { COMMENT_MARK } from "../comments.ts";
import { moved, type Reusable } from "../reuse.ts";
import type { FunctionDef } from "../tree.ts";
import { hasDigits, isWordPart, operatorAt, widthOf } from "./characters.ts";
import { Words } from "./interned.ts";
import { refuse } from "./refusal.ts";
import * as T from "./tokens.ts";

/** Nesting beyond this is refused. */
const MAX_DEPTH = 90;

const words = new Words();

export class Scanner {
  readonly text: string;
  /** The token under the cursor: its number and where it stands, absolute. */
  kind = T.END;
  start = 0;
  end = 0;
  /** Where the token before ends. */
  before = 0;
  /** Of a name: the name. */
  word = "";
  /** Of a string: the length of what precedes the quotes, and whether there are three of them. */
  prefix = 0;
  isTriple = false;
  /** How many columns the line of the token is indented by; 0 at the end of the text. */
  indent = 0;
  /** How many columns the lines of the innermost block are indented by. */
  block = 0;
  /** Where the last line with code ends, with the comment on it and those below that belong to blocks closed since. */
  lineEnd = 0;
  /** Within brackets line ends mean nothing. */
  brackets = 0;
  /** Within how many f-strings. */
  interpolations = 0;

  /** Where the unit being read starts; spans count from here. */
  base = 0;
  inFunction = false;
  sawYield = false;
  sawString = false;
  /** How deeply what is read is nested, and how deep what was read of the expression around reaches at most. */
  depth = 0;
  reach = 0;
  /** How many expressions in parentheses were read: these leave no trace in the tree. */
  parenthesized = 0;
  readonly units: FunctionDef[] = [];
  /** How many functions were read, those within others included. */
  functions = 0;
  private readonly reusable: Reusable;

  /** Comments on lines of their own since the last line with code: how far they are indented, and where they end. */
  private readonly commentIndents: number[] = [];
  private readonly commentEnds: number[] = [];
  private comments = 0;

  /** Comments, where some of them may be meant for us. */
  private readonly marked: Span[] = [];
  private readonly hasMarks: boolean;

  constructor(text: string, reusable: Reusable) {
    this.text = text;
    this.reusable = reusable;
    this.hasMarks = text.includes(COMMENT_MARK);
    this.beginLine(0);
  }

  /** The same unit as it was read before, if it was. */
  reused(unit: FunctionDef): FunctionDef {
    const known = this.reusable.get(unit.hash);
    return known?.end === unit.end ? moved(known, unit.unitStart) : unit;
  }

  /** One level deeper; `leave` must follow. */
  enter(): void {
    this.depth++;
    if (this.depth <= this.reach) return;
    this.reach = this.depth;
    if (this.reach > MAX_DEPTH) refuse();
  }

  leave(): void {
    this.depth--;
  }

  /** What was just read became part of another node. */
  wrap(): void {
    if (++this.reach > MAX_DEPTH) refuse();
  }

  /** To the token behind one that must stand under the cursor. */
  expect(kind: number): void {
    if (this.kind !== kind) refuse();
    this.next();
  }

  /** Whether a token stood under the cursor; then the cursor is behind it. */
  take(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  /** The name under the cursor, and to the token behind it. */
  name(): string {
    if (this.kind !== T.NAME) refuse();
    const { word } = this;
    this.next();
    return word;
  }

  /** Where a block of that indentation ends whose last line lies before the one under the cursor. */
  closeBlock(indent: number): number {
    const { commentIndents, commentEnds } = this;
    while (this.comments < commentIndents.length && commentIndents[this.comments]! >= indent)
      this.lineEnd = commentEnds[this.comments++]!;
    return this.lineEnd;
  }

  /** Back to the token that begins at `start`, on the same line or on one above that is indented alike. */
  rewind(start: number): void {
    this.brackets = 0;
    this.token(start);
  }

  /** The comment that covers `offset`, of those read so far. */
  commentAt(offset: number): Span | null {
    return this.marked.find(({ start, end }) => start <= offset && offset < end) ?? null;
  }

  /** To the next token. */
  next(): void {
    const { text } = this;
    this.before = this.end;
    let at = this.end;
    for (;;) {
      const c = text.charCodeAt(at);
      if (c === SPACE || c === TAB || c === FORM_FEED) at++;
      else if (c === LINE_FEED || c === RETURN) {
        if (this.brackets === 0) {
          this.lineBreak(at, this.before);
          return;
        }
        at = this.lineWithin(at);
      } else if (c === HASH) {
        if (this.interpolations > 0) refuse();
        const end = this.comment(at);
        if (this.brackets === 0) {
          this.lineBreak(end, end);
          return;
        }
        at = end;
      } else if (c === BACKSLASH) {
        const width = text.charCodeAt(at + 1) === RETURN ? 3 : 2;
        if (text.charCodeAt(at + width - 1) !== LINE_FEED) refuse();
        at += width;
      } else break;
    }
    this.token(at);
  }

  /** As `next`, where the piece of an f-string begins whose expression is read. */
  interpolate(at: number): void {
    this.brackets++;
    this.interpolations++;
    this.end = at;
    this.next();
  }

  /** From the end of a line within brackets to what the next one begins with. Where that is outside the block, the grammar may end it. */
  private lineWithin(from: number): number {
    const { text } = this;
    let at = from;
    let indent = 0;
    for (; ; at++) {
      const c = text.charCodeAt(at);
      if (c === SPACE) indent++;
      else if (c === TAB) indent += TAB_COLUMNS;
      else if (c === LINE_FEED || c === RETURN || c === FORM_FEED) indent = 0;
      else break;
    }
    if (indent < this.block) refuse();
    return at;
  }

  /** The line whose code and comment end at `lineEnd` is broken at `at`. */
  private lineBreak(at: number, lineEnd: number): void {
    this.kind = T.NEWLINE;
    this.start = at;
    this.end = at;
    this.lineEnd = lineEnd;
  }

  /** From the end of a line to the first token of the next one with code. */
  nextLine(): void {
    if (this.kind === T.END) this.lineEnd = this.before;
    else if (this.kind !== T.NEWLINE) refuse();
    this.beginLine(this.end);
  }

  private beginLine(from: number): void {
    const { text } = this;
    this.comments = this.commentIndents.length = this.commentEnds.length = 0;
    let indent = 0;
    let at = from;
    for (;;) {
      const c = text.charCodeAt(at);
      if (c === SPACE) indent++;
      else if (c === TAB) indent += TAB_COLUMNS;
      else if (c === LINE_FEED || c === RETURN || c === FORM_FEED) indent = 0;
      else if (c === HASH) {
        const end = this.comment(at);
        this.commentIndents.push(indent);
        this.commentEnds.push(end);
        at = end;
        continue;
      } else break;
      at++;
    }
    this.before = this.end;
    // At the end of the text all blocks end.
    this.indent = at >= text.length ? 0 : indent;
    this.token(at);
  }

  /** Passes over the comment at `start`. Gives its end. */
  private comment(start: number): number {
    const lineEnd = this.text.indexOf("\n", start);
    const end = lineEnd < 0 ? this.text.length : lineEnd;
    if (this.hasMarks) this.marked.push({ start, end });
    return end;
  }

  /** Takes the token that begins at `at`. */
  private token(at: number): void {
    const { text } = this;
    this.start = at;
    if (at >= text.length) {
      if (this.brackets > 0) refuse();
      this.kind = T.END;
      this.end = at;
      return;
    }
    const c = text.charCodeAt(at);
    if (isWordPart(c)) {
      if (c <= NINE) this.number(at);
      else this.wordAt(at);
      return;
    }
    if (c === QUOTE || c === APOSTROPHE) {
      this.string(at, at);
      return;
    }
    if (c === POINT && hasDigits(text, at + 1)) {
      this.number(at);
      return;
    }
    const kind = operatorAt(text, at, c);
    this.kind = kind;
    this.end = at + widthOf(kind, text, at);
    if (kind === T.OPEN_PAREN || kind === T.OPEN_BRACKET || kind === T.OPEN_BRACE) this.brackets++;
    else if (kind === T.CLOSE_PAREN || kind === T.CLOSE_BRACKET || kind === T.CLOSE_BRACE) {
      if (--this.brackets < 0) refuse();
    }
  }

  private wordAt(start: number): void {
    const { text } = this;
    const word = words.at(text, start);
    const end = start + word.length;
    const next = text.charCodeAt(end);
    if (next > 127) refuse();
    if ((next === QUOTE || next === APOSTROPHE) && word.length <= 2) {
      this.string(start, end);
      return;
    }
    this.end = end;
    this.word = word;
    this.kind = words.kind;
  }

  private number(start: number): void {
    const { text } = this;
    NUMBER.lastIndex = start;
    if (!NUMBER.test(text)) refuse();
    this.kind = T.NUMBER;
    this.end = NUMBER.lastIndex;
    const next = text.charCodeAt(this.end);
    if (isWordPart(next) || next > 127) refuse();
  }

  /** A string whose quotes begin at `quote`. */
  private string(start: number, quote: number): void {
    const { text } = this;
    const mark = text.charCodeAt(quote);
    const isTriple = text.charCodeAt(quote + 1) === mark && text.charCodeAt(quote + 2) === mark;
    this.prefix = quote - start;
    this.isTriple = isTriple;
    let isFormat = false;
    for (let at = start; at < quote; at++) {
      const letter = text.charCodeAt(at) | 32;
      if (letter === LETTER_F || letter === LETTER_T) isFormat = true;
      else if (letter !== LETTER_B && letter !== LETTER_R && letter !== LETTER_U) refuse();
    }
    if (isFormat) {
      this.kind = T.FSTRING;
      this.end = quote + (isTriple ? 3 : 1);
    } else {
      this.kind = T.STRING;
      this.end = endOfString(text, quote + (isTriple ? 3 : 1), mark, isTriple);
    }
  }
}

/** Where a string ends whose content begins at `at`: behind its closing quotes. */
function endOfString(text: string, from: number, mark: number, isTriple: boolean): number {
  for (let at = from; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === BACKSLASH) {
      if (text.charCodeAt(at + 1) === RETURN && text.charCodeAt(at + 2) === LINE_FEED) at++;
      at++;
    } else if (c === mark) {
      if (!isTriple) return at + 1;
      if (text.charCodeAt(at + 1) === mark && text.charCodeAt(at + 2) === mark) return at + 3;
    } else if (c === LINE_FEED && !isTriple) break;
  }
  return refuse();
}

const NUMBER =
  /0[xX](?:_?[\da-fA-F]+)+|0[oO](?:_?[0-7]+)+|0[bB](?:_?[01]+)+|(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?[jJ]?/y;

const TAB_COLUMNS = 8;
const TAB = 9;
const LINE_FEED = 10;
const FORM_FEED = 12;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const POINT = 46;
const NINE = 57;
const BACKSLASH = 92;
const LETTER_B = 98;
const LETTER_F = 102;
const LETTER_R = 114;
const LETTER_T = 116;
const LETTER_U = 117;
