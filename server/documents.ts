/** The documents a client has open. A document is a value: each change gives the next one. */
import type { TextDocumentContentChangeEvent, TextDocumentItem } from "vscode-languageserver";
import { lineStartsAfter, lineStartsOf } from "../analysis/index.ts";
import { type Encoding, type Source, toSpan } from "./lsp.ts";

export interface OpenDocument extends Source {
  /** As the client spells it; what we send back must be spelt the same. */
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
}

export function openDocument({ uri, languageId, version, text }: TextDocumentItem): OpenDocument {
  return { uri, languageId, version, text, lineStarts: lineStartsOf(text) };
}

/** The document after `changes`, which apply one after the other, each to what the one before left. */
export function applyChanges(
  document: OpenDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
  encoding: Encoding,
): OpenDocument {
  let { text, lineStarts } = document;
  for (const change of changes) {
    if ("range" in change) {
      const span = toSpan({ text, lineStarts }, change.range, encoding);
      text = text.slice(0, span.start) + change.text + text.slice(span.end);
      const newEnd = span.start + change.text.length;
      lineStarts = lineStartsAfter(lineStarts, { start: span.start, oldEnd: span.end, newEnd }, text);
    } else {
      text = change.text;
      lineStarts = lineStartsOf(text);
    }
  }
  return { ...document, version, text, lineStarts };
}
