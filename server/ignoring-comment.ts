/**
 * Writes the comment that silences one finding.
 *
 * Where a comment may stand in Python depends on strings, brackets and other comments around the place. Instead of guessing, the few sensible
 * places are tried in order of preference, and the first one that works is taken: the finding is gone, and nothing new is said about the file.
 */
import type { FileView } from "../analysis/index.ts";
import { applyEdits } from "../lint/edit.ts";
import type { Finding, TextEdit } from "../lint/finding.ts";
import type { LiveProject } from "./live-project.ts";

/** The edit, or null where no place would do. */
export function ignoringComment(finding: Finding, file: FileView, project: LiveProject): readonly TextEdit[] | null {
  const before = project.check(file.path);
  if (before === undefined || finding.rule.startsWith("holdfast/")) return null;
  for (const edit of candidates(finding, file)) {
    const after = project.checkAs(file.path, applyEdits(file.text, [edit]));
    if (after === undefined) continue;
    const gone = after.suppressed > before.suppressed;
    const nothingNew = after.findings.length < before.findings.length;
    if (gone && nothingNew && after.errors.length <= file.errors.length) return [edit];
  }
  return null;
}

/** How far up the beginning of a statement is looked for. */
const STATEMENT_LINES = 40;

function* candidates(finding: Finding, file: FileView): Generator<TextEdit> {
  const line = finding.range.start.line - 1;
  const joined = joinExisting(finding.rule, file, line);
  if (joined !== null) yield joined;

  const comment = `# holdfast: ignore[${finding.rule}]`;
  const end = endOfLine(file, line);
  // A backslash joins lines before comments are read, which the parser is more lenient about than Python.
  if (!isContinued(file, line)) yield { file: file.path, span: { start: end, end }, text: `  ${comment}` };

  for (let above = line; above >= Math.max(0, line - STATEMENT_LINES); above--) {
    if (above > 0 && isContinued(file, above - 1)) continue;
    const start = file.lineStarts[above]!;
    const indent = /^[ \t]*/.exec(file.text.slice(start, endOfLine(file, above)))![0];
    yield { file: file.path, span: { start, end: start }, text: `${indent}${comment}${lineBreakOf(file)}` };
  }
}

/** Adds the rule to a comment on the line that names others. */
function joinExisting(rule: string, file: FileView, line: number): TextEdit | null {
  const from = file.lineStarts[line]!;
  const to = endOfLine(file, line);
  const existing = file.comments.find((comment) => comment.start >= from && comment.end <= to);
  const bracket = existing && /(?:^|\s)#+\s*holdfast:\s*ignore\s*\[[^\]]*/i.exec(existing.text);
  if (!existing || !bracket) return null;
  const at = existing.start + bracket.index + bracket[0].length;
  return { file: file.path, span: { start: at, end: at }, text: `, ${rule}` };
}

function endOfLine({ text, lineStarts }: FileView, line: number): number {
  let end = lineStarts[line + 1] ?? text.length;
  while (end > lineStarts[line]! && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
  return end;
}

function isContinued(file: FileView, line: number): boolean {
  return file.text[endOfLine(file, line) - 1] === "\\";
}

function lineBreakOf({ text }: FileView): string {
  const first = text.indexOf("\n");
  if (first < 0) return text.includes("\r") ? "\r" : "\n";
  return text[first - 1] === "\r" ? "\r\n" : "\n";
}
