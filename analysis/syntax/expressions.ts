/**
 * Expressions, besides those with a file of their own: strings, comprehensions, lambdas.
 */

import type { Span } from "../base/span.ts";
import { trimmed } from "../base/trimmed.ts";
import { FIRST_NAMED, FROM, K, operatorText } from "./grammar.ts";
import { type ExpressionReader, type Reader, type ReaderTable, WITH_TOKENS } from "./reader.ts";
import type { Collection, Dict, Expression, Keyword, Name } from "./tree.ts";

export const expressionReaders: ReaderTable<ExpressionReader> = [
  [K.identifier, readName],
  [K.attribute, readAttribute],
  [K.member_type, readAttribute],
  [K.call, readCall],
  [K.subscript, readSubscript],
  [K.generic_type, readGenericType],
  [K.await, readAwait],
  [K.integer, readLiteral],
  [K.float, readLiteral],
  [K.true, readLiteral],
  [K.false, readLiteral],
  [K.none, readLiteral],
  [K.ellipsis, readLiteral],
  [K.tuple, collectionReader("tuple")],
  [K.expression_list, collectionReader("tuple", false)],
  [K.pattern_list, collectionReader("tuple", false)],
  [K.tuple_pattern, collectionReader("tuple")],
  [K.list, collectionReader("list")],
  [K.list_pattern, collectionReader("list")],
  [K.set, collectionReader("set")],
  [K.dictionary, readDict],
  [K.binary_operator, readBinary],
  [K.union_type, readUnion],
  [K.boolean_operator, readBoolean],
  [K.comparison_operator, readComparison],
  [K.unary_operator, readUnary],
  [K.not_operator, readNot],
  [K.conditional_expression, readConditional],
  [K.named_expression, readWalrus],
  [K.list_splat, starredReader(false)],
  [K.list_splat_pattern, starredReader(false)],
  [K.dictionary_splat, starredReader(true)],
  [K.dictionary_splat_pattern, starredReader(true)],
  [K.splat_type, readSplatType],
  [K.yield, readYield],
  [K.slice, readSlice],
  [K.parenthesized_expression, onlyChild],
  [K.as_pattern_target, readWrapped],
  [K.type, readWrapped],
  [K.dotted_name, readDottedName],
];

function readName(reader: Reader): Expression {
  const start = reader.start();
  const end = reader.endOfName();
  if (start === end) return { kind: "unknown", start, end, parts: [] };
  return { kind: "name", start, end, id: reader.text.slice(start + reader.base, end + reader.base) };
}

function readAttribute(reader: Reader): Expression {
  const { start, end } = reader.span();
  if (!reader.down()) return { kind: "unknown", start, end, parts: [] };
  const value = reader.expression();
  let nameStart = reader.startOfName(end);
  if (nameStart < 0) nameStart = reader.next() ? reader.start() : end;
  reader.up();
  const name = reader.text.slice(nameStart + reader.base, end + reader.base);
  return { kind: "attribute", start, end, value, name, nameStart };
}

/** `a.b.c` where the grammar has one flat node for it: patterns and imports. */
function readDottedName(reader: Reader): Expression {
  const { start, end } = reader.span();
  let value: Expression | null = null;
  if (reader.down()) {
    do {
      const name = readName(reader);
      if (value === null) value = name;
      else if (name.kind === "name") {
        value = { kind: "attribute", start, end: name.end, value, name: name.id, nameStart: name.start };
      }
    } while (reader.next());
    reader.up();
  }
  return value ?? { kind: "unknown", start, end, parts: [] };
}

function readCall(reader: Reader): Expression {
  const { start, end } = reader.span();
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  if (!reader.down()) return { kind: "unknown", start, end, parts: [] };
  const callee = reader.expression();
  // Parentheses with nothing between them need no look.
  const isEmpty = !reader.broken && reader.text.startsWith("()", end + reader.base - 2);
  if (!isEmpty && reader.next()) {
    if (reader.kind === K.argument_list) readArguments(reader, end, args, keywords);
    else args.push(reader.expression());
  }
  reader.up();
  // The grammar takes `f(a, *g(b))` for a call of `*g`.
  if (callee.kind !== "starred")
    return { kind: "call", start, end, callee, args: trimmed(args), keywords: trimmed(keywords) };
  const { value } = callee;
  return { ...callee, end, value: { kind: "call", start: value.start, end, callee: value, args, keywords } };
}

