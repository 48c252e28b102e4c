/**
 * Expressions by recursive descent, each binding as tightly as the grammar of tree-sitter has it.
 *
 * Parentheses leave no node behind, but whatever begins or ends with a parenthesised part includes them. So where a node starts is noted before its
 * first part is read, and it ends where the last token did.
 */
import type { Collection, Expression, Keyword, Name } from "../tree.ts";
import { readBraces, readBrackets, readGenerator, readParentheses, readSubscript } from "./displays.ts";
import { readLambda } from "./parameters.ts";
import { refuse } from "./refusal.ts";
import type { Scanner } from "./scanner.ts";
import { readStrings } from "./strings.ts";
import * as T from "./tokens.ts";

/** An expression that may stand anywhere: no star, no comma, no `yield`. */
export function readExpression(s: Scanner): Expression {
  s.enter();
  const outer = s.reach;
  s.reach = s.depth;
  const { start } = s;
  let e = s.kind === T.W.lambda ? readLambda(s) : readDisjunction(s);
  if (s.kind === T.WALRUS) e = readWalrus(s, e, start);
  if (s.kind === T.W.if) {
    s.next();
    const test = readDisjunction(s);
    s.expect(T.W.else);
    const otherwise = readExpression(s);
    s.wrap();
    // biome-ignore lint/suspicious/noThenProperty: it is what Python's own grammar calls it, and nothing here awaits nodes
    e = { kind: "conditional", start: start - s.base, end: s.before - s.base, test, then: e, otherwise };
  }
  if (outer > s.reach) s.reach = outer;
  s.leave();
  return e;
}

/** A name given a value on the way; the name was just read. */
function readWalrus(s: Scanner, target: Expression, start: number): Expression {
  if (target.kind !== "name" || target.start + s.base !== start || s.interpolations > 0) return refuse();
  s.next();
  const value = s.kind === T.W.lambda ? readLambda(s) : readDisjunction(s);
  s.wrap();
  return { kind: "walrus", start: target.start, end: s.before - s.base, target: target satisfies Name, value };
}

/** An expression, or one behind a star. */
export function readStarred(s: Scanner): Expression {
  if (s.kind !== T.STAR) return readExpression(s);
  const start = s.start - s.base;
  s.next();
  const value = readExpression(s);
  s.wrap();
  return { kind: "starred", start, end: s.before - s.base, double: false, value };
}

/** Expressions with commas between them are a tuple, one alone is itself: the right side of an assignment, what is returned. */
export function readExpressions(s: Scanner): Expression {
  const start = s.start - s.base;
  const first = readBareStarred(s);
  if (s.kind !== T.COMMA) return first.kind === "starred" ? refuse() : first;
  return readTuple(s, first, start);
}

/** The rest of a tuple without parentheses, whose first item was just read. */
function readTuple(s: Scanner, first: Expression, start: number): Collection {
  const items = [first];
  while (s.take(T.COMMA)) {
    if (!startsExpression(s.kind)) break;
    items.push(readBareStarred(s));
  }
  return { kind: "collection", start, end: s.before - s.base, form: "tuple", items };
}

/** As `readStarred`, outside of brackets, where the grammar makes of `*a.b` the attribute of a starred name. */
function readBareStarred(s: Scanner): Expression {
  const e = readStarred(s);
  return e.kind === "starred" && (e.value.kind !== "name" || e.value.start !== e.start + 1) ? refuse() : e;
}

/** Whether an expression, starred or not, begins with a token of that number. */
export function startsExpression(kind: number): boolean {
  switch (kind) {
    case T.NAME:
    case T.NUMBER:
    case T.STRING:
    case T.FSTRING:
    case T.OPEN_PAREN:
    case T.OPEN_BRACKET:
    case T.OPEN_BRACE:
    case T.ELLIPSIS:
    case T.PLUS:
    case T.MINUS:
    case T.TILDE:
    case T.STAR:
    case T.W.None:
    case T.W.True:
    case T.W.False:
    case T.W.not:
    case T.W.await:
    case T.W.lambda:
      return true;
    default:
      return false;
  }
}

/** Operators from `or` down; no condition, lambda or walrus. */
export function readDisjunction(s: Scanner): Expression {
  const start = s.start - s.base;
  let left = readConjunction(s);
  while (s.kind === T.W.or) {
    s.next();
    const right = readConjunction(s);
    s.wrap();
    left = { kind: "boolean", start, end: s.before - s.base, operator: "or", left, right };
  }
  return left;
}

function readConjunction(s: Scanner): Expression {
  const start = s.start - s.base;
  let left = readNegation(s);
  while (s.kind === T.W.and) {
    s.next();
    const right = readNegation(s);
    s.wrap();
    left = { kind: "boolean", start, end: s.before - s.base, operator: "and", left, right };
  }
  return left;
}

function readNegation(s: Scanner): Expression {
  if (s.kind !== T.W.not) return readComparison(s);
  const start = s.start - s.base;
  s.next();
  s.enter();
  const value = readNegation(s);
  s.leave();
  return { kind: "unary", start, end: s.before - s.base, operator: "not", value };
}

