/**
 * What stands in brackets: parentheses, lists, sets, dicts, comprehensions, subscripts.
 */
import type { Comprehension, ComprehensionClause, Expression } from "../tree.ts";
import { readDisjunction, readExpression, readExpressions, readStarred } from "./expressions.ts";
import { refuse } from "./refusal.ts";
import type { Scanner } from "./scanner.ts";
import { readTargets } from "./targets.ts";
import * as T from "./tokens.ts";

/** A tuple, a generator, or what is read as if the parentheses were not there. */
export function readParentheses(s: Scanner): Expression {
  const start = s.start - s.base;
  s.next();
  if (s.take(T.CLOSE_PAREN)) return { kind: "collection", start, end: s.before - s.base, form: "tuple", items: [] };
  if (s.kind === T.W.yield) {
    const value = readYield(s);
    s.expect(T.CLOSE_PAREN);
    s.parenthesized++;
    return value;
  }
  const first = readStarred(s);
  if (s.kind === T.W.for || s.kind === T.W.async) return readGenerator(s, first, start);
  if (s.kind === T.COMMA) {
    const items = readItems(s, first, T.CLOSE_PAREN);
    return { kind: "collection", start, end: s.before - s.base, form: "tuple", items };
  }
  s.expect(T.CLOSE_PAREN);
  s.parenthesized++;
  s.wrap();
  return first.kind === "starred" ? refuse() : first;
}

/** A list or a list comprehension. */
export function readBrackets(s: Scanner): Expression {
  const start = s.start - s.base;
  s.next();
  if (s.take(T.CLOSE_BRACKET)) return { kind: "collection", start, end: s.before - s.base, form: "list", items: [] };
  const first = readStarred(s);
  if (s.kind === T.W.for || s.kind === T.W.async)
    return readComprehension(s, "list", first, null, start, T.CLOSE_BRACKET);
  const items = readItems(s, first, T.CLOSE_BRACKET);
  checkLoneStar(items);
  return { kind: "collection", start, end: s.before - s.base, form: "list", items };
}

/** A set or a dict, or a comprehension that makes one. */
export function readBraces(s: Scanner): Expression {
  const start = s.start - s.base;
  s.next();
  if (s.take(T.CLOSE_BRACE)) return { kind: "dict", start, end: s.before - s.base, entries: [] };
  if (s.kind === T.DOUBLE_STAR) return readDict(s, start, []);
  const first = readStarred(s);
  if (s.kind === T.COLON && first.kind !== "starred") {
    s.next();
    const value = readExpression(s);
    if (s.kind === T.W.for || s.kind === T.W.async)
      return readComprehension(s, "dict", first, value, start, T.CLOSE_BRACE);
    return readDict(s, start, [{ key: first, value }]);
  }
  if (s.kind === T.W.for || s.kind === T.W.async) return readComprehension(s, "set", first, null, start, T.CLOSE_BRACE);
  const items = readItems(s, first, T.CLOSE_BRACE);
  checkLoneStar(items);
  return { kind: "collection", start, end: s.before - s.base, form: "set", items };
}

/** The rest of a dict, of which the first entry may have been read. */
function readDict(s: Scanner, start: number, entries: { key: Expression | null; value: Expression }[]): Expression {
  if (entries.length > 0 && s.kind !== T.CLOSE_BRACE) s.expect(T.COMMA);
  while (s.kind !== T.CLOSE_BRACE) {
    if (s.take(T.DOUBLE_STAR)) entries.push({ key: null, value: readExpression(s) });
    else {
      const key = readExpression(s);
      s.expect(T.COLON);
      entries.push({ key, value: readExpression(s) });
    }
    if (s.kind !== T.CLOSE_BRACE) s.expect(T.COMMA);
  }
  s.next();
  return { kind: "dict", start, end: s.before - s.base, entries };
}

/** The items up to a closing bracket and that, the first of which was just read. */
function readItems(s: Scanner, first: Expression, closing: number): Expression[] {
  const items = [first];
  while (s.take(T.COMMA)) {
    if (s.kind === closing) break;
    items.push(readStarred(s));
  }
  s.expect(closing);
  return items;
}

/** Of `[*a.b]` the grammar makes the attribute of a starred name. */
function checkLoneStar([only, another]: readonly Expression[]): void {
  if (another || only?.kind !== "starred") return;
  if (only.value.kind !== "name" || only.value.start !== only.start + 1) refuse();
}

/** The rest of a generator in parentheses, whose element was just read. */
export function readGenerator(s: Scanner, element: Expression, start: number): Expression {
  return readComprehension(s, "generator", element, null, start, T.CLOSE_PAREN);
}

function readComprehension(
  s: Scanner,
  form: Comprehension["form"],
  element: Expression,
  value: Expression | null,
  start: number,
  closing: number,
): Expression {
  if (element.kind === "starred") refuse();
  const clauses: (ComprehensionClause & { conditions: Expression[] })[] = [];
  while (s.kind !== closing) {
    if (s.take(T.W.if)) {
      clauses.at(-1)!.conditions.push(readDisjunction(s));
      continue;
    }
    const isAsync = s.take(T.W.async);
    s.expect(T.W.for);
    const target = readTargets(s);
    s.expect(T.W.in);
    clauses.push({ isAsync, target, iterable: readDisjunction(s), conditions: [] });
  }
  s.next();
  s.wrap();
  return { kind: "comprehension", start, end: s.before - s.base, form, element, value, clauses };
}

/** What stands in brackets behind `value`, which starts at `start`. */
export function readSubscript(s: Scanner, value: Expression, start: number): Expression {
  s.next();
  const indices = [readIndex(s)];
  let isTuple = false;
  while (s.take(T.COMMA)) {
    isTuple = true;
    if (s.kind === T.CLOSE_BRACKET) break;
    indices.push(readIndex(s));
  }
  s.expect(T.CLOSE_BRACKET);
  return { kind: "subscript", start, end: s.before - s.base, value, index: tupleOf(indices, isTuple) };
}

/** What stands side by side without brackets of its own, of which there is at least one. */
export function tupleOf(items: readonly Expression[], isTuple: boolean): Expression {
  const first = items[0]!;
  if (!isTuple) return first;
  return { kind: "collection", start: first.start, end: items.at(-1)!.end, form: "tuple", items };
}

/** An index or a slice. */
function readIndex(s: Scanner): Expression {
  const start = s.start - s.base;
  const parts: Expression[] = [];
  if (s.kind !== T.COLON) {
    const e = readStarred(s);
    if (s.kind !== T.COLON) return e;
    if (e.kind === "starred") refuse();
    parts.push(e);
  }
  for (let colons = 0; colons < 2 && s.take(T.COLON); colons++)
    if (s.kind !== T.COLON && s.kind !== T.COMMA && s.kind !== T.CLOSE_BRACKET) parts.push(readExpression(s));
  s.wrap();
  return { kind: "slice", start, end: s.before - s.base, parts };
}

/** The `yield` under the cursor with what it gives. */
export function readYield(s: Scanner): Expression {
  const start = s.start - s.base;
  s.sawYield = true;
  s.next();
  s.enter();
  let value: Expression | null = null;
  const isFrom = s.take(T.W.from);
  if (isFrom) value = readExpression(s);
  else if (s.kind !== T.CLOSE_PAREN && s.kind !== T.NEWLINE && s.kind !== T.END && s.kind !== T.SEMICOLON)
    value = readExpressions(s);
  s.leave();
  return { kind: "yield", start, end: s.before - s.base, from: isFrom, value };
}