/** Reads the argument list under the cursor, which ends at `end`, into `args` and `keywords`: of a call or a class header. */
export function readArguments(reader: Reader, end: number, args: Expression[], keywords: Keyword[]): void {
  if (!reader.downPast()) return;
  let last: Span;
  do {
    if (reader.kind === K.keyword_argument || reader.kind === K.dictionary_splat) {
      const keyword = readKeyword(reader);
      keywords.push(keyword);
      last = keyword;
    } else {
      const arg = reader.expression();
      args.push(arg);
      last = arg;
    }
  } while (reader.nextBefore(end, last));
  reader.up();
}

/** `name=value` or `**value`. */
function readKeyword(reader: Reader): Keyword {
  const { start, end } = reader.span();
  if (reader.kind === K.dictionary_splat) return { start, end, name: null, value: onlyChild(reader) };
  let name = "";
  let value: Expression = { kind: "unknown", start: end, end, parts: [] };
  if (reader.down()) {
    name = reader.text.slice(start + reader.base, reader.endOfName() + reader.base);
    if (reader.next()) value = reader.expression();
    reader.up();
  }
  return { start, end, name, value };
}

function readSubscript(reader: Reader): Expression {
  const { start, end } = reader.span();
  if (!reader.down()) return { kind: "unknown", start, end, parts: [] };
  const value = reader.expression();
  const indices: Expression[] = [];
  let last = value;
  while (reader.nextBefore(end, last)) {
    last = reader.expression();
    indices.push(last);
  }
  const closing = trailingComma(reader, indices);
  reader.up();
  return { kind: "subscript", start, end, value, index: indexOf(indices, end, closing) };
}

/** `a[b,]` is an index of one tuple; the comma is not in the tree where the cursor looks, so look at the text. */
function trailingComma(reader: Reader, indices: readonly Expression[]): boolean {
  const only = indices[0];
  if (indices.length !== 1 || only === undefined) return false;
  return /^\)*\s*,/.test(reader.text.slice(only.end + reader.base, only.end + reader.base + 40));
}

/** In annotations `list[int]` has a node type of its own, with the indices one level down. */
function readGenericType(reader: Reader): Expression {
  const { start, end } = reader.span();
  if (!reader.down()) return { kind: "unknown", start, end, parts: [] };
  const value = reader.expression();
  const indices = reader.next() ? reader.expressionChildren(end) : [];
  reader.up();
  return { kind: "subscript", start, end, value, index: indexOf(indices, end, false) };
}

function indexOf(indices: readonly Expression[], end: number, isTuple: boolean): Expression {
  const first = indices[0];
  const last = indices.at(-1);
  if (first === undefined || last === undefined) return { kind: "unknown", start: end, end, parts: [] };
  if (indices.length === 1 && !isTuple) return first;
  return { kind: "collection", start: first.start, end: last.end, form: "tuple", items: indices };
}

function readAwait(reader: Reader): Expression {
  const { start, end } = reader.span();
  return { kind: "await", start, end, value: onlyChild(reader) };
}

function readLiteral(reader: Reader): Expression {
  const { start, end } = reader.span();
  return { kind: "literal", start, end, text: reader.text.slice(start + reader.base, end + reader.base) };
}

function collectionReader(form: Collection["form"], bracketed = true): ExpressionReader {
  return (reader) => {
    const { start, end } = reader.span();
    return { kind: "collection", start, end, form, items: reader.expressionChildren(end, bracketed) };
  };
}

function readDict(reader: Reader): Expression {
  const { start, end } = reader.span();
  const entries: { key: Expression | null; value: Expression }[] = [];
  let last: { key: Expression | null; value: Expression };
  if (reader.downPast()) {
    do {
      if (reader.kind === K.pair) last = readPair(reader);
      else last = { key: null, value: reader.kind === K.dictionary_splat ? onlyChild(reader) : reader.expression() };
      entries.push(last);
    } while (reader.nextBefore(end, last.value));
    reader.up();
  }
  return { kind: "dict", start, end, entries: trimmed(entries) } satisfies Dict;
}

/** `key: value` of a dict or of a dict comprehension. */
export function readPair(reader: Reader): { key: Expression; value: Expression } {
  const { start, end } = reader.span();
  let key: Expression = { kind: "unknown", start, end: start, parts: [] };
  let value: Expression = { kind: "unknown", start: end, end, parts: [] };
  if (reader.down()) {
    key = reader.expression();
    if (reader.next()) value = reader.expression();
    reader.up();
  }
  return { key, value };
}

/** Two operands with an operator token between them. */
function readOperands(
  reader: Reader,
  start: number,
  end: number,
): { left: Expression; operator: string; right: Expression } {
  const operands: Expression[] = [];
  let operator = "";
  if (reader.down(WITH_TOKENS)) {
    do {
      if (reader.kind < FIRST_NAMED) operator = operatorText(reader.kind);
      else operands.push(reader.expression());
    } while ((operands.length < 2 || reader.broken) && reader.next(WITH_TOKENS));
    reader.up();
  }
  return {
    left: operands[0] ?? { kind: "unknown", start, end: start, parts: [] },
    operator,
    right: operands[1] ?? { kind: "unknown", start: end, end, parts: [] },
  };
}

