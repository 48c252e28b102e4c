/**
 * Statements with a body: conditions, loops, `with` and `try`.
 */
import { trimmed } from "../base/trimmed.ts";
import { K } from "./grammar.ts";
import type { Reader, ReaderTable, StatementReader } from "./reader.ts";
import type { ExceptHandler, Expression, Statement, WithItem } from "./tree.ts";

export const compoundReaders: ReaderTable<StatementReader> = [
  [K.if_statement, readIf],
  [K.while_statement, readWhile],
  [K.for_statement, readFor],
  [K.with_statement, readWith],
  [K.try_statement, readTry],
];

interface Branch {
  readonly start: number;
  readonly test: Expression;
  readonly body: readonly Statement[];
}

function readIf(reader: Reader): Statement {
  const start = reader.start();
  const close = reader.cursor.end();
  const depth = reader.depth;
  const branches: Branch[] = [];
  const tail: Statement[] = [];
  let tailStart = start;
  let orelse: readonly Statement[] = [];
  let test: Expression | null = null;
  let body: readonly Statement[] = [];
  if (reader.down()) {
    do {
      if (reader.kind === K.block) body = reader.block();
      else if (reader.kind === K.else_clause) orelse = readClauseBody(reader);
      else if (reader.kind !== K.elif_clause) test = reader.expression();
      else if (tail.length === 0 && reader.mayChain()) {
        // Each `elif` lies in the `orelse` of the one before.
        reader.depth++;
        branches.push(readElif(reader));
      } else {
        if (tail.length === 0) tailStart = reader.start();
        reader.depth = depth;
        const branch = readElif(reader);
        tail.push({ kind: "expression", start: branch.test.start, end: branch.test.end, value: branch.test });
        for (const statement of branch.body) tail.push(statement);
      }
    } while (reader.next());
    reader.up();
  }
  reader.depth = depth;
  const end = close - reader.base;
  if (tail.length > 0) {
    // More branches than anybody should have to recurse into: what runs is kept, on which condition is not.
    for (const statement of orelse) tail.push(statement);
    orelse = [{ kind: "unknown-statement", start: tailStart, end, body: tail }];
  }
  for (const { start, test, body } of branches.reverse()) orelse = [{ kind: "if", start, end, test, body, orelse }];
  return { kind: "if", start, end, test: test ?? nothing(start), body, orelse };
}

function readElif(reader: Reader): Branch {
  const start = reader.start();
  let test: Expression | null = null;
  let body: readonly Statement[] = [];
  if (reader.down()) {
    do {
      if (reader.kind === K.block) body = reader.block();
      else test = reader.expression();
    } while (reader.next());
    reader.up();
  }
  return { start, test: test ?? nothing(start), body };
}

/** The block of an `else` or `finally` under the cursor. */
function readClauseBody(reader: Reader): readonly Statement[] {
  let body: readonly Statement[] = [];
  if (!reader.down()) return body;
  do {
    if (reader.kind === K.block) body = reader.block();
  } while (reader.next());
  reader.up();
  return body;
}

function readWhile(reader: Reader): Statement {
  const start = reader.start();
  const close = reader.cursor.end();
  const { heads, body, orelse } = readLoop(reader);
  return { kind: "while", start, end: close - reader.base, test: heads[0] ?? nothing(start), body, orelse };
}

function readFor(reader: Reader): Statement {
  const start = reader.start();
  const close = reader.cursor.end();
  const isAsync = startsWithAsync(reader);
  const { heads, body, orelse } = readLoop(reader);
  const [target, iterable] = heads;
  return {
    kind: "for",
    start,
    end: close - reader.base,
    isAsync,
    target: target ?? nothing(start),
    iterable: iterable ?? nothing(start),
    body,
    orelse,
  };
}

