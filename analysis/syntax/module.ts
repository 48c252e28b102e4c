/**
 * A whole file: from text to our own tree.
 *
 * Correct Python is read straight from the text (`direct/`). Any other file is parsed, and walked once with a cursor; functions whose text has not changed since the version
 * before are neither walked nor made anew. Nothing in here throws on any text: what cannot be read is data.
 */
import { lineStartsOf, type Span } from "../base/span.ts";
import { commentsOf } from "./comments.ts";
import { compoundReaders } from "./compound.ts";
import { comprehensionReaders } from "./comprehensions.ts";
import { expressionReaders } from "./expressions.ts";
import { definitionReaders, lambdaReaders } from "./functions.ts";
import { ERROR } from "./grammar.ts";
import { importReaders } from "./imports.ts";
import { matchReaders } from "./match.ts";
import type { Cursor, Parser, Tree } from "./parser.ts";
import { Reader, type Tables, tableOf } from "./reader.ts";
import { reusableUnits } from "./reuse.ts";
import { statementReaders } from "./statements.ts";
import { stringReaders } from "./strings.ts";
import type { Comment, FunctionDef, Module, Statement } from "./tree.ts";

/**
 * Reads a file. `previous` is the module of an older version of it: functions with the same text are taken over as the same
 * objects, or with nothing but `unitStart` replaced where they moved.
 */
export function readModule(parser: Parser, text: string, previous: Module | null = null): Module {
  return readWithoutTree(parser, text, previous) ?? readParsed(parser, text, previous);
}

/** A file that is read straight from its text, see `direct/`; null for others. */
export function readWithoutTree(parser: Parser, text: string, previous: Module | null): Module | null {
  const direct = parser.readDirectly(text, reusableUnits(previous));
  if (direct === null) return null;
  const { body, units, commentAt } = direct;
  return moduleOf(text, body, units, commentsOf(text, commentAt), [], lineStartsOf(text));
}

/** By way of the parser's tree, which any text has. */
function readParsed(parser: Parser, text: string, previous: Module | null): Module {
  const tree = parser.parse(text);
  try {
    return readTree(tree, text, previous);
  } finally {
    tree.close();
  }
}

/** Reads the tree of `text`, which stays open: for documents that are parsed again after each edit. */
export function readTree(
  tree: Tree,
  text: string,
  previous: Module | null = null,
  lineStarts: readonly number[] = lineStartsOf(text),
): Module {
  const cursor = tree.walk();
  const reader = new Reader(text, tree, cursor, reusableUnits(previous), TABLES);
  let body: readonly Statement[];
  try {
    body = readBody(reader);
    if (tree.hasError && reader.errors.length === 0) searchErrors(cursor, reader.errors);
  } finally {
    cursor.close();
  }
  const comments = commentsOf(text, (offset) => tree.commentAt(offset));
  return moduleOf(text, body, reader.units, comments, reader.errors, lineStarts);
}

function moduleOf(
  text: string,
  body: readonly Statement[],
  units: readonly FunctionDef[],
  comments: readonly Comment[],
  errors: readonly Span[],
  lineStarts: readonly number[],
): Module {
  const importInsertion = importInsertionOf(text, body, lineStarts);
  return { kind: "module", body, units, comments, errors, lineStarts, importInsertion };
}

const TABLES: Tables = {
  expressions: tableOf([expressionReaders, stringReaders, comprehensionReaders, lambdaReaders]),
  statements: tableOf([statementReaders, importReaders, definitionReaders, compoundReaders, matchReaders]),
};

function readBody(reader: Reader): readonly Statement[] {
  // A file of which the parser could make nothing has an error for its root.
  const isError = reader.cursor.kind() === ERROR;
  if (isError) reader.errors.push({ start: reader.cursor.start(), end: reader.cursor.end() });
  const { start, end } = reader.span();
  const body = reader.block();
  return isError ? [{ kind: "unknown-statement", start, end, body }] : body;
}

/** Errors in places that reading passed over. There may be none: a line end the parser made up is no node that could be found. */
function searchErrors(cursor: Cursor, errors: Span[]): void {
  for (;;) {
    const isError = cursor.kind() === ERROR || cursor.isMissing();
    if (isError) errors.push({ start: cursor.start(), end: cursor.end() });
    if (!isError && cursor.firstChild()) continue;
    while (!cursor.nextSibling()) if (!cursor.parent()) return;
  }
}

function importInsertionOf(text: string, body: readonly Statement[], lineStarts: readonly number[]): number {
  let index = 0;
  while (isAlwaysFirst(body[index], index)) index++;
  const before = body[index - 1];
  const after = body[index];
  const earliest = before === undefined ? 0 : lineStartFrom(lineStarts, placeOf(before).end);
  const first = after === undefined ? text.length : placeOf(after).start;
  const isImport = after?.kind === "import" || after?.kind === "import-from";
  // Other imports are company; without them the place is below comments that open the file, or straight below the docstring.
  const place = before === undefined || isImport ? lineStartAt(lineStarts, first) : earliest;
  return place < earliest ? earliest : place === 0 && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : place;
}

const BYTE_ORDER_MARK = 0xfeff;

/** The docstring and `from __future__` imports. */
function isAlwaysFirst(statement: Statement | undefined, index: number): boolean {
  if (statement?.kind === "expression") return index === 0 && statement.value.kind === "string";
  return statement?.kind === "import-from" && statement.level === 0 && statement.module === "__future__";
}

/** The absolute span of a statement of the module. */
function placeOf(statement: Statement): Span {
  if (statement.kind !== "function" || statement.unitStart < 0) return statement;
  return { start: statement.unitStart, end: statement.unitStart + statement.end };
}

/** The start of the line `offset` lies on. */
function lineStartAt(lineStarts: readonly number[], offset: number): number {
  return lineStarts.findLast((start) => start <= offset) ?? 0;
}

/** The start of the first line that begins at or after `offset`; that of the file where there is none. */
function lineStartFrom(lineStarts: readonly number[], offset: number): number {
  return lineStarts.find((start) => start >= offset) ?? 0;
}