function readBinary(reader: Reader): Expression {
  const { start, end } = reader.span();
  return { kind: "binary", start, end, ...readOperands(reader, start, end) };
}

/** `A | B` in an annotation may come as a type of its own; it is the same operation. */
function readUnion(reader: Reader): Expression {
  return readBinary(reader);
}

function readBoolean(reader: Reader): Expression {
  const { start, end } = reader.span();
  const { left, operator, right } = readOperands(reader, start, end);
  return { kind: "boolean", start, end, operator: operator === "or" ? "or" : "and", left, right };
}

function readComparison(reader: Reader): Expression {
  const { start, end } = reader.span();
  const operators: string[] = [];
  const operands: Expression[] = [];
  let last: Span = { start, end: start };
  if (reader.down(WITH_TOKENS)) {
    do {
      if (reader.kind < FIRST_NAMED) operators.push(operatorText(reader.kind));
      else {
        const operand = reader.expression();
        operands.push(operand);
        last = operand;
      }
    } while (reader.nextBefore(end + 1, last, WITH_TOKENS));
    reader.up();
  }
  return { kind: "comparison", start, end, operators: trimmed(operators), operands: trimmed(operands) };
}

function readUnary(reader: Reader): Expression {
  const { start, end } = reader.span();
  const operator = reader.text.charAt(start + reader.base);
  return { kind: "unary", start, end, operator, value: onlyChild(reader) };
}

function readNot(reader: Reader): Expression {
  const { start, end } = reader.span();
  return { kind: "unary", start, end, operator: "not", value: onlyChild(reader) };
}

function readConditional(reader: Reader): Expression {
  const { start, end } = reader.span();
  const [then, test, otherwise, ...rest] = reader.expressionChildren(end);
  if (then === undefined || test === undefined || otherwise === undefined || rest.length > 0) {
    const parts = [then, test, otherwise, ...rest].filter((part) => part !== undefined);
    return { kind: "unknown", start, end, parts };
  }
  return { kind: "conditional", start, end, test, then, otherwise };
}

function readWalrus(reader: Reader): Expression {
  const { start, end } = reader.span();
  const [target, value, ...rest] = reader.expressionChildren(end);
  if (target?.kind !== "name" || value === undefined || rest.length > 0) {
    const parts = [target, value, ...rest].filter((part) => part !== undefined);
    return { kind: "unknown", start, end, parts };
  }
  return { kind: "walrus", start, end, target: target satisfies Name, value };
}

function starredReader(double: boolean): ExpressionReader {
  return (reader) => {
    const { start, end } = reader.span();
    return { kind: "starred", start, end, double, value: onlyChild(reader) };
  };
}

function readSplatType(reader: Reader): Expression {
  const { start, end } = reader.span();
  const double = reader.text.charAt(start + reader.base + 1) === "*";
  return { kind: "starred", start, end, double, value: onlyChild(reader) };
}

function readYield(reader: Reader): Expression {
  const { start, end } = reader.span();
  reader.sawYield = true;
  let from = false;
  let value: Expression | null = null;
  if (reader.down(WITH_TOKENS)) {
    do {
      if (reader.kind === FROM) from = true;
      else if (reader.kind >= FIRST_NAMED) value = reader.expression();
    } while (reader.next(WITH_TOKENS));
    reader.up();
  }
  return { kind: "yield", start, end, from, value };
}

function readSlice(reader: Reader): Expression {
  const { start, end } = reader.span();
  return { kind: "slice", start, end, parts: reader.expressionChildren(end) };
}

/** A node that is nothing but its one child. */
function readWrapped(reader: Reader): Expression {
  return readOnly(reader, reader.down());
}

/** The expression in the node under the cursor that has no more than one, behind a bracket, an operator or a word. */
export function onlyChild(reader: Reader): Expression {
  return readOnly(reader, reader.downPast());
}

/** Goes on from the first child, where `isDown`; otherwise there is none. */
function readOnly(reader: Reader, isDown: boolean): Expression {
  if (!isDown) return { kind: "unknown", ...reader.span(), parts: [] };
  const first = reader.expression();
  const more: Expression[] = [];
  while (reader.nextIfBroken()) more.push(reader.expression());
  reader.up();
  return more.length === 0 ? first : { kind: "unknown", ...reader.span(), parts: [first, ...more] };
}
