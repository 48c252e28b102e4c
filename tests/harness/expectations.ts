/**
 * What the comments of a Python fixture state.
 *
 *   # >> async/blocking-call @`settle` "the clock" via `pause`, `time.sleep`
 *   # >> async/blocking-call likely      and how sure it is: "certain" or "likely"
 *   # >> async/blocking-call fix "Make settle async"    or `no fix "…"`: a fix with these words is (not) offered
 *   # >> quiet                          near miss: nothing may be reported on this line
 *   # >> missed RULE: why               should be found and is not (fails the day it is found)
 *   # >> wrong RULE: why                is found and should not be (fails the day it is gone)
 *
 * After the rule come, each optional: how sure it is, the squiggle, a part of the message, names that appear in this order along the path, and words of a fix.
 * Several statements on one line are each introduced by `# >>`. A comment that stands alone speaks of the next line that is no comment.
 *
 * A comment that cannot be read is an error, never ignored: a typing mistake must not turn a check off.
 */
export type Expectation = Found | Quiet | KnownError;

interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}
export interface Found extends Place {
  readonly kind: "found";
  readonly rule: string;
  readonly confidence: string | null;
  readonly squiggle: string | null;
  readonly message: string | null;
  readonly via: readonly string[];
  readonly fix: { readonly title: string; readonly offered: boolean } | null;
}
export interface Quiet extends Place {
  readonly kind: "quiet";
}
export interface KnownError extends Place {
  readonly kind: "missed" | "wrong";
  readonly rule: string;
  readonly why: string;
}

const MARK = "# >>";

/** All statements of one file, in order. Throws on one that cannot be read. */
export function expectationsOf(file: string, text: string): Expectation[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.flatMap((line, index) => {
    const mark = line.indexOf(MARK);
    if (mark < 0) return [];
    const subject = line.slice(0, mark).trim() === "" ? nextCodeLine(lines, index) : index;
    const place = { file, line: subject + 1 };
    return line
      .slice(mark + MARK.length)
      .split(MARK)
      .map((statement) => parseStatement(statement.trim(), place, index + 1));
  });
}

/** The same text without the comments and without the blanks before them. Lines that hold nothing else disappear. */
export function withoutExpectations(text: string): string {
  return text
    .split("\n")
    .filter((line) => !line.trim().startsWith(MARK))
    .map((line) => {
      const mark = line.indexOf(MARK);
      return mark < 0 ? line : line.slice(0, mark).trimEnd();
    })
    .join("\n");
}

function nextCodeLine(lines: readonly string[], index: number): number {
  let next = index + 1;
  while (next < lines.length && /^\s*(#|$)/.test(lines[next]!)) next++;
  return next;
}

const KNOWN_ERROR = /^(missed|wrong) ([a-z]+\/[a-z-]+): (.+)$/;
const FOUND =
  /^([a-z]+\/[a-z-]+)(?: (certain|likely))?(?: @`([^`]+)`)?(?: "([^"]+)")?(?: via (`[^`]+`(?:, `[^`]+`)*))?(?: ((?:no )?fix) "([^"]+)")?$/;

function parseStatement(statement: string, place: Place, writtenOn: number): Expectation {
  if (statement === "quiet") return { ...place, kind: "quiet" };
  const known = KNOWN_ERROR.exec(statement);
  if (known) return { ...place, kind: known[1] as "missed" | "wrong", rule: known[2]!, why: known[3]! };
  const found = FOUND.exec(statement);
  if (!found) throw new Error(`${place.file}:${writtenOn}: cannot read "${MARK} ${statement}"`);
  const [, rule, confidence = null, squiggle = null, message = null, path, offer, title] = found;
  const via = path ? path.split(", ").map((name) => name.slice(1, -1)) : [];
  const fix = title === undefined ? null : { title, offered: offer === "fix" };
  return { ...place, kind: "found", rule: rule!, confidence, squiggle, message, via, fix };
}
