/**
 * Comprehensions and generator expressions.
 */

import { trimmed } from "../base/trimmed.ts";
import { onlyChild, readPair } from "./expressions.ts";
import { K } from "./grammar.ts";
import type { ExpressionReader, Reader, ReaderTable } from "./reader.ts";
import type { Comprehension, ComprehensionClause, Expression } from "./tree.ts";

export const comprehensionReaders: ReaderTable<ExpressionReader> = [
  [K.list_comprehension, comprehensionReader("list")],
  [K.set_comprehension, comprehensionReader("set")],
  [K.dictionary_comprehension, comprehensionReader("dict")],
  [K.generator_expression, comprehensionReader("generator")],
];

function comprehensionReader(form: Comprehension["form"]): ExpressionReader {
  return (reader) => {
    const { start, end } = reader.span();
    let element: Expression | null = null;
    let value: Expression | null = null;
    const clauses: OpenClause[] = [];
    if (reader.downPast()) {
      do {
        if (reader.kind === K.for_in_clause) clauses.push(readClause(reader));
        else if (reader.kind === K.if_clause) clauses.at(-1)?.conditions.push(onlyChild(reader));
        else if (reader.kind === K.pair) ({ key: element, value } = readPair(reader));
        else element = reader.expression();
      } while (reader.next());
      reader.up();
    }
    element ??= { kind: "unknown", start, end: start, parts: [] };
    return { kind: "comprehension", start, end, form, element, value, clauses: trimmed(clauses) };
  };
}

interface OpenClause extends ComprehensionClause {
  readonly conditions: Expression[];
}

/** `async for target in iterable`; several iterables without parentheses are a tuple. */
function readClause(reader: Reader): OpenClause {
  const { start, end } = reader.span();
  const isAsync = reader.text.charAt(start + reader.base) === "a";
  const [target, ...iterables] = reader.expressionChildren(end);
  const first = iterables[0];
  const nothing: Expression = { kind: "unknown", start: end, end, parts: [] };
  return {
    isAsync,
    target: target ?? nothing,
    iterable:
      first === undefined || iterables.length === 1
        ? (first ?? nothing)
        : { kind: "collection", start: first.start, end: iterables.at(-1)!.end, form: "tuple", items: iterables },
    conditions: [],
  };
}
