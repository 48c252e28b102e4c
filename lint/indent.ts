/** Moving statements one level deeper. */
import type { Span } from "../analysis/index.ts";

export interface IndentEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * Edits that indent the lines of `body` (from the start of its first statement to the end of its last) one level more and take the statements
 * `without` away. Comments above its first statement move along; lines that begin in one of `texts`, the strings in it, stay as they are. Null where that
 * would change what the lines mean: several statements on a line, quotes that belong to no known string.
 */
export function indent(
  text: string,
  body: Span,
  without: readonly Span[],
  texts: readonly Span[],
): readonly IndentEdit[] | null {
  const lead = text.slice(lineStart(text, body.start), body.start);
  if (lead.trim() !== "") return null;
  const start = withCommentsAbove(text, lineStart(text, body.start), lead);
  const kept = texts.filter((each) => CONTINUED.test(text.slice(each.start, each.end)));
  for (const { index } of text.slice(start, body.end).matchAll(/"""|'''/g)) {
    if (!kept.some((each) => each.start <= start + index && start + index < each.end)) return null;
  }
  const unit = lead.includes("\t") ? "\t" : "    ";
  const edits: IndentEdit[] = [];
  const removed: Span[] = [];
  for (const span of without) {
    const from = lineStart(text, span.start);
    const to = nextLine(text, span.end);
    if (text.slice(from, span.start).trim() !== "" || text.slice(span.end, to).trim() !== "") return null;
    removed.push({ start: from, end: to });
    edits.push({ span: { start: from, end: to }, text: "" });
  }
  for (let at = start; at < body.end; at = nextLine(text, at)) {
    const end = nextLine(text, at);
    const blank = text.slice(at, end).trim() === "";
    const inText = kept.some((each) => each.start < at && at < each.end);
    if (!blank && !inText && !removed.some((r) => at >= r.start && at < r.end))
      edits.push({ span: { start: at, end: at }, text: unit });
    if (end <= at) break;
  }
  return edits.sort((a, b) => a.span.start - b.span.start);
}

/** A string in which line breaks count. */
const CONTINUED = /"""|'''|\\\r?\n/;

/** The start of the first of the comment lines, indented by `lead`, that stand straight above the line at `start`. */
function withCommentsAbove(text: string, start: number, lead: string): number {
  let first = start;
  for (let at = start; at > 0; ) {
    at = lineStart(text, at - 1);
    const line = text.slice(at, nextLine(text, at));
    if (line.startsWith(`${lead}#`)) first = at;
    else if (line.trim() !== "") break;
  }
  return first;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset behind the line break that follows `offset`. */
function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}
