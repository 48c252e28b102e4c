/**
 * Writes the comment that silences one finding: on its line, in its function, or in the whole file.
 *
 * Where a comment may stand in Python depends on strings, brackets and other comments around the place. Instead of guessing, the few sensible
 * places are tried in order of preference, and the first one that works is taken: the finding is gone, and nothing new is said about the file.
 */
import { type FileView, positionAt } from "../analysis/index.ts";
import { applyEdits } from "../lint/edit.ts";
import type { Finding, TextEdit } from "../lint/finding.ts";
import { endOfLine, isContinued, lineBreakOf } from "../lint/lines.ts";
import type { Scope } from "../lint/suppress.ts";
import type { LiveProject } from "./live-project.ts";

export interface IgnoringComment {
  readonly edits: readonly TextEdit[];
  /** The text after the edits, and where in it a reason may be written; null where one stands there. */
  readonly text: string;
  readonly reasonAt: number | null;
}

/** The edit, or null where no place would do. */
export function ignoringComment(
  finding: Finding,
  scope: Scope,
  file: FileView,
  project: LiveProject,
): IgnoringComment | null {
  const before = project.check(file.path);
  if (before === undefined || finding.rule.startsWith("holdfast/")) return null;
  for (const edit of CANDIDATES[scope](finding, file)) {
    const text = applyEdits(file.text, [edit]);
    const after = project.checkAs(file.path, text);
    if (after === undefined) continue;
    const gone = after.suppressed > before.suppressed;
    const nothingNew = after.findings.length < before.findings.length;
    if (!gone || !nothingNew || after.errors.length > file.errors.length) continue;
    return { edits: [edit], text, reasonAt: reasonPlace(text, edit) };
  }
  return null;
}

/** The name of the function around a finding; null at the top level. */
export function functionAround(finding: Finding, file: FileView): string | null {
  const name = enclosing(finding, file)?.qualifiedName;
  return name === undefined ? null : name.slice(name.lastIndexOf(".") + 1);
}

const CANDIDATES: Readonly<Record<Scope, (finding: Finding, file: FileView) => Generator<TextEdit>>> = {
  line: onLine,
  function: onFunction,
  file: onFile,
};

/** How far up the beginning of a statement is looked for. */
const STATEMENT_LINES = 40;

function* onLine({ rule, range }: Finding, file: FileView): Generator<TextEdit> {
  const line = range.start.line - 1;
  yield* joinExisting(rule, "ignore", file, [line]);

  const comment = `# holdfast: ignore[${rule}]`;
  const end = endOfLine(file, line);
  // A backslash joins lines before comments are read, which the parser is more lenient about than Python.
  if (!isContinued(file, line)) yield { file: file.path, span: { start: end, end }, text: `  ${comment}` };

  for (let above = line; above >= Math.max(0, line - STATEMENT_LINES); above--) {
    if (above > 0 && isContinued(file, above - 1)) continue;
    yield lineAbove(comment, file, above);
  }
}

function* onFunction(finding: Finding, file: FileView): Generator<TextEdit> {
  const fn = enclosing(finding, file);
  if (fn === undefined) return;
  const first = lineOf(file, fn.span.start);
  const header = lineOf(file, fn.nameSpan.start);
  yield* joinExisting(finding.rule, "ignore-function", file, range(first - 1, header));
  yield lineAbove(`# holdfast: ignore-function[${finding.rule}]`, file, first);
}

/** Above everything but what has to stand first: the line for the shell, and the one that names the encoding, which counts on the first two lines only. */
function* onFile({ rule }: Finding, file: FileView): Generator<TextEdit> {
  yield* joinExisting(rule, "ignore-file", file, range(0, file.lineStarts.length - 1));
  let line = 0;
  if (
    textOfLine(file, 0)
      .replace(/^\ufeff/, "")
      .startsWith("#!")
  )
    line = 1;
  for (let i = line; i < 2; i++) if (/^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+/.test(textOfLine(file, i))) line = i + 1;
  const text = `# holdfast: ignore-file[${rule}]`;
  const start = file.lineStarts[line];
  if (start === undefined)
    yield { file: file.path, span: { start: file.text.length, end: file.text.length }, text: lineBreakOf(file) + text };
  else {
    const at = start + (line === 0 && file.text.startsWith("\ufeff") ? 1 : 0);
    yield { file: file.path, span: { start: at, end: at }, text: text + lineBreakOf(file) };
  }
}

/** Adds the rule to comments on these lines that name others. */
function* joinExisting(rule: string, directive: string, file: FileView, lines: readonly number[]): Generator<TextEdit> {
  const pattern = new RegExp(`(?:^|\\s)#+\\s*holdfast:\\s*${directive}\\s*\\[[^\\]]*`, "i");
  for (const comment of file.comments) {
    if (!lines.includes(lineOf(file, comment.start))) continue;
    const bracket = pattern.exec(comment.text);
    if (bracket === null) continue;
    const at = comment.start + bracket.index + bracket[0].length;
    yield { file: file.path, span: { start: at, end: at }, text: `, ${rule}` };
  }
}

function lineAbove(comment: string, file: FileView, line: number): TextEdit {
  const start = file.lineStarts[line]!;
  const indent = /^[ \t]*/.exec(textOfLine(file, line))![0];
  return { file: file.path, span: { start, end: start }, text: `${indent}${comment}${lineBreakOf(file)}` };
}

/** Behind the bracket that closes the comment, where nothing follows it. */
function reasonPlace(text: string, { span, text: inserted }: TextEdit): number | null {
  const inside = span.start + inserted.search(/[^\s,]/);
  const close = text.indexOf("]", inside);
  return close >= 0 && /^[ \t]*(?:\r?\n|\r|$)/.test(text.slice(close + 1)) ? close + 1 : null;
}

/** The innermost function with a name. */
function enclosing({ span }: Finding, file: FileView): FileView["functions"][number] | undefined {
  return file.functions
    .filter((fn) => !fn.qualifiedName.endsWith(">") && fn.span.start <= span.start && span.end <= fn.span.end)
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
}

function lineOf({ lineStarts }: FileView, offset: number): number {
  return positionAt(lineStarts, offset).line - 1;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

function textOfLine(file: FileView, line: number): string {
  const start = file.lineStarts[line];
  return start === undefined ? "" : file.text.slice(start, endOfLine(file, line));
}
