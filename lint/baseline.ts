/**
 * Findings that are known: which of today's are among them, and the text a baseline file keeps them as.
 *
 * A known finding is named by what survives edits elsewhere: its file, its function, its rule, and a hash of its own text; equal ones are counted. Positions
 * are not part of it, so code may move up and down, be indented anew and formatted. Where a file or function got another name, its findings follow it,
 * but only if no function of the old name is left: a defect that is cured in one place does not excuse the same defect in another.
 *
 * The file holds one entry a line, sorted, and no totals, so that two branches that change it merge like any list.
 */
import type { Finding } from "./finding.ts";

/** Equal findings that are known, in a file (of the project, or relative to the folder of a baseline file). */
export interface Known {
  readonly file: string;
  readonly function: string;
  readonly rule: string;
  readonly content: string;
  /** At least 1. */
  readonly count: number;
}

/** What a finding is compared by. */
export type Identified = Pick<Finding, "file" | "function" | "rule" | "content">;

export interface Comparison<F extends Identified> {
  /** Findings nobody knew, in the order given. */
  readonly fresh: readonly F[];
  /** Findings that were known, in the order given. */
  readonly old: readonly F[];
  /** Known ones that are not there any more. */
  readonly gone: readonly Known[];
  /** The known ones without those that are gone, each under the name it has now. */
  readonly kept: readonly Known[];
}

export interface CompareOptions<F extends Identified> {
  /** Whether the finding would be there now if it were still true; what was not looked at stays known. Always, where left out. */
  readonly wasLookedAt?: (known: Known) => boolean;
  /** Whether a file still has a function of that name; used only for findings that are not where they were. Never, where left out. */
  readonly hasFunction?: (file: string, name: string) => boolean;
  /** Which of several equal findings to take for new first: those for which it is true. */
  readonly seemsNew?: (finding: F) => boolean;
}

/** Tells findings that are known from those that are not. */
export function compare<F extends Identified>(
  findings: readonly F[],
  known: readonly Known[],
  { wasLookedAt = () => true, hasFunction = () => false, seemsNew = () => false }: CompareOptions<F> = {},
): Comparison<F> {
  const left = merged(known).map((entry) => ({ entry, count: entry.count }));
  const old = new Map<F, Known>();
  const match = (nameOf: (each: Identified) => string, pool: typeof left): void => {
    const byName = grouped(pool, ({ entry }) => nameOf(entry));
    const open = findings.filter((finding) => !old.has(finding));
    for (const [name, group] of grouped(open, nameOf)) {
      const equal = group.length === 1 ? group : [...group].sort((a, b) => Number(seemsNew(a)) - Number(seemsNew(b)));
      for (const candidate of byName.get(name) ?? []) {
        while (candidate.count > 0 && equal.length > 0) {
          old.set(equal.shift()!, candidate.entry);
          candidate.count--;
        }
      }
    }
  };
  match(exactName, left);
  const lost = left.filter(
    ({ entry, count }) => count > 0 && wasLookedAt(entry) && !hasFunction(entry.file, entry.function),
  );
  match(({ function: fn, rule, content }) => [fn, rule, content].join("\0"), lost);
  match(({ file, rule, content }) => [file, rule, content].join("\0"), lost);

  const gone = left.filter(({ entry, count }) => count > 0 && wasLookedAt(entry));
  const unseen = left.filter(({ entry, count }) => count > 0 && !wasLookedAt(entry));
  return {
    fresh: findings.filter((finding) => !old.has(finding)),
    old: findings.filter((finding) => old.has(finding)),
    gone: gone.map(({ entry, count }) => ({ ...entry, count })).sort(inOrder),
    kept: merged([...[...old.keys()].map(knownOf), ...unseen.map(({ entry, count }) => ({ ...entry, count }))], "sum"),
  };
}

/**
 * Of findings nobody knew, those that are one of the `former` findings whose code was written differently: under the same rule, in the same function or in place of one that
 * is not there any more, and saying the same but for the names in it. Each that is `gone` stands for one at most.
 */
export function rewritten<F extends Saying>(
  fresh: readonly F[],
  former: readonly F[],
  gone: readonly Known[],
  {
    isEdit,
    hasFunction,
  }: {
    /** Whether the code of one became the code of the other. */
    isEdit(then: F, now: F): boolean;
    hasFunction(file: string, name: string): boolean;
  },
): ReadonlySet<F> {
  const left = new Map(gone.map((entry) => [exactName(entry), entry.count]));
  const lost = former.filter((each) => left.has(exactName(each)));
  const old = new Set<F>();
  for (const now of fresh) {
    const origin = lost.find(
      (then) =>
        left.get(exactName(then))! > 0 &&
        saysTheSame(then, now) &&
        (then.function === now.function || !hasFunction(then.file, then.function)) &&
        isEdit(then, now),
    );
    if (!origin) continue;
    left.set(exactName(origin), left.get(exactName(origin))! - 1);
    old.add(now);
  }
  return old;
}

