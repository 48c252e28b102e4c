/**
 * Strings: constants as values, f-strings and t-strings as the expressions in them.
 */
import { trimmed } from "../base/trimmed.ts";
import { K } from "./grammar.ts";
import type { ExpressionReader, Reader, ReaderTable } from "./reader.ts";
import type { Expression } from "./tree.ts";

export const stringReaders: ReaderTable<ExpressionReader> = [
  [K.string, readString],
  [K.concatenated_string, readConcatenated],
];

function readString(reader: Reader): Expression {
  const { start, end } = reader.span();
  const source = reader.text.slice(start + reader.base, end + reader.base);
  const prefix = prefixOf(source);
  reader.sawString = true;
  if (/[ft]/i.test(prefix)) {
    const parts: Expression[] = [];
    if (source.includes("{")) readInterpolations(reader, parts);
    return { kind: "fstring", start, end, parts: trimmed(parts) };
  }
  return { kind: "string", start, end, value: contentOf(source, prefix), bytes: /b/i.test(prefix) };
}

function readConcatenated(reader: Reader): Expression {
  const { start, end } = reader.span();
  const parts: Expression[] = [];
  const values: string[] = [];
  let bytes = false;
  let interpolated = false;
  if (reader.down()) {
    do {
      const piece = reader.expression();
      if (piece.kind === "string") {
        values.push(piece.value);
        bytes ||= piece.bytes;
      } else if (piece.kind === "fstring") {
        interpolated = true;
        for (const part of piece.parts) parts.push(part);
      } else parts.push(piece);
    } while (reader.next());
    reader.up();
  }
  if (interpolated || parts.length > 0) return { kind: "fstring", start, end, parts };
  return { kind: "string", start, end, value: values.join(""), bytes };
}

/** The expressions under the node under the cursor: a string, or the format specifier of an interpolation. */
function readInterpolations(reader: Reader, parts: Expression[]): void {
  if (!reader.enter()) return;
  if (reader.down()) {
    do {
      if (reader.kind === K.interpolation || reader.kind === K.format_expression) readInterpolation(reader, parts);
    } while (reader.next());
    reader.up();
  }
  reader.leave();
}

function readInterpolation(reader: Reader, parts: Expression[]): void {
  if (!reader.down()) return;
  do {
    if (reader.kind === K.format_specifier) readInterpolations(reader, parts);
    else parts.push(reader.expression());
  } while (reader.next());
  reader.up();
}

/** The letters before the opening quote. */
function prefixOf(source: string): string {
  let length = 0;
  while (length < source.length && !isQuote(source.charCodeAt(length))) length++;
  return source.slice(0, length);
}

/** What stands between the quotes; the closing ones may be missing in broken code. */
function contentOf(source: string, prefix: string): string {
  const mark = source.charAt(prefix.length);
  const triple = mark.repeat(3);
  const quotes = source.startsWith(triple, prefix.length) && source.length >= prefix.length + 6 ? triple : mark;
  const from = prefix.length + quotes.length;
  const to =
    source.endsWith(quotes) && source.length >= from + quotes.length ? source.length - quotes.length : source.length;
  const value = source.slice(from, to);
  if (!value.includes("\\") || /r/i.test(prefix)) return value;
  return value.replace(/\\([\s\S])/g, (written, escaped: string) =>
    isQuote(escaped.charCodeAt(0)) ? escaped : written,
  );
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}
