/**
 * Statements with blocks, and the blocks themselves.
 */
import type { ExceptHandler, Expression, Statement, WithItem } from "../tree.ts";
import { readClass, readDecorated, readFunction } from "./definitions.ts";
import { tupleOf } from "./displays.ts";
import { readExpression, readExpressions } from "./expressions.ts";
import { REFUSAL, refuse } from "./refusal.ts";
import type { Scanner } from "./scanner.ts";
import { readLine } from "./statements.ts";
import { checkTarget, readTargets } from "./targets.ts";
import * as T from "./tokens.ts";

/** Statements, and where the last of them ends with the comments behind it. */
export interface Block {
  readonly body: readonly Statement[];
  readonly end: number;
}

/** The statements of the text from the first line on. */
export function readAll(s: Scanner): readonly Statement[] {
  const body: Statement[] = [];
  while (s.kind !== T.END) {
    if (s.indent !== 0) refuse();
    readStatement(s, body);
  }
  return body;
}

/** The block behind the colon under the cursor: on the same line, or on the lines below that are indented further. */
export function readBlock(s: Scanner, indent: number): Block {
  s.expect(T.COLON);
  s.enter();
  const body: Statement[] = [];
  let end: number;
  if (s.kind !== T.NEWLINE) {
    readLine(s, body);
    end = s.lineEnd;
  } else {
    s.nextLine();
    const own = s.indent;
    if (own <= indent) refuse();
    const { block } = s;
    s.block = own;
    do {
      readStatement(s, body);
    } while (s.indent === own && s.kind !== T.END);
    if (s.indent > own) refuse();
    s.block = block;
    end = s.closeBlock(own);
  }
  if (body.length === 0) refuse();
  s.leave();
  return { body, end: end - s.base };
}

function readStatement(s: Scanner, body: Statement[]): void {
  s.enter();
  s.reach = s.depth;
  switch (s.kind) {
    case T.W.if:
      body.push(readIf(s));
      break;
    case T.W.for:
      body.push(readFor(s, s.start, false));
      break;
    case T.W.while:
      body.push(readWhile(s));
      break;
    case T.W.with:
      body.push(readWith(s, s.start, false));
      break;
    case T.W.try:
      body.push(readTry(s));
      break;
    case T.W.def:
      body.push(readFunction(s, s.start, false, []));
      break;
    case T.W.class:
      body.push(readClass(s, s.start, []));
      break;
    case T.AT:
      body.push(readDecorated(s));
      break;
    case T.W.async:
      body.push(readAsync(s));
      break;
    default:
      readLine(s, body);
  }
  s.leave();
}

function readAsync(s: Scanner): Statement {
  const { start } = s;
  s.next();
  if (s.kind === T.W.for) return readFor(s, start, true);
  if (s.kind === T.W.with) return readWith(s, start, true);
  if (s.kind === T.W.def) return readFunction(s, start, true, []);
  return refuse();
}

function readIf(s: Scanner): Statement {
  const { indent } = s;
  const start = s.start - s.base;
  s.next();
  const test = readExpression(s);
  const block = readBlock(s, indent);
  const branches: { start: number; test: Expression; body: readonly Statement[] }[] = [];
  let { end } = block;
  while (s.kind === T.W.elif && s.indent === indent) {
    s.enter();
    const start = s.start - s.base;
    s.next();
    const test = readExpression(s);
    const branch = readBlock(s, indent);
    branches.push({ start, test, body: branch.body });
    end = branch.end;
  }
  const otherwise = readElse(s, indent);
  if (otherwise) end = otherwise.end;
  let orelse = otherwise?.body ?? [];
  for (const { start, test, body } of branches.reverse()) {
    orelse = [{ kind: "if", start, end, test, body, orelse }];
    s.leave();
  }
  return { kind: "if", start, end, test, body: block.body, orelse };
}

function readElse(s: Scanner, indent: number): Block | null {
  if (s.kind !== T.W.else || s.indent !== indent) return null;
  s.next();
  return readBlock(s, indent);
}

function readWhile(s: Scanner): Statement {
  const { indent } = s;
  const start = s.start - s.base;
  s.next();
  const test = readExpression(s);
  const block = readBlock(s, indent);
  const otherwise = readElse(s, indent);
  const { end } = otherwise ?? block;
  return { kind: "while", start, end, test, body: block.body, orelse: otherwise?.body ?? [] };
}