type Saying = Identified & Pick<Finding, "message">;

function saysTheSame(a: Saying, b: Saying): boolean {
  return a.file === b.file && a.rule === b.rule && gist(a.message) === gist(b.message);
}

/** A message without what is quoted, and without remarks in brackets about how. */
function gist(message: string): string {
  return message.replace(/ \([^)]*\)/g, "").replace(/`[^`]*`|"[^"]*"/g, "");
}

/** Findings as known ones, equal ones counted, sorted. */
export function asKnown(findings: readonly Identified[]): readonly Known[] {
  return merged(findings.map(knownOf), "sum");
}

/** How many findings entries stand for. */
export function total(known: readonly Known[]): number {
  return known.reduce((sum, { count }) => sum + count, 0);
}

const HEADER = `# Findings that Holdfast knew when it was introduced here; \`holdfast check\` does not report them.
# One entry a line: file, function, rule, hash of the text, how many. Written by \`holdfast baseline\`.
# format 1
`;

/** The text of a baseline file. Equal entries give equal texts. */
export function formatBaseline(known: readonly Known[]): string {
  const lines = merged(known, "sum").map(({ file, function: fn, rule, content, count }) =>
    [quoted(file), quoted(fn), rule, content, ...(count > 1 ? [`x${count}`] : [])].join(" "),
  );
  return HEADER + lines.map((line) => `${line}\n`).join("");
}

/** `line` 1-based. */
export interface BaselineProblem {
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Reads a baseline file. Of an entry that stands there twice, as a merge that keeps both sides may leave it, the larger number counts. Comments, blank lines and the
 * order of lines mean nothing.
 */
export function parseBaseline(text: string): {
  readonly known: readonly Known[];
  readonly problems: readonly BaselineProblem[];
} {
  const known: Known[] = [];
  const problems: BaselineProblem[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .entries()) {
    const line = raw.trim();
    const report = (message: string, remedy: string): void => {
      problems.push({ line: index + 1, message, remedy });
    };
    if (/^(<{7}|\|{7}|={7}|>{7})(\s|$)/.test(line)) {
      report(
        "an unresolved merge conflict",
        "keep the lines of both sides, take the markers away, and run `holdfast baseline update`",
      );
      return { known: [], problems };
    }
    const format = /^# format (\d+)$/.exec(line);
    if (format && format[1] !== "1") {
      report(`format ${format[1]} is of a newer Holdfast`, "update Holdfast, or write the file anew");
      return { known: [], problems };
    }
    if (line === "" || line.startsWith("#")) continue;
    const match = ENTRY.exec(line);
    const names = match && [unquoted(match[1]!), unquoted(match[2]!)];
    if (!match || !names || names.includes(null)) {
      report(
        "this is no entry of a baseline",
        "take the line away, or write the file anew with `holdfast baseline create --force`",
      );
      continue;
    }
    known.push({
      file: names[0]!,
      function: names[1]!,
      rule: match[3]!,
      content: match[4]!,
      count: Number(match[5] ?? 1),
    });
  }
  return { known: merged(known, "max"), problems };
}

const NAME = '"(?:[^"\\\\]|\\\\.)*"|[^\\s"]\\S*';
const ENTRY = new RegExp(`^(${NAME})\\s+(${NAME})\\s+([\\w-]+/[\\w-]+)\\s+([0-9a-f]{16})(?:\\s+x([1-9]\\d{0,5}))?$`);

/** Names with spaces and the like stand in quotation marks, as in JSON. */
function quoted(name: string): string {
  return /^[^\s"#<>=|][^\s"]*$/.test(name) || /^<[^\s"<]+$/.test(name) ? name : JSON.stringify(name);
}

function unquoted(name: string): string | null {
  if (!name.startsWith('"')) return name;
  try {
    return JSON.parse(name) as string;
  } catch {
    return null;
  }
}

function knownOf({ file, function: fn, rule, content }: Identified): Known {
  return { file, function: fn, rule, content, count: 1 };
}

function exactName({ file, function: fn, rule, content }: Identified): string {
  return [file, fn, rule, content].join("\0");
}

/** Each name once, sorted. */
function merged(known: readonly Known[], how: "sum" | "max" = "sum"): Known[] {
  const entries = [...grouped(known, exactName).values()].map((group): Known => {
    const counts = group.map(({ count }) => count);
    return { ...group[0]!, count: how === "sum" ? counts.reduce((a, b) => a + b, 0) : Math.max(...counts) };
  });
  return entries.sort(inOrder);
}

function inOrder(a: Known, b: Known): number {
  const [first, second] = [exactName(a), exactName(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function grouped<T>(items: Iterable<T>, nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
