/**
 * What may raise when it is evaluated, as far as the graph cares: calls, `await`, `yield`, subscripts.
 */
import { childExpressions } from "../syntax/index.ts";
import type { ExceptHandler, Expression } from "../syntax/tree.ts";

/** Whether evaluating `e` may raise. What stands in a lambda or is left for later does not count. */
export function raises(e: Expression): boolean {
  return contains(e, RAISING);
}

/** Whether evaluating `e` hands control to whoever drives the generator. */
export function yields(e: Expression): boolean {
  return contains(e, YIELD);
}

/**
 * What a handler catches: "everything", "exceptions" (all but the closing of a generator), or "some" of them.
 * A type of which only the name is known is "some".
 */
export function catches(handler: ExceptHandler): "everything" | "exceptions" | "closing" | "some" {
  if (handler.type === null) return "everything";
  const types = handler.type.kind === "collection" ? handler.type.items : [handler.type];
  const names = types.map((type) => (type.kind === "name" ? type.id : type.kind === "attribute" ? type.name : ""));
  if (names.includes("BaseException")) return "everything";
  if (names.includes("Exception")) return names.includes("GeneratorExit") ? "everything" : "exceptions";
  return names.includes("GeneratorExit") ? "closing" : "some";
}

function contains(e: Expression, kinds: ReadonlySet<Expression["kind"]>): boolean {
  if (kinds.has(e.kind)) return true;
  for (const child of childExpressions(e)) if (contains(child, kinds)) return true;
  return false;
}

const RAISING: ReadonlySet<Expression["kind"]> = new Set<Expression["kind"]>(["call", "await", "yield", "subscript"]);
const YIELD: ReadonlySet<Expression["kind"]> = new Set<Expression["kind"]>(["yield"]);
