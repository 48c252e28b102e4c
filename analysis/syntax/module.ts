/**
 * A whole file: from text to our own tree.
 *
 * The file is parsed and walked once with a cursor. Functions whose text has not changed since the version before are neither
 * walked nor made anew. Nothing in here throws on any text: what cannot be read is data.
 */
import { lineAt, lineStartsOf, type Span } from "../base/span.ts";
import { compoundReaders } from "./compound.ts";
import { comprehensionReaders } from "./comprehensions.ts";
import { expressionReaders } from "./expressions.ts";
import { definitionReaders, lambdaReaders } from "./functions.ts";
import { ERROR } from "./grammar.ts";
import { importReaders } from "./imports.ts";
import { matchReaders } from "./match.ts";
import type { Cursor, Parser, Tree } from "./parser.ts";
import { Reader, type Tables, tableOf } from "./reader.ts";
import { statementReaders } from "./statements.ts";
import { stringReaders } from "./strings.ts";
import type { Comment, FunctionDef, Module, Statement } from "./tree.ts";

/**
 * Reads a file. `previous` is the module of an older version of it: functions with the same text are taken over as the same
 * objects, or with nothing but `unitStart` replaced where they moved.
 */
export function readModule(parser: Parser, text: string, previous: Module | null = null): Module {
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
  return {
    kind: "module",
    body,
    units: reader.units,
    leftOut: reader.broken ? [] : reader.units,
    shell: {},
    comments: commentsOf(tree, text),
    errors: reader.errors,
    lineStarts,
    importInsertion: importInsertionOf(text, body, lineStarts),
  };
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

/** Units of `previous` by hash, without those that hold errors: how these are read depends on what stands around them. */
function reusableUnits(previous: Module | null): ReadonlyMap<string, FunctionDef> {
  const units = new Map<string, FunctionDef>();
  if (previous === null) return units;
  for (const unit of previous.units) {
    const start = unit.unitStart;
    const end = start + unit.end;
    if (previous.errors.some((error) => error.start <= end && start <= error.end)) continue;
    units.set(unit.hash, unit);
  }
  return units;
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

const COMMENT_MARK = "holdfast:";

/** Comments are rare and the mark is rarer, so the text is searched for it and the tree is only asked whether it is a comment. */
function commentsOf(tree: Tree, text: string): Comment[] {
  const comments: Comment[] = [];
  for (let at = text.indexOf(COMMENT_MARK); at >= 0; at = text.indexOf(COMMENT_MARK, at + 1)) {
    const span = tree.commentAt(at);
    if (span === null || comments.at(-1)?.start === span.start) continue;
    const comment = text.slice(span.start, span.end).trimEnd();
    comments.push({ start: span.start, end: span.start + comment.length, text: comment });
  }
  return comments;
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
  return lineStarts[lineAt(lineStarts, offset)] ?? 0;
}

/** The start of the first line that begins at or after `offset`; that of the file where there is none. */
function lineStartFrom(lineStarts: readonly number[], offset: number): number {
  return lineStarts.find((start) => start >= offset) ?? 0;
}
