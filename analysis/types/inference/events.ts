/**
 * Handlers of a cloud function: `def handler(event, context)`. The platform calls them by their position, so that no library tells of them; what
 * an API gateway was sent stands in `event["body"]` and its like. A function of any other shape, or with a decorator that is not known, is left alone.
 */
import { functionEntity } from "../../names/program.ts";
import type { Expression } from "../../syntax/tree.ts";
import { alternatives, type Type } from "../type.ts";
import { source } from "./bodies.ts";
import { checksArguments } from "./checkers.ts";
import { evaluate } from "./expressions.ts";
import { type Inference, textOf } from "./state.ts";

/** What the platform puts under which key. */
const HELD: ReadonlyMap<string, string> = new Map([
  ["body", "raw"],
  ["queryStringParameters", "query"],
  ["multiValueQueryStringParameters", "query"],
  ["pathParameters", "path"],
  ["headers", "header"],
]);

/** The body, or another part of the request, that a read of `key` takes out of such an event; null for any other read. */
export function eventBody(inf: Inference, e: Expression, base: Type, key: Type | undefined): Type | null {
  const kind = key?.kind === "text" ? HELD.get(key.value) : undefined;
  if (kind === undefined) return null;
  const read = alternatives(base).find((t) => t.kind === "parameter" && t.of === inf.frame.id);
  if (read?.kind !== "parameter" || read.name !== "event" || !isHandler(inf)) return null;
  return source(inf, e, kind, textOf(e), null);
}

function isHandler(inf: Inference): boolean {
  const { entity } = inf.frame;
  if (!entity || entity.owner !== null || entity.unit !== entity.id) return false;
  const [event, context, another] = entity.parameters;
  if (event?.name !== "event" || !context || another || !/^_*(lambda_)?(context|ctx)?$/.test(context.name))
    return false;
  return entity.decorators.every((d) => {
    const wrapper = inf.quietly(() => evaluate(inf, d.kind === "call" ? d.callee : d));
    if (wrapper.kind !== "function") return false;
    return functionEntity(inf.program, wrapper.fn)?.origin.isStub === true && !checksArguments(inf.program, entity);
  });
}
