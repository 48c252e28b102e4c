/**
 * Statements of one line.
 */
import { trimmed } from "../base/trimmed.ts";
import { readAnnotation } from "./annotations.ts";
import { FIRST_NAMED, FROM, K, operatorText } from "./grammar.ts";
import { type Reader, type ReaderTable, type StatementReader, WITH_TOKENS } from "./reader.ts";
import type { Expression, ScopeDeclaration, Simple, Statement } from "./tree.ts";

export const statementReaders: ReaderTable<StatementReader> = [
  [K.expression_statement, readExpressionStatement],
  [K.return_statement, readReturn],
  [K.raise_statement, readRaise],
  [K.assert_statement, readAssert],
  [K.delete_statement, readDelete],
  [K.global_statement, scopeReader("global")],
  [K.nonlocal_statement, scopeReader("nonlocal")],
  [K.pass_statement, simpleReader("pass")],
  [K.break_statement, simpleReader("break")],
  [K.continue_statement, simpleReader("continue")],
  [K.print_statement, readPython2],
  [K.exec_statement, readPython2],
  [K.type_alias_statement, readTypeAlias],
];

function readExpressionStatement(reader: Reader): Statement {
  const { start, end } = reader.span();
  const values: Expression[] = [];
  let statement: Statement | null = null;
  if (reader.down()) {
    do {
      if (reader.kind === K.assignment) statement = readAssignment(reader, start, end);
      else if (reader.kind === K.augmented_assignment) statement = readAugmented(reader, start, end);
      else values.push(reader.expression());
    } while (reader.nextBefore(end, values.at(-1) ?? { start, end }));
    reader.up();
  }
  if (statement !== null) return statement;
  return { kind: "expression", start, end, value: oneOf(values, start, end) };
}

/** Several expressions with commas between them are a tuple. */
function oneOf(values: readonly Expression[], start: number, end: number): Expression {
  const first = values[0];
  if (first === undefined) return { kind: "unknown", start, end, parts: [] };
  if (values.length === 1) return first;
  return { kind: "collection", start: first.start, end: values.at(-1)!.end, form: "tuple", items: values };
}

/** `a = b = value` comes as an assignment on the right side of an assignment. */
function readAssignment(reader: Reader, start: number, end: number): Statement {
  const targets: Expression[] = [];
  let annotation: Expression | null = null;
  let value: Expression | null = null;
  let links = 0;
  let onAssignment = true;
  while (onAssignment && reader.down()) {
    links++;
    onAssignment = false;
    targets.push(reader.expression());
    while (!onAssignment && (value === null ? reader.next() : reader.nextIfBroken())) {
      if (reader.kind === K.assignment) onAssignment = true;
      else if (reader.kind === K.type) annotation = readAnnotation(reader);
      else value = reader.expression();
    }
  }
  while (links-- > 0) reader.up();
  const target = targets[0];
  if (target !== undefined && annotation !== null) {
    return { kind: "annotated-assign", start, end, target, annotation, value };
  }
  if (value !== null) return { kind: "assign", start, end, targets: trimmed(targets), value };
  return { kind: "expression", start, end, value: oneOf(targets, start, end) };
}

function readAugmented(reader: Reader, start: number, end: number): Statement {
  const operands: Expression[] = [];
  let operator = "";
  if (reader.down(WITH_TOKENS)) {
    do {
      if (reader.kind < FIRST_NAMED) operator = operatorText(reader.kind);
      else operands.push(reader.expression());
    } while (reader.next(WITH_TOKENS));
    reader.up();
  }
  const [target, value] = operands;
  if (target === undefined || value === undefined) {
    return { kind: "expression", start, end, value: oneOf(operands, start, end) };
  }
  return { kind: "augmented-assign", start, end, target, operator, value };
}

function readReturn(reader: Reader): Statement {
  const { start, end } = reader.span();
  const values = reader.expressionChildren(end);
  return { kind: "return", start, end, value: values.length === 0 ? null : oneOf(values, start, end) };
}

function readRaise(reader: Reader): Statement {
  const { start, end } = reader.span();
  let exception: Expression | null = null;
  let cause: Expression | null = null;
  let from = false;
  if (reader.down(WITH_TOKENS)) {
    do {
      if (reader.kind === FROM) from = true;
      else if (reader.kind < FIRST_NAMED) continue;
      else if (from) cause = reader.expression();
      else exception = reader.expression();
    } while (reader.next(WITH_TOKENS));
    reader.up();
  }
  return { kind: "raise", start, end, exception, cause };
}

function readAssert(reader: Reader): Statement {
  const { start, end } = reader.span();
  const [test, message] = reader.expressionChildren(end);
  return { kind: "assert", start, end, test: test ?? oneOf([], start, end), message: message ?? null };
}

function readDelete(reader: Reader): Statement {
  const { start, end } = reader.span();
  const targets = reader.expressionChildren(end);
  const only = targets[0];
  const listed = targets.length === 1 && only?.kind === "collection" && only.form === "tuple";
  return { kind: "delete", start, end, targets: listed ? only.items : targets };
}

function scopeReader(kind: ScopeDeclaration["kind"]): StatementReader {
  return (reader) => {
    const { start, end } = reader.span();
    const names = reader.expressionChildren(end).flatMap((e) => (e.kind === "name" ? [e.id] : []));
    return { kind, start, end, names };
  };
}

function simpleReader(kind: Simple["kind"]): StatementReader {
  return (reader) => {
    const { start, end } = reader.span();
    return { kind, start, end };
  };
}

/** `print "x"` and `exec code`: what is printed or run, in an expression of no kind. */
function readPython2(reader: Reader): Statement {
  const { start, end } = reader.span();
  return {
    kind: "expression",
    start,
    end,
    value: { kind: "unknown", start, end, parts: reader.expressionChildren(end) },
  };
}

/** `type X[T] = …` binds `X` like an assignment. */
function readTypeAlias(reader: Reader): Statement {
  const { start, end } = reader.span();
  const sides: Expression[] = [];
  if (reader.down()) {
    do {
      sides.push(readAnnotation(reader));
    } while (reader.next());
    reader.up();
  }
  const [left, value] = sides;
  const target = left?.kind === "subscript" ? left.value : left;
  if (target === undefined || value === undefined) {
    return { kind: "expression", start, end, value: oneOf(sides, start, end) };
  }
  return { kind: "assign", start, end, targets: [target], value };
}
