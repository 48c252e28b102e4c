/**
 * What is bound: targets of loops and comprehensions, and expressions that turn out to be the left side of an assignment.
 */
import type { Expression } from "../tree.ts";
import { readPrimary } from "./expressions.ts";
import { refuse } from "./refusal.ts";
import type { Scanner } from "./scanner.ts";
import * as T from "./tokens.ts";

/** The targets between `for` and `in`. */
export function readTargets(s: Scanner): Expression {
  const start = s.start - s.base;
  const { parenthesized } = s;
  const first = readTarget(s);
  let e = first;
  if (s.kind === T.COMMA) {
    const items = [first];
    while (s.take(T.COMMA)) {
      if (s.kind === T.W.in) break;
      items.push(readTarget(s));
    }
    e = { kind: "collection", start, end: s.before - s.base, form: "tuple", items };
  }
  checkTarget(e, start, s.parenthesized > parenthesized);
  return e;
}

function readTarget(s: Scanner): Expression {
  const start = s.start - s.base;
  if (!s.take(T.STAR)) return readPrimary(s);
  const value = readPrimary(s);
  return { kind: "starred", start, end: s.before - s.base, double: false, value };
}

/**
 * Refuses what cannot be bound, and where the grammar, which takes `(a) = b` for a tuple, may see something else. `start`: where the target begins with
 * its parentheses; `hasParentheses`: whether there are any in it that left no node.
 */
export function checkTarget(e: Expression, start: number, hasParentheses: boolean): void {
  if (e.kind === "starred" || e.start !== start) refuse();
  if (e.kind === "collection" && hasParentheses) refuse();
  checkPart(e);
}

function checkPart(e: Expression): void {
  if (e.kind === "collection" && e.form !== "set") e.items.forEach(checkPart);
  else if (e.kind === "starred" && e.value.kind !== "collection") checkPart(e.value);
  else if (e.kind !== "name" && e.kind !== "attribute" && e.kind !== "subscript") refuse();
}