function readFor(s: Scanner, from: number, isAsync: boolean): Statement {
  const { indent } = s;
  const start = from - s.base;
  s.next();
  const target = readTargets(s);
  s.expect(T.W.in);
  const iterable = readExpressions(s);
  const block = readBlock(s, indent);
  const otherwise = readElse(s, indent);
  const { end } = otherwise ?? block;
  return { kind: "for", start, end, isAsync, target, iterable, body: block.body, orelse: otherwise?.body ?? [] };
}

function readWith(s: Scanner, from: number, isAsync: boolean): Statement {
  const { indent } = s;
  const start = from - s.base;
  s.next();
  let items = s.kind === T.OPEN_PAREN ? readEnclosedItems(s) : null;
  if (items === null) {
    items = [];
    do {
      items.push(readWithItem(s));
    } while (s.take(T.COMMA));
  }
  const block = readBlock(s, indent);
  return { kind: "with", start, end: block.end, isAsync, items, body: block.body };
}

/** The items in the parentheses under the cursor; null, and the cursor back on them, where these are part of an expression. */
function readEnclosedItems(s: Scanner): WithItem[] | null {
  const { start, depth, reach } = s;
  try {
    const items: WithItem[] = [];
    s.next();
    do {
      if (s.kind === T.CLOSE_PAREN) break;
      items.push(readWithItem(s));
    } while (s.take(T.COMMA));
    s.expect(T.CLOSE_PAREN);
    // Of `with (a):` the parentheses belong to the item.
    if (s.kind === T.COLON && (items.length > 1 || items[0]?.target)) return items;
  } catch (reason) {
    if (reason !== REFUSAL) throw reason;
    s.depth = depth;
    s.reach = reach;
  }
  s.rewind(start);
  return null;
}

function readWithItem(s: Scanner): WithItem {
  const start = s.start - s.base;
  const context = readExpression(s);
  let target: Expression | null = null;
  if (s.take(T.W.as)) {
    checkNamed(context, start);
    const { parenthesized } = s;
    const targetStart = s.start - s.base;
    target = readExpression(s);
    checkTarget(target, targetStart, s.parenthesized > parenthesized);
  }
  return { start, end: s.before - s.base, context, target };
}

/** The grammar takes an `as` for a part of what binds less tightly than it. `start`: where the expression begins with its parentheses. */
function checkNamed(e: Expression, start: number): void {
  if (e.start === start && (e.kind === "conditional" || e.kind === "lambda" || e.kind === "walrus")) refuse();
}

function readTry(s: Scanner): Statement {
  const { indent } = s;
  const start = s.start - s.base;
  s.next();
  const block = readBlock(s, indent);
  let { end } = block;
  const handlers: ExceptHandler[] = [];
  while (s.kind === T.W.except && s.indent === indent) {
    const handler = readHandler(s, indent);
    handlers.push(handler);
    end = handler.end;
  }
  const otherwise = readElse(s, indent);
  if (otherwise) end = otherwise.end;
  let finalbody: readonly Statement[] = [];
  if (s.kind === T.W.finally && s.indent === indent) {
    s.next();
    ({ body: finalbody, end } = readBlock(s, indent));
  } else if (handlers.length === 0) refuse();
  return { kind: "try", start, end, body: block.body, handlers, orelse: otherwise?.body ?? [], finalbody };
}

function readHandler(s: Scanner, indent: number): ExceptHandler {
  const start = s.start - s.base;
  s.next();
  s.take(T.STAR);
  let type: Expression | null = null;
  let name: ExceptHandler["name"] = null;
  if (s.kind !== T.COLON) {
    const typeStart = s.start - s.base;
    type = readExpression(s);
    if (s.take(T.W.as)) {
      checkNamed(type, typeStart);
      const nameStart = s.start - s.base;
      const id = s.name();
      name = { kind: "name", start: nameStart, end: s.before - s.base, id };
    } else if (s.kind === T.COMMA) {
      // Several without parentheses: Python 3.14 reads them as a tuple.
      const types = [type];
      while (s.take(T.COMMA)) types.push(readExpression(s));
      type = tupleOf(types, true);
    }
  }
  const { body, end } = readBlock(s, indent);
  return { start, end, type, name, body };
}
