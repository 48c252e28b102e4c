/** Whether a function answers a request itself, so that one more `return` of a response is in place in it. */
import type { FileView, FunctionView } from "../../analysis/index.ts";

/** A method of a view named for what it answers, or a function of a request that returns responses. */
export function answersResponses(fn: FunctionView, { text }: FileView): boolean {
  const parts = fn.qualifiedName.split(".");
  if (parts.length > 1 && /^(post|put|patch|delete|get)$/.test(parts.at(-1)!)) return true;
  const code = text.slice(fn.span.start, fn.span.end);
  const returns = /^\s+return (render|redirect|\w*Response\w*)\(/m.test(code);
  return returns && fn.parameters.some((p) => p.name === "request");
}