interface Loop {
  readonly heads: readonly Expression[];
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

function readLoop(reader: Reader): Loop {
  const heads: Expression[] = [];
  let body: readonly Statement[] = [];
  let orelse: readonly Statement[] = [];
  if (reader.down()) {
    do {
      if (reader.kind === K.block) body = reader.block();
      else if (reader.kind === K.else_clause) orelse = readClauseBody(reader);
      else heads.push(reader.expression());
    } while (reader.next());
    reader.up();
  }
  return { heads, body, orelse };
}

function readWith(reader: Reader): Statement {
  const start = reader.start();
  const close = reader.cursor.end();
  const isAsync = startsWithAsync(reader);
  const items: WithItem[] = [];
  let body: readonly Statement[] = [];
  if (reader.down()) {
    do {
      if (reader.kind === K.block) body = reader.block();
      else if (reader.kind === K.with_clause && reader.down()) {
        do {
          readWithItems(reader, items);
        } while (reader.next());
        reader.up();
      }
    } while (reader.next());
    reader.up();
  }
  return { kind: "with", start, end: close - reader.base, isAsync, items: trimmed(items), body };
}

/** A `with_item`, in parentheses or not: `(a as b)` and `((a as b), c)` are read as expressions by the grammar. */
function readWithItems(reader: Reader, items: WithItem[]): void {
  const { start, end } = reader.span();
  if (reader.kind === K.with_item || isAliasInParentheses(reader)) {
    if (!reader.enter()) return;
    if (reader.down()) {
      do {
        readWithItems(reader, items);
      } while (reader.next());
      reader.up();
    }
    reader.leave();
  } else if (reader.kind === K.as_pattern) {
    const [context, target] = reader.expressionChildren(end);
    items.push({ start, end, context: context ?? nothing(start), target: target ?? null });
  } else {
    items.push({ start, end, ...aliasBehind(reader, reader.expression()) });
  }
}

/** An expression as it was read with what its value is called: the grammar takes the `as b` behind `x if y else z` for a part of `z`. */
function aliasBehind(
  reader: Reader,
  e: Expression,
): { readonly context: Expression; readonly target: Expression | null } {
  if (e.kind === "conditional") {
    const { context, target } = aliasBehind(reader, e.otherwise);
    if (target !== null) return { context: { ...e, end: context.end, otherwise: context }, target };
  } else if (e.kind === "unknown" && e.parts.length === 2) {
    const [context, target] = e.parts as [Expression, Expression];
    const between = reader.text.slice(context.end + reader.base, target.start + reader.base);
    if (/^\W*as\s*$/.test(between)) return { context, target };
  }
  return { context: e, target: null };
}

/** Whether the cursor stands on parentheses with an `as` directly inside. */
function isAliasInParentheses(reader: Reader): boolean {
  if (reader.kind !== K.parenthesized_expression && reader.kind !== K.tuple) return false;
  const { cursor } = reader;
  if (!cursor.firstChild()) return false;
  let found = false;
  do {
    if (cursor.kind() === K.as_pattern) found = true;
  } while (!found && cursor.nextSibling());
  cursor.parent();
  return found;
}

function readTry(reader: Reader): Statement {
  const start = reader.start();
  const close = reader.cursor.end();
  const handlers: ExceptHandler[] = [];
  let body: readonly Statement[] = [];
  let orelse: readonly Statement[] = [];
  let finalbody: readonly Statement[] = [];
  if (reader.down()) {
    do {
      if (reader.kind === K.block) body = reader.block();
      else if (reader.kind === K.except_clause) handlers.push(readHandler(reader));
      else if (reader.kind === K.else_clause) orelse = readClauseBody(reader);
      else if (reader.kind === K.finally_clause) finalbody = readClauseBody(reader);
    } while (reader.next());
    reader.up();
  }
  return { kind: "try", start, end: close - reader.base, body, handlers, orelse, finalbody };
}

function readHandler(reader: Reader): ExceptHandler {
  const start = reader.start();
  const close = reader.cursor.end();
  const types: Expression[] = [];
  let name: Expression | undefined;
  let body: readonly Statement[] = [];
  if (reader.down()) {
    do {
      if (reader.kind === K.block) body = reader.block();
      else if (reader.kind === K.as_pattern) {
        const [type, alias] = reader.expressionChildren(reader.end());
        if (type !== undefined) types.push(type);
        name = alias;
      } else {
        const { context, target } = aliasBehind(reader, reader.expression());
        types.push(context);
        name = target ?? undefined;
      }
    } while (reader.next());
    reader.up();
  }
  const first = types[0];
  // Several types without parentheses: Python 3.14 reads them as a tuple.
  const type: Expression | null =
    first === undefined || types.length === 1
      ? (first ?? null)
      : { kind: "collection", start: first.start, end: types.at(-1)!.end, form: "tuple", items: types };
  return { start, end: close - reader.base, type, name: name?.kind === "name" ? name : null, body };
}

function startsWithAsync(reader: Reader): boolean {
  return reader.text.charAt(reader.cursor.start()) === "a";
}

/** Stands where broken code has no expression. */
function nothing(at: number): Expression {
  return { kind: "unknown", start: at, end: at, parts: [] };
}
