/**
 * `match` statements. Of a pattern only what it binds and the classes it asks for are kept.
 */
import { onlyChild } from "./expressions.ts";
import { K, UNDERSCORE } from "./grammar.ts";
import { type Reader, type ReaderTable, type StatementReader, WITH_TOKENS } from "./reader.ts";
import type { Expression, MatchCase, Name, Statement } from "./tree.ts";

export const matchReaders: ReaderTable<StatementReader> = [[K.match_statement, readMatch]];

function readMatch(reader: Reader): Statement {
  const start = reader.start();
  const close = reader.cursor.end();
  const subjects: Expression[] = [];
  const cases: MatchCase[] = [];
  if (reader.down()) {
    do {
      if (reader.kind === K.block) readCases(reader, cases);
      else subjects.push(reader.expression());
    } while (reader.next());
    reader.up();
  }
  const first = subjects[0] ?? { kind: "unknown", start, end: start, parts: [] };
  const subject: Expression =
    subjects.length < 2
      ? first
      : { kind: "collection", start: first.start, end: subjects.at(-1)!.end, form: "tuple", items: subjects };
  return { kind: "match", start, end: close - reader.base, subject, cases };
}

function readCases(reader: Reader, cases: MatchCase[]): void {
  if (!reader.down()) return;
  do {
    if (reader.kind === K.case_clause) cases.push(readCase(reader));
  } while (reader.next());
  reader.up();
}

function readCase(reader: Reader): MatchCase {
  const start = reader.start();
  const close = reader.cursor.end();
  const found: Found = { captures: [], untyped: [], classes: [], fields: [], whole: null, everything: false };
  let patterns = 0;
  let guard: Expression | null = null;
  let body: readonly Statement[] = [];
  if (reader.down()) {
    do {
      if (reader.kind === K.block) body = reader.block();
      else if (reader.kind === K.if_clause) guard = onlyChild(reader);
      else if (reader.kind === K.case_pattern) {
        patterns++;
        readPattern(reader, found, true);
      }
    } while (reader.next());
    reader.up();
  }
  const { captures, untyped, everything } = found;
  const irrefutable = patterns === 1 && everything && guard === null;
  const { classes, whole, fields } = patterns === 1 ? found : NOTHING;
  return { start, end: close - reader.base, captures, untyped, classes, whole, fields, irrefutable, guard, body };
}

interface Found {
  readonly captures: Name[];
  readonly untyped: Name[];
  readonly classes: Expression[];
  readonly fields: { attribute: string; capture: Name }[];
  whole: Name | null;
  /** Whether the pattern is a lone name or `_`. */
  everything: boolean;
}

/** Of several patterns with commas between them, each of which says something about a part of the subject. */
const NOTHING = { classes: [], whole: null, fields: [] } as const;

/** Reads what a pattern node's children are; `top` while only alternatives, aliases and parentheses lie above. */
function readPattern(reader: Reader, found: Found, top: boolean, ofClass = false, typed = false): void {
  const parent = reader.kind;
  const inClass = typed || parent === K.class_pattern;
  if (!reader.enter()) return;
  if (reader.down(WITH_TOKENS)) {
    let position = 0;
    let attribute = "";
    do {
      const kind = reader.kind;
      if (kind === UNDERSCORE) {
        if (top && parent === K.case_pattern) found.everything = true;
        continue;
      }
      if (kind === K.identifier) {
        // The keyword of a class pattern is no name of ours; the others are what `as` and `*` bind.
        if (parent === K.keyword_pattern) attribute = reader.source();
        else capture(reader, found, top && parent === K.as_pattern, inClass || parent === K.as_pattern);
      } else if (kind === K.dotted_name) {
        const name = reader.expression();
        if (parent === K.class_pattern && position === 0) {
          if (top) found.classes.push(name);
        } else if (name.kind === "name") {
          found.captures.push(name);
          if (!inClass) found.untyped.push(name);
          if (ofClass && attribute !== "") found.fields.push({ attribute, capture: name });
          if (!top || parent !== K.case_pattern) continue;
          found.everything = true;
          found.whole = name;
        }
      } else if (PATTERNS.has(kind))
        readPattern(
          reader,
          found,
          top && TRANSPARENT.has(parent) && parent !== kind,
          ofTop(parent, kind, top, ofClass),
          inClass,
        );
      position++;
    } while (reader.next(WITH_TOKENS));
    reader.up();
  }
  reader.leave();
}

/** Whether a pattern below `parent` is a keyword of a class pattern that decides about the subject. */
function ofTop(parent: number, kind: number, top: boolean, ofClass: boolean): boolean {
  if (kind === K.keyword_pattern) return (parent === K.class_pattern && top) || ofClass;
  return parent === K.class_pattern && top;
}

function capture(reader: Reader, found: Found, whole: boolean, typed: boolean): void {
  const name = reader.expression();
  if (name.kind !== "name") return;
  found.captures.push(name);
  if (!typed) found.untyped.push(name);
  if (whole) found.whole = name;
}

/** Patterns that bind names or hold others; the rest are constants. */
const PATTERNS: ReadonlySet<number> = new Set([
  K.case_pattern,
  K.as_pattern,
  K.keyword_pattern,
  K.class_pattern,
  K.splat_pattern,
  K.union_pattern,
  K.list_pattern,
  K.tuple_pattern,
  K.dict_pattern,
]);

/** Below these a pattern still decides about the subject itself. */
const TRANSPARENT: ReadonlySet<number> = new Set([K.case_pattern, K.as_pattern, K.union_pattern]);
