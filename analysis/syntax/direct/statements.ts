/**
 * Statements of one line, and what stands on one line with others.
 */
import type { Expression, ImportedName, Simple, Statement } from "../tree.ts";
import { readYield } from "./displays.ts";
import { readExpression, readExpressions, readStarred, startsExpression } from "./expressions.ts";
import { readAnnotation } from "./parameters.ts";
import { refuse } from "./refusal.ts";
import type { Scanner } from "./scanner.ts";
import { checkTarget } from "./targets.ts";
import * as T from "./tokens.ts";

/** Reads the statements of the line under the cursor, and goes to the next one. */
export function readLine(s: Scanner, body: Statement[]): void {
  do {
    if (s.kind === T.NEWLINE || s.kind === T.END) break;
    body.push(readSimple(s));
  } while (s.take(T.SEMICOLON));
  s.nextLine();
}

function readSimple(s: Scanner): Statement {
  const start = s.start - s.base;
  switch (s.kind) {
    case T.W.return:
      s.next();
      if (isEnd(s)) return { kind: "return", start, end: s.before - s.base, value: null };
      return withEnd(s, { kind: "return", start, end: 0, value: readExpressions(s) });
    case T.W.pass:
      return readWord(s, "pass", start);
    case T.W.break:
      return readWord(s, "break", start);
    case T.W.continue:
      return readWord(s, "continue", start);
    case T.W.import:
      s.next();
      return withEnd(s, { kind: "import", start, end: 0, names: readImported(s, true) });
    case T.W.from:
      return readImportFrom(s, start);
    case T.W.raise:
      return readRaise(s, start);
    case T.W.assert: {
      s.next();
      const test = readExpression(s);
      const message = s.take(T.COMMA) ? readExpression(s) : null;
      return { kind: "assert", start, end: s.before - s.base, test, message };
    }
    case T.W.del:
      return readDelete(s, start);
    case T.W.global:
      s.next();
      return withEnd(s, { kind: "global", start, end: 0, names: readNames(s) });
    case T.W.nonlocal:
      s.next();
      return withEnd(s, { kind: "nonlocal", start, end: 0, names: readNames(s) });
    case T.W.yield: {
      const value = readYield(s);
      return { kind: "expression", start, end: s.before - s.base, value };
    }
    default:
      return readExpressionStatement(s, start);
  }
}

function isEnd(s: Scanner): boolean {
  return s.kind === T.NEWLINE || s.kind === T.END || s.kind === T.SEMICOLON;
}

/** The statement, which ends before the cursor. */
function withEnd<S extends { end: number }>(s: Scanner, statement: S): S {
  statement.end = s.before - s.base;
  return statement;
}

function readWord(s: Scanner, kind: Simple["kind"], start: number): Statement {
  s.next();
  return { kind, start, end: s.before - s.base };
}

function readNames(s: Scanner): string[] {
  const names = [s.name()];
  while (s.take(T.COMMA)) names.push(s.name());
  return names;
}

/** Names that are imported, with commas between them; `dotted` ones may have several parts. */
function readImported(s: Scanner, dotted: boolean): ImportedName[] {
  const names: ImportedName[] = [];
  do {
    if (s.kind === T.CLOSE_PAREN) break;
    const start = s.start - s.base;
    const name = dotted ? readPath(s) : s.name();
    const alias = s.take(T.W.as) ? s.name() : null;
    names.push({ start, end: s.before - s.base, name, alias });
  } while (s.take(T.COMMA));
  return names;
}

function readPath(s: Scanner): string {
  let path = s.name();
  while (s.take(T.DOT)) path += `.${s.name()}`;
  return path;
}

function readImportFrom(s: Scanner, start: number): Statement {
  s.next();
  let level = 0;
  for (; s.kind === T.DOT || s.kind === T.ELLIPSIS; s.next()) level += s.kind === T.DOT ? 1 : 3;
  const module = level > 0 && s.kind === T.W.import ? "" : readPath(s);
  s.expect(T.W.import);
  const star = s.take(T.STAR);
  let names: readonly ImportedName[] = [];
  if (!star) {
    const inParentheses = s.take(T.OPEN_PAREN);
    names = readImported(s, false);
    if (inParentheses) s.expect(T.CLOSE_PAREN);
    if (names.length === 0) refuse();
  }
  return { kind: "import-from", start, end: s.before - s.base, module, level, star, names };
}

