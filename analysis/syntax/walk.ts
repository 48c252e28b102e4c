/**
 * Going through expressions without knowing all their kinds.
 */
import type { Call, Expression, Statement } from "./tree.ts";

/**
 * The direct sub-expressions in the order Python evaluates them; what is bound comes behind the value it is bound to.
 * None for a lambda: what stands in it belongs to its own `def`.
 */
export function childExpressions(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case "name":
    case "string":
    case "literal":
    case "lambda":
      return NONE;
    case "attribute":
    case "await":
    case "unary":
    case "starred":
      return [e.value];
    case "call":
      return partsOfCall(e);
    case "subscript":
      return [e.value, e.index];
    case "collection":
      return e.items;
    case "fstring":
    case "slice":
    case "unknown":
      return e.parts;
    case "dict":
      return e.entries.flatMap(({ key, value }) => (key === null ? [value] : [key, value]));
    case "comprehension":
      return [
        ...e.clauses.flatMap((clause) => [clause.iterable, clause.target, ...clause.conditions]),
        e.element,
        ...(e.value === null ? NONE : [e.value]),
      ];
    case "binary":
    case "boolean":
      return [e.left, e.right];
    case "comparison":
      return e.operands;
    case "conditional":
      return [e.test, e.then, e.otherwise];
    case "walrus":
      return [e.value, e.target];
    case "yield":
      return e.value === null ? NONE : [e.value];
  }
}

/** Every second expression is a call or in one, so this is without what is short to write. */
function partsOfCall({ callee, args, keywords }: Call): readonly Expression[] {
  const parts = [callee];
  for (const arg of args) parts.push(arg);
  for (const { value } of keywords) parts.push(value);
  return parts;
}

/** Calls `visit` for `e` and every expression below it, parents first, in the order of `childExpressions`. */
export function walkExpressions(e: Expression, visit: (e: Expression) => void): void {
  const waiting: Expression[] = [e];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    visit(next);
    const children = childExpressions(next);
    for (let i = children.length - 1; i >= 0; i--) waiting.push(children[i]!);
  }
}

/** Calls `visit` for every expression of a body; what stands in its functions and classes is left to them. */
export function walkBody(body: readonly Statement[], visit: (e: Expression) => void): void {
  for (const s of body) {
    for (const e of expressionsOf(s)) walkExpressions(e, visit);
    for (const block of blocksOf(s)) walkBody(block, visit);
  }
}

const NONE: readonly Expression[] = [];

/** The expressions that stand directly in a statement, not those in its blocks. */
export function expressionsOf(s: Statement): readonly Expression[] {
  switch (s.kind) {
    case "return":
      return s.value ? [s.value] : [];
    case "assign":
      return [...s.targets, s.value];
    case "augmented-assign":
      return [s.target, s.value];
    case "annotated-assign":
      return s.value ? [s.target, s.value] : [s.target];
    case "for":
      return [s.iterable, s.target];
    case "while":
    case "if":
      return [s.test];
    case "with":
      return s.items.flatMap((i) => (i.target ? [i.context, i.target] : [i.context]));
    case "match":
      return [s.subject, ...s.cases.flatMap((c) => (c.guard ? [c.guard] : []))];
    case "raise":
      return [s.exception, s.cause].filter((e) => e !== null);
    case "try":
      return s.handlers.flatMap((h) => (h.type ? [h.type] : []));
    case "assert":
      return s.message ? [s.test, s.message] : [s.test];
    case "expression":
      return [s.value];
    case "delete":
      return s.targets;
    default:
      return [];
  }
}

/** The blocks of a compound statement, in source order; none for functions and classes. */
export function blocksOf(s: Statement): readonly (readonly Statement[])[] {
  switch (s.kind) {
    case "for":
    case "while":
    case "if":
      return [s.body, s.orelse];
    case "with":
      return [s.body];
    case "match":
      return s.cases.map((c) => c.body);
    case "try":
      return [s.body, ...s.handlers.map((h) => h.body), s.orelse, s.finalbody];
    case "unknown-statement":
      return [s.body];
    default:
      return [];
  }
}
