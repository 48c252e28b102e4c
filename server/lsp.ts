/**
 * The border between our places and the protocol's.
 *
 * Inside Holdfast a place is a UTF-16 offset into a text, or a path relative to a project root. On the wire it is a 0-based line with a
 * character that counts whatever the client and we agreed on, or a URI. Nothing else in `server/` converts between the two.
 */
import { DiagnosticSeverity, type Position, type Range } from "vscode-languageserver";
import { URI } from "vscode-uri";
import { positionAt, type Span } from "../analysis/index.ts";
import type { Severity } from "../lint/finding.ts";

/** What `Position.character` counts. */
export type Encoding = "utf-16" | "utf-8";

/** A text with the offsets its lines start at. */
export interface Source {
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** The encoding the client likes best among those we speak. Without an offer it is UTF-16, as the protocol demands. */
export function negotiateEncoding(offered: readonly string[] | undefined): Encoding {
  return offered?.find((each): each is Encoding => each === "utf-16" || each === "utf-8") ?? "utf-16";
}

export function toPosition(source: Source, offset: number, encoding: Encoding): Position {
  const { line, column } = positionAt(source.lineStarts, Math.min(offset, source.text.length));
  if (encoding === "utf-16") return { line: line - 1, character: column - 1 };
  const lineStart = source.lineStarts[line - 1]!;
  return { line: line - 1, character: utf8Length(source.text, lineStart, lineStart + column - 1) };
}

export function toRange(source: Source, span: Span, encoding: Encoding): Range {
  return { start: toPosition(source, span.start, encoding), end: toPosition(source, span.end, encoding) };
}

/** The UTF-16 offset of a position. Positions behind the end of a line or of the text mean that end, as the protocol has it. */
export function toOffset(source: Source, position: Position, encoding: Encoding): number {
  const { text, lineStarts } = source;
  if (position.line < 0) return 0;
  const lineStart = lineStarts[position.line];
  if (lineStart === undefined) return text.length;
  const end = lineEnd(source, position.line);
  if (encoding === "utf-16") return Math.min(lineStart + Math.max(position.character, 0), end);
  let offset = lineStart;
  let bytes = 0;
  while (offset < end) {
    const next = offset + unitsAt(text, offset);
    bytes += utf8Length(text, offset, next);
    if (bytes > position.character) break;
    offset = next;
  }
  return offset;
}

export function toSpan(source: Source, range: Range, encoding: Encoding): Span {
  const start = toOffset(source, range.start, encoding);
  return { start, end: Math.max(start, toOffset(source, range.end, encoding)) };
}

export function toSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case "error":
      return DiagnosticSeverity.Error;
    case "warning":
      return DiagnosticSeverity.Warning;
    case "information":
      return DiagnosticSeverity.Information;
    case "hint":
      return DiagnosticSeverity.Hint;
  }
}

/** The absolute path a `file:` URI names, in the form of this operating system; null for every other scheme and for what is no URI. */
export function pathOfUri(uri: string): string | null {
  const parsed = parse(uri);
  return parsed?.scheme === "file" ? parsed.fsPath : null;
}

export function schemeOf(uri: string): string {
  return parse(uri)?.scheme ?? "";
}

/** The last segment of a URI, of any scheme. */
export function nameOfUri(uri: string): string {
  return parse(uri)?.path.split("/").at(-1) || "untitled";
}

export function uriOfPath(absolute: string): string {
  return URI.file(absolute).toString();
}

function parse(uri: string): URI | null {
  try {
    return URI.parse(uri, true);
  } catch {
    return null;
  }
}

/** Offset of the end of a 0-based line, its line break left out. */
function lineEnd({ text, lineStarts }: Source, line: number): number {
  const next = lineStarts[line + 1];
  if (next === undefined) return text.length;
  const lineFeed = text.charCodeAt(next - 1) === 10;
  return lineFeed && text.charCodeAt(next - 2) === 13 && next - 2 >= lineStarts[line]! ? next - 2 : next - 1;
}

/** How many UTF-16 units the character at `offset` takes. */
function unitsAt(text: string, offset: number): number {
  return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}

/** Bytes that `text` from `start` to `end` takes in UTF-8. A half of a surrogate pair counts as the replacement character it is sent as. */
function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let i = start; i < end; i += unitsAt(text, i)) {
    const point = text.codePointAt(i)!;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
