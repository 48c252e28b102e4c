/**
 * Broken code that is being typed, mended so that the functions around it are read as before.
 *
 * What the parser makes of `x = f(` takes the rest of the class along: with each second letter, everything below would be unknown and have to be worked out
 * again. So the lines that were touched since the text was last whole are given other text of the same length: that from before, none, or a
 * placeholder. Which text it is decides the parser, by finding no error in it. Places stay where they are, and nothing is said about what is not there yet.
 */
import type { Difference } from "../base/difference.ts";
import type { Span } from "../base/span.ts";

/** A version of the text that has no error. */
interface Whole {
  /** As it was typed, and as it was read; `mended` are the lines that differ. */
  readonly text: string;
  readonly read: string;
  readonly mended: readonly Span[];
}

export interface Mending {
  readonly read: string;
  readonly mended: readonly Span[];
}

/** More lines than somebody types on at once. */
const MOST_LINES = 40;

/** Texts to read for `text`, which `difference` made of the text of `before`: itself, and if it is being typed what may stand for it. */
export function* readings(before: Whole, text: string, difference: Difference, typed: boolean): Generator<Mending> {
  yield { read: text, mended: [] };
  if (typed) yield* mendings(before, text, difference);
}

/** Texts to read instead of `text`, which `difference` made of the text of `before`; the most likely first, each as long as `text`. */
function* mendings(before: Whole, text: string, difference: Difference): Generator<Mending> {
  const by = difference.newEnd - difference.oldEnd;
  let from = startOfLine(before.text, difference.start);
  let to = endOfLine(before.text, difference.oldEnd);
  const elsewhere: Span[] = [];
  for (const span of before.mended) {
    if (span.start > to || span.end < from) {
      elsewhere.push(span);
      continue;
    }
    from = Math.min(from, span.start);
    to = Math.max(to, span.end);
  }
  let rest = text;
  const kept = elsewhere.map((span): Span => {
    const at = span.start < from ? span.start : span.start + by;
    const end = at + span.end - span.start;
    rest = rest.slice(0, at) + before.read.slice(span.start, span.end) + rest.slice(end);
    return { start: at, end };
  });
  if (kept.length > 0) yield { read: rest, mended: kept };
  const lines: Span = { start: from, end: to + by };
  const typed = text.slice(lines.start, lines.end);
  if (typed.split("\n", MOST_LINES + 1).length > MOST_LINES) return;
  const mended = [...kept, lines].sort((a, b) => a.start - b.start);
  const others = [
    asBefore(before.read.slice(from, to), typed),
    blank(typed),
    only("pass", typed),
    only("if 0:", typed),
  ];
  for (const other of new Set(others))
    if (other !== null) yield { read: rest.slice(0, lines.start) + other + rest.slice(lines.end), mended };
}

/** The lines from before, filled up with spaces, or with fewer of them; null where there are more or fewer, or they have no room. */
function asBefore(before: string, typed: string): string | null {
  const old = before.split(LINE_END);
  const parts = typed.split(LINE_END);
  if (old.length !== parts.length) return null;
  const filled = parts.map((part, index) => (index % 2 === 1 ? part : old[index]!.trimEnd().padEnd(part.length)));
  return filled.every((line, index) => line.length === parts[index]!.length) ? filled.join("") : null;
}

/** Splits into lines with what ends them between. */
const LINE_END = /(\r\n|\n|\r)/;

function blank(typed: string): string {
  return typed.replace(/[^\r\n]/g, " ");
}

/** A statement where the first line begins, and nothing else. */
function only(statement: string, typed: string): string | null {
  const indent = /^[ \t]*/.exec(typed)![0];
  const empty = blank(typed);
  const end = indent.length + statement.length;
  const hasRoom = end <= empty.length && /^ +$/.test(empty.slice(indent.length, end));
  return hasRoom ? indent + statement + empty.slice(end) : null;
}

function startOfLine(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isLineEnd(text.charCodeAt(at - 1))) at--;
  return at;
}

function endOfLine(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isLineEnd(text.charCodeAt(at))) at++;
  return at;
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}
