/**
 * What may raise when it is evaluated, as far as the graph cares: calls, `await`, `yield`, subscripts.
 */
import { childExpressions } from "../syntax/index.ts";
import type { ExceptHandler, Expression } from "../syntax/tree.ts";
import type { GraphSemantics } from "./graph.ts";

/** Whether evaluating `e` may raise. What stands in a lambda or is left for later does not count. */
export function raises(e: Expression, semantics: GraphSemantics): boolean {
  return contains(e, (each) => {
    if (each.kind === "call") return !semantics.cannotRaise?.(each);
    if (each.kind === "yield") return !semantics.resumed;
    return each.kind === "await" || each.kind === "subscript";
  });
}

/** Whether evaluating `e` hands control to whoever drives the generator. */
export function yields(e: Expression): boolean {
  return contains(e, ({ kind }) => kind === "yield");
}

/**
 * What a handler catches: "everything", "exceptions" (all but the closing of a generator), or "some" of them.
 * A type of which only the name is known is "some".
 */
export function catches(handler: Pick<ExceptHandler, "type">): "everything" | "exceptions" | "closing" | "some" {
  if (handler.type === null) return "everything";
  const types = handler.type.kind === "collection" ? handler.type.items : [handler.type];
  const names = types.map((type) => (type.kind === "name" ? type.id : type.kind === "attribute" ? type.name : ""));
  if (names.includes("BaseException")) return "everything";
  if (names.includes("Exception")) return names.includes("GeneratorExit") ? "everything" : "exceptions";
  return names.includes("GeneratorExit") ? "closing" : "some";
}

function contains(e: Expression, is: (e: Expression) => boolean): boolean {
  return is(e) || childExpressions(e).some((child) => contains(child, is));
}
