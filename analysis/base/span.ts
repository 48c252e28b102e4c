/**
 * Places in source text.
 *
 * Every offset in Holdfast counts UTF-16 code units, because that is what JavaScript strings, tree-sitter's bindings and
 * the language server protocol count. Bytes appear only in `host/`, where files are decoded.
 */

/** A half-open range of UTF-16 offsets: `start` is inside, `end` is not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A position for people: both numbers start at 1, `column` counts UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A range for people, `end` exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Offsets at which each line of `text` starts; the first is 0. `\n`, `\r\n` and a lone `\r` end a line, as in Python. */
export function lineStartsOf(text: string): number[] {
  const starts = [0];
  if (hasLoneReturn(text)) for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length);
  // Searching is much faster than a look at each character.
  else for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Whether a carriage return ends a line alone. */
function hasLoneReturn(text: string): boolean {
  return text.includes("\r") && /\r(?!\n)/.test(text);
}

/** The 1-based position of a UTF-16 `offset`. */
export function positionAt(lineStarts: readonly number[], offset: number): Position {
  const line = lineAt(lineStarts, offset);
  return { line: line + 1, column: offset - lineStarts[line]! + 1 };
}

/** The 0-based line that a UTF-16 `offset` lies on, by binary search in `lineStarts`. */
export function lineAt(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The 1-based range of a span of UTF-16 offsets. */
export function rangeOf(lineStarts: readonly number[], span: Span): Range {
  return { start: positionAt(lineStarts, span.start), end: positionAt(lineStarts, span.end) };
}