function readRaise(s: Scanner, start: number): Statement {
  s.next();
  const exception = isEnd(s) ? null : readExpression(s);
  const cause = exception !== null && s.take(T.W.from) ? readExpression(s) : null;
  return { kind: "raise", start, end: s.before - s.base, exception, cause };
}

function readDelete(s: Scanner, start: number): Statement {
  s.next();
  const only = readExpressions(s);
  const targets = only.kind === "collection" && only.form === "tuple" ? only.items : [only];
  return { kind: "delete", start, end: s.before - s.base, targets };
}

/** Words that begin a statement of their own in some Python, unless they are alone, called, or asked for an attribute. */
const SOFT_KEYWORDS: ReadonlySet<string> = new Set(["print", "exec", "match", "type"]);

function readExpressionStatement(s: Scanner, start: number): Statement {
  const { parenthesized } = s;
  const soft = s.kind === T.NAME && SOFT_KEYWORDS.has(s.word);
  const first = readStarred(s);
  if (soft && first.kind !== "name" && first.kind !== "call" && first.kind !== "attribute") refuse();
  if (s.kind === T.COLON) {
    if (first.kind === "collection" || (soft && first.kind !== "name")) refuse();
    checkTarget(first, start, s.parenthesized > parenthesized);
    return readAnnotated(s, start, first);
  }
  if (s.kind === T.AUGMENTED) {
    checkTarget(first, start, s.parenthesized > parenthesized);
    const operator = s.text.slice(s.start, s.end);
    s.next();
    const value = readValue(s);
    return { kind: "augmented-assign", start, end: s.before - s.base, target: first, operator, value };
  }
  const items = [first];
  while (s.take(T.COMMA)) {
    if (!startsExpression(s.kind)) break;
    items.push(readStarred(s));
  }
  const endsWithComma = s.text.charCodeAt(s.before - 1) === COMMA;
  if (s.kind === T.EQUAL) {
    // What sets an attribute of `type(x)` may be taken for an alias of a type.
    if (soft && first.kind !== "name") refuse();
    const target: Expression =
      items.length > 1 || endsWithComma
        ? { kind: "collection", start, end: s.before - s.base, form: "tuple", items }
        : first;
    return readAssignment(s, start, target, parenthesized);
  }
  // Behind a comma the grammar may go on with the next line.
  if (first.kind === "starred" || endsWithComma) refuse();
  if (items.length === 1) return { kind: "expression", start, end: s.before - s.base, value: first };
  const last = items.at(-1)!;
  const value: Expression = { kind: "collection", start: first.start, end: last.end, form: "tuple", items };
  return { kind: "expression", start, end: s.before - s.base, value };
}

function readAnnotated(s: Scanner, start: number, target: Expression): Statement {
  s.next();
  const annotation = readAnnotation(s);
  const value = s.take(T.EQUAL) ? readValue(s) : null;
  return { kind: "annotated-assign", start, end: s.before - s.base, target, annotation, value };
}

/** `a = b = value`, of which the first target was just read; so many parentheses had been read before it. */
function readAssignment(s: Scanner, start: number, first: Expression, parenthesized: number): Statement {
  const targets: Expression[] = [];
  let value = first;
  let valueStart = start;
  let before = parenthesized;
  while (s.kind === T.EQUAL) {
    checkTarget(value, valueStart, s.parenthesized > before);
    targets.push(value);
    before = s.parenthesized;
    s.next();
    valueStart = s.start - s.base;
    value = readValue(s);
  }
  return { kind: "assign", start, end: s.before - s.base, targets, value };
}

/** The right side of an assignment. */
function readValue(s: Scanner): Expression {
  return s.kind === T.W.yield ? readYield(s) : readExpressions(s);
}

const COMMA = 44;