function readComparison(s: Scanner): Expression {
  const start = s.start - s.base;
  const left = readBinary(s, T.OR_BINDING);
  let operator = readComparator(s);
  if (operator === "") return left;
  const operators: string[] = [];
  const operands = [left];
  do {
    operators.push(operator);
    operands.push(readBinary(s, T.OR_BINDING));
    operator = readComparator(s);
  } while (operator !== "");
  s.wrap();
  return { kind: "comparison", start, end: s.before - s.base, operators, operands };
}

/** The comparison under the cursor, and to what it compares with; "" where there is none. */
function readComparator(s: Scanner): string {
  const { kind } = s;
  if (kind >= T.LESS && kind <= T.GREATER) {
    s.next();
    return T.SPELLING[kind]!;
  }
  if (kind === T.W.in) {
    s.next();
    return "in";
  }
  if (kind === T.W.not) {
    s.next();
    s.expect(T.W.in);
    return "not in";
  }
  if (kind !== T.W.is) return "";
  s.next();
  return s.take(T.W.not) ? "is not" : "is";
}

/** Arithmetic whose operators bind at least as tightly as `binding`. */
export function readBinary(s: Scanner, binding: number): Expression {
  const start = s.start - s.base;
  let left = readUnary(s);
  for (;;) {
    const { kind } = s;
    const own = T.BINDING[kind]!;
    if (own === 0 || own < binding) return left;
    s.next();
    s.enter();
    const right = readBinary(s, own === T.POWER_BINDING ? own : own + 1);
    s.leave();
    s.wrap();
    left = { kind: "binary", start, end: s.before - s.base, left, operator: T.SPELLING[kind]!, right };
  }
}

function readUnary(s: Scanner): Expression {
  const { kind } = s;
  const isAwait = kind === T.W.await;
  if (!isAwait && kind !== T.MINUS && kind !== T.PLUS && kind !== T.TILDE) return readPrimary(s);
  const start = s.start - s.base;
  s.next();
  s.enter();
  const value = readBinary(s, T.POWER_BINDING);
  s.leave();
  const end = s.before - s.base;
  if (isAwait) return { kind: "await", start, end, value };
  return { kind: "unary", start, end, operator: kind === T.MINUS ? "-" : kind === T.PLUS ? "+" : "~", value };
}

/** A name, constant or display with the attributes, calls and subscripts behind it. */
export function readPrimary(s: Scanner): Expression {
  const start = s.start - s.base;
  let e = readAtom(s);
  for (;;) {
    switch (s.kind) {
      case T.DOT: {
        s.next();
        const nameStart = s.start - s.base;
        const name = s.name();
        e = { kind: "attribute", start, end: s.before - s.base, value: e, name, nameStart };
        break;
      }
      case T.OPEN_PAREN: {
        const args: Expression[] = [];
        const keywords: Keyword[] = [];
        readArguments(s, args, keywords, true);
        e = { kind: "call", start, end: s.before - s.base, callee: e, args, keywords };
        break;
      }
      case T.OPEN_BRACKET:
        e = readSubscript(s, e, start);
        break;
      default:
        return e;
    }
    s.wrap();
  }
}

function readAtom(s: Scanner): Expression {
  const start = s.start - s.base;
  switch (s.kind) {
    case T.NAME: {
      const id = s.word;
      s.next();
      return { kind: "name", start, end: s.before - s.base, id };
    }
    case T.STRING:
    case T.FSTRING:
      return readStrings(s);
    case T.NUMBER:
    case T.ELLIPSIS:
    case T.W.None:
    case T.W.True:
    case T.W.False: {
      const text = s.text.slice(s.start, s.end);
      s.next();
      return { kind: "literal", start, end: s.before - s.base, text };
    }
    case T.OPEN_PAREN:
      return readParentheses(s);
    case T.OPEN_BRACKET:
      return readBrackets(s);
    case T.OPEN_BRACE:
      return readBraces(s);
    default:
      return refuse();
  }
}

/** The arguments in the parentheses under the cursor: of a call or, without generators, of a class header. */
export function readArguments(s: Scanner, args: Expression[], keywords: Keyword[], isCall: boolean): void {
  const open = s.start - s.base;
  s.next();
  while (s.kind !== T.CLOSE_PAREN) {
    const start = s.start - s.base;
    if (s.take(T.DOUBLE_STAR)) {
      const value = readExpression(s);
      keywords.push({ start, end: s.before - s.base, name: null, value });
    } else {
      const e = readStarred(s);
      if (s.kind === T.EQUAL) {
        if (e.kind !== "name" || e.start !== start) refuse();
        s.next();
        const value = readExpression(s);
        keywords.push({ start, end: s.before - s.base, name: (e as Name).id, value });
      } else if (s.kind === T.W.for || s.kind === T.W.async) {
        if (!isCall || args.length > 0 || keywords.length > 0 || e.kind === "starred") refuse();
        args.push(readGenerator(s, e, open));
        return;
      } else args.push(e);
    }
    if (s.kind !== T.CLOSE_PAREN) s.expect(T.COMMA);
  }
  s.next();
}
