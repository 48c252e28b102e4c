/**
 * Going through expressions without knowing all their kinds.
 */
import type { Expression } from "./tree.ts";

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
      return [e.callee, ...e.args, ...e.keywords.map((keyword) => keyword.value)];
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

/** Calls `visit` for `e` and every expression below it, parents first, in the order of `childExpressions`. */
export function walkExpressions(e: Expression, visit: (e: Expression) => void): void {
  const waiting: Expression[] = [e];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    visit(next);
    const children = childExpressions(next);
    for (let i = children.length - 1; i >= 0; i--) waiting.push(children[i]!);
  }
}

const NONE: readonly Expression[] = [];
