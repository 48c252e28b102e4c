/**
 * Comments that silence findings.
 *
 *   time.sleep(1)  # holdfast: ignore[async/blocking-call]   this line
 *   # holdfast: ignore[async, db/leaked-session]             the statement below, when it stands alone
 *   # holdfast: ignore                                       everything on that line
 *   # holdfast: ignore[async] until 2027-01-31: reason       through that day
 *   def warm():  # holdfast: ignore-function[async]         the whole function; also alone above it or its decorators
 *   # holdfast: ignore-file[async]                           the whole file, above its first statement
 *
 * A name is a rule or a family. Text after the brackets, and after the date where there is one, is a reason for people. A comment on any line of a statement that spans several
 * lines silences only findings that begin on that line; one on its first line, or above it, silences all of the statement.
 */
import { type FileView, type FunctionView, positionAt, type Span } from "../analysis/index.ts";
import { nearestName, selects } from "./options.ts";

/** One comment, understood. `rules` null: all of them. */
export interface Suppression {
  readonly comment: Span;
  readonly rules: readonly string[] | null;
  readonly scope: Scope;
  /** The last day it counts, as in 2027-01-31; null: it does not end. */
  readonly until: string | null;
  /** Whether that day is over. */
  readonly expired: boolean;
  /** What its author gives as the reason; may be empty. */
  readonly reason: string;
  /** 0-based line it silences, where the scope is a line; of a function, one its header stands on. */
  readonly line: number;
}

/** What a comment silences, from the narrowest to the widest. */
export type Scope = "line" | "function" | "file";

/** A comment that does not do what its author meant. */
export interface SuppressionProblem {
  readonly at: Span;
  readonly message: string;
  /** A name that is no rule's, and the one that was likely meant. */
  readonly unknown?: { readonly name: string; readonly meant: string | null };
}

export interface Suppressions {
  readonly all: readonly Suppression[];
  readonly problems: readonly SuppressionProblem[];
  /** The comment that silences a finding of `rule` beginning at `offset`, the narrowest of several, or undefined. */
  find(rule: string, offset: number): Suppression | undefined;
  /** The same of comments that have expired. */
  findExpired(rule: string, offset: number): Suppression | undefined;
}

/** Reads the comments of a file. `known` are the ids of all rules; without `today` (as in 2027-01-31) no comment has expired. */
export function readSuppressions(file: FileView, known: readonly string[], today?: string): Suppressions {
  const all: Suppression[] = [];
  const problems: SuppressionProblem[] = [];
  for (const comment of file.comments) {
    const read = readComment(file, comment, comment.text, known, today);
    if (read.suppression) all.push(read.suppression);
    problems.push(...read.problems);
  }
  if (all.length === 0) return { all, problems, find: () => undefined, findExpired: () => undefined };

  const starts = statementLines(file.text, file.lineStarts);
  const bodies = new Map<Suppression, Span>();
  for (const each of all.filter(({ scope }) => scope === "function")) {
    const fn = functionWithHeaderAt(each.line, file, starts);
    if (fn) bodies.set(each, fn.span);
    else problems.push({ at: each.comment, message: NO_FUNCTION });
  }
  const effective = all.filter((each) => each.scope !== "function" || bodies.has(each));
  const findAmong = (expired: boolean, rule: string, offset: number): Suppression | undefined => {
    const line = positionAt(file.lineStarts, offset).line - 1;
    const lines = [line, starts[line]!];
    const silences = (each: Suppression): boolean => {
      if (each.expired !== expired) return false;
      if (each.rules !== null && !each.rules.some((name) => selects(name, rule))) return false;
      if (each.scope === "line") return lines.includes(each.line);
      const body = bodies.get(each);
      return body === undefined || (body.start <= offset && offset < body.end);
    };
    for (const scope of ["line", "function", "file"] as const) {
      const found = effective.find((each) => each.scope === scope && silences(each));
      if (found) return found;
    }
    return undefined;
  };
  return {
    all: effective,
    problems,
    find: (rule, offset) => findAmong(false, rule, offset),
    findExpired: (rule, offset) => findAmong(true, rule, offset),
  };
}

/** Also behind another tool's comment (`# noqa  # holdfast: ignore`), but not where prose mentions one. `#12` in a reason names an issue. */
const COMMENT = /(^|\s)#+\s*holdfast:\s*((?:(?!\s#(?!\d)).)*)/i;
const DIRECTIVE = /^(ignore-file|ignore-function|ignore)(?![\w-])\s*(?:\[([^\]]*)\]|(\[[^\]]*$))?/;

const SCOPES: Readonly<Record<string, Scope>> = {
  ignore: "line",
  "ignore-function": "function",
  "ignore-file": "file",
};
const NO_FUNCTION = "`ignore-function` counts only on the line of a `def`, or alone above it; move it there";

