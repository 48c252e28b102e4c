/** Lines of a file, for those who write comments on them. Lines count from 0. */
import type { FileView } from "../analysis/index.ts";

/** The offset at which the text of a line ends, before its line break. */
export function endOfLine({ text, lineStarts }: FileView, line: number): number {
  let end = lineStarts[line + 1] ?? text.length;
  while (end > lineStarts[line]! && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
  return end;
}

/** Whether a backslash joins the line to the next one. */
export function isContinued(file: FileView, line: number): boolean {
  return file.text[endOfLine(file, line) - 1] === "\\";
}

/** What ends the first line of the file. */
export function lineBreakOf({ text }: FileView): string {
  const first = text.indexOf("\n");
  if (first < 0) return text.includes("\r") ? "\r" : "\n";
  return text[first - 1] === "\r" ? "\r\n" : "\n";
}
