/**
 * Writes ignore comments, and takes rules out of them, as edits.
 *
 * Where a comment may stand in Python depends on strings, brackets, backslashes and other comments around the place. What is given here are proposals, best
 * first; whoever applies one has to see that the finding is gone and nothing else changed.
 */
import { type FileView, positionAt, type Span } from "../analysis/index.ts";
import type { Finding, Fix, TextEdit } from "./finding.ts";
import { endOfLine, isContinued, lineBreakOf } from "./lines.ts";
import { selects } from "./options.ts";
import { readSuppressions, type SuppressionProblem, statementLines } from "./suppress.ts";

export interface Excuse {
  /** One line. */
  readonly reason: string;
  /** As in 2027-01-31; null where it does not end. */
  readonly until: string | null;
}

/** Places for a comment that silences a finding: above its statement, behind its line, above one of the lines before. */
export function* ignoringEdits(finding: Finding, file: FileView, { reason, until }: Excuse): Generator<TextEdit> {
  const end = until === null ? "" : ` until ${until}`;
  const comment = `# holdfast: ignore[${finding.rule}]${end}: ${reason}`;
  const line = positionAt(file.lineStarts, finding.span.start).line - 1;
  const statement = statementLines(file.text, file.lineStarts)[line]!;
  const above = (target: number): TextEdit[] => {
    // A backslash joins lines before comments are read.
    if (target > 0 && isContinued(file, target - 1)) return [];
    const start = file.lineStarts[target]!;
    const indent = /^[ \t\f]*/.exec(file.text.slice(start, endOfLine(file, target)))![0];
    return [{ file: file.path, span: { start, end: start }, text: `${indent}${comment}${lineBreakOf(file)}` }];
  };
  yield* above(statement);
  const behind = endOfLine(file, line);
  if (!isContinued(file, line)) {
    yield { file: file.path, span: { start: behind, end: behind }, text: `  ${comment}` };
  }
  for (let other = line; other >= Math.max(0, line - LINES_ABOVE); other--) {
    if (other !== statement) yield* above(other);
  }
}

/** How far up the beginning of a statement is looked for where it is not where it seems. */
const LINES_ABOVE = 40;

/** The edits that take a rule (or the rules of a family) out of all ignore comments that name it; comments that name nothing else go as a whole. */
export function withoutRule(file: FileView, known: readonly string[], rule: string): readonly TextEdit[] {
  return readSuppressions(file, known).all.flatMap(({ comment, rules }) => {
    const left = rules?.filter((name) => !selects(rule, name)) ?? null;
    if (rules === null || left === null || left.length === rules.length) return [];
    if (left.length === 0) return [{ file: file.path, span: wholeComment(file, comment), text: "" }];
    const text = file.text.slice(comment.start, comment.end);
    const bracket = /\[[^\]]*\]/.exec(text);
    if (!bracket) return [];
    const start = comment.start + bracket.index;
    return [{ file: file.path, span: { start, end: start + bracket[0].length }, text: `[${left.join(", ")}]` }];
  });
}

/** The cures of a name in a comment that is no rule's: the name that was meant, or none. What it silenced, or did not, changes: so people decide. */
export function fixesOfUnknown(
  file: FileView,
  comment: Span,
  { name, meant }: NonNullable<SuppressionProblem["unknown"]>,
): readonly Fix[] {
  const written = file.text.slice(comment.start, comment.end);
  const bracket = /\[([^\]]*)\]/.exec(written);
  if (!bracket) return [];
  const names = bracket[1]!.split(",").map((each) => each.trim());
  const start = comment.start + bracket.index;
  const within = { start, end: start + bracket[0].length };
  const replaced = (left: readonly string[]): TextEdit =>
    left.length === 0
      ? { file: file.path, span: wholeComment(file, comment), text: "" }
      : { file: file.path, span: within, text: `[${left.join(", ")}]` };
  const others = names.filter((each) => each !== name && each !== "");
  const rename: Fix[] =
    meant === null || names.includes(meant)
      ? []
      : [
          {
            title: `Write \`${meant}\``,
            safe: false,
            edits: () => [replaced(names.map((each) => (each === name ? meant : each)).filter(Boolean))],
          },
        ];
  const title = others.length === 0 ? "Remove the comment" : `Take \`${name}\` out`;
  return [...rename, { title, safe: false, edits: () => [replaced(others)] }];
}

/** A comment with the spaces before it, or the whole line where nothing else stands on it. */
export function wholeComment({ text }: FileView, { start, end }: Span): Span {
  let from = start;
  while (from > 0 && (text[from - 1] === " " || text[from - 1] === "\t")) from--;
  const alone = from === 0 || text[from - 1] === "\n" || text[from - 1] === "\r";
  if (!alone) return { start: from, end };
  if (text.startsWith("\r\n", end)) return { start: from, end: end + 2 };
  // What follows on the line is somebody else's comment.
  const last = text[end];
  if (last !== undefined && last !== "\n" && last !== "\r")
    return { start, end: start + /\s*/.exec(text.slice(end))![0].length + (end - start) };
  return { start: from, end: last === undefined ? end : end + 1 };
}