function readComment(
  file: FileView,
  whole: Span,
  text: string,
  known: readonly string[],
  today: string | undefined,
): { suppression: Suppression | null; problems: SuppressionProblem[] } {
  const match = COMMENT.exec(text);
  if (match === null) return { suppression: null, problems: [] };
  const start = whole.start + match.index + match[1]!.length;
  const comment: Span = { start, end: whole.start + match.index + match[0].trimEnd().length };
  const directive = DIRECTIVE.exec(match[2]!);
  const problem = (message: string): { suppression: null; problems: SuppressionProblem[] } => ({
    suppression: null,
    problems: [{ at: comment, message }],
  });
  if (directive === null) {
    return problem(
      "this comment is not understood; write `# holdfast: ignore[RULE]`, `ignore-function[RULE]` or `ignore-file[RULE]`",
    );
  }
  if (directive[3] !== undefined) return problem("the bracket of this comment is never closed, so it silences nothing");

  const problems: SuppressionProblem[] = [];
  let rules: readonly string[] | null = null;
  if (directive[2] !== undefined) {
    const names = directive[2]
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean);
    const unknown = names.filter((name) => !known.some((id) => selects(name, id)));
    problems.push(...unknown.map((name) => unknownRule(comment, name, known)));
    rules = names.filter((name) => !unknown.includes(name));
    if (names.length === 0) return problem("this comment names no rule between its brackets, so it silences nothing");
    if (rules.length === 0) return { suppression: null, problems };
  }
  const scope = SCOPES[directive[1]!]!;
  if (scope === "file" && !isAboveCode(file.text.slice(0, comment.start))) {
    return problem("`ignore-file` counts only above the first statement of a file; move it there");
  }
  const rest = match[2]!.slice(directive[0].length);
  const until = UNTIL.exec(rest);
  if (until && !isDay(until[1]!)) {
    return problem("`until` needs a day, such as 2027-01-31, so this comment silences nothing");
  }
  const day = until ? until[1]! : null;
  const expired = day !== null && today !== undefined && day < today;
  const reason = rest
    .slice(until?.[0].length ?? 0)
    .replace(/^[\s:;,–—-]+/, "")
    .trim();
  return {
    suppression: { comment, rules, scope, until: day, expired, reason, line: silencedLine(file, comment) },
    problems,
  };
}

const UNTIL = /^\s*until\b[\s:]*([^\s:,;]*)/i;

/** Whether there is such a day, written as in 2027-01-31. */
export function isDay(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

/** The function whose `def`, or one of whose decorators, begins on the line that a comment on `line` belongs to. */
function functionWithHeaderAt(line: number, file: FileView, starts: Uint32Array): FunctionView | undefined {
  const lineOf = (offset: number): number => positionAt(file.lineStarts, offset).line - 1;
  const header = starts[line] ?? line;
  const named = file.functions.filter(({ qualifiedName }) => !qualifiedName.endsWith(">"));
  return named.find(({ span, nameSpan }) => lineOf(span.start) <= header && header <= lineOf(nameSpan.start));
}

function unknownRule(at: Span, name: string, known: readonly string[]): SuppressionProblem {
  const meant = nearestName(name, known) ?? null;
  const guess = meant === null ? "" : `; did you mean \`${meant}\`?`;
  return {
    at,
    message: `there is no rule \`${name}\`, so this comment does not silence it${guess}`,
    unknown: { name, meant },
  };
}

/** Only comments, blank lines and the docstring stand in `text`. */
function isAboveCode(text: string): boolean {
  const rest = text.replace(/^[ \t]*#.*$/gm, "").trim();
  return /^(?:[rRuU]?(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"[^"\n]*"|'[^'\n]*'))?$/.test(rest);
}

/** The line of the comment, or, where it stands alone, the next line that is neither blank nor a comment. */
function silencedLine(file: FileView, comment: Span): number {
  const line = positionAt(file.lineStarts, comment.start).line - 1;
  if (file.text.slice(file.lineStarts[line]!, comment.start).trim() !== "") return line;
  let below = line + 1;
  while (below < file.lineStarts.length && /^\s*(#.*)?$/.test(lineText(file, below))) below++;
  return below;
}

function lineText(file: FileView, line: number): string {
  return file.text.slice(file.lineStarts[line]!, file.lineStarts[line + 1] ?? file.text.length).trimEnd();
}

const TOKEN = /#[^\n\r]*|"""|'''|"|'|[([{]|[)\]}]|\\\r?\n|\r\n|\n|\r/g;

/**
 * For each line, the line its statement begins on: brackets, triple-quoted strings and backslashes continue a line. A header with a block (`if x:`)
 * ends at its line end. Broken code may leave a bracket open; a line that starts like a new definition closes it.
 */
export function statementLines(text: string, lineStarts: readonly number[]): Uint32Array {
  const starts = new Uint32Array(lineStarts.length);
  let depth = 0;
  let first = 0;
  let line = 0;
  TOKEN.lastIndex = 0;
  const advance = (to: number, continued: boolean): void => {
    while (line + 1 < lineStarts.length && lineStarts[line + 1]! <= to) {
      line++;
      const begins = /^[ \t]*(?:async def|def|class|@)\b/y;
      begins.lastIndex = lineStarts[line]!;
      if (!continued && depth > 0 && begins.test(text)) depth = 0;
      if (!continued && depth === 0) first = line;
      starts[line] = first;
    }
  };
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const token = match[0];
    const end = TOKEN.lastIndex;
    if (token === '"' || token === "'" || token.length === 3) {
      TOKEN.lastIndex = stringEnd(text, end, token);
      advance(TOKEN.lastIndex, true);
    } else if ("([{".includes(token)) depth++;
    else if (")]}".includes(token)) depth = Math.max(0, depth - 1);
    else if (token.startsWith("\\")) advance(end, true);
    else if (!token.startsWith("#")) advance(end, false);
  }
  return starts;
}

/** Offset behind the closing quotes; a string on one line ends at the line's end at the latest. */
function stringEnd(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === "\\") i++;
    else if (quote.length === 1 && (c === "\n" || c === "\r")) return i;
    else if (text.startsWith(quote, i)) return i + quote.length;
  }
  return text.length;
}
