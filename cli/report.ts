/** What a check has found, as the output formats need it: they neither know the disk nor the engine. */
import { type Finding, type Fix, SEVERITIES, type Severity, type TextEdit } from "../lint/finding.ts";
import type { Rule } from "../lint/rule.ts";

/** A text with the offsets its lines start at. */
export interface Source {
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** The project findings come from: how its paths are shown, and what its files say. */
export interface Origin {
  /** A path of the project as people see it: relative to the working directory, forward slashes. */
  show(path: string): string;
  /** The text of a file of the project; undefined for anything else. */
  source(path: string): Source | undefined;
}

export interface Reported {
  readonly finding: Finding;
  readonly origin: Origin;
  /** Whether it makes the check fail. */
  readonly gates: boolean;
}

/** Something people should know beside findings. `file` as shown. */
export interface ShownNotice {
  readonly file: string;
  readonly message: string;
  readonly skipped: boolean;
}

export interface Report {
  /** Sorted by file and place. */
  readonly reported: readonly Reported[];
  readonly files: number;
  readonly suppressed: number;
  /** How many findings the baseline hides. */
  readonly known: number;
  /** How many are not reported because they were there before the change that is checked. */
  readonly existing: number;
  readonly notices: readonly ShownNotice[];
  /** Rules that threw, as lines for people. */
  readonly failures: readonly ShownNotice[];
  /** How many findings `--fix` has cured. */
  readonly fixed: number;
}

/** One way to print a report. */
export type Format = (report: Report, options: FormatOptions) => string;

export interface FormatOptions {
  readonly color: boolean;
  /** Only findings, no summary. */
  readonly quiet: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Absolute folder that shown paths are relative to. */
  readonly cwd: string;
  /** All rules there are, but those about comments. */
  readonly rules: readonly Rule[];
  /** Of Holdfast. */
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How many findings there are of each severity. */
export function countBySeverity(reported: readonly Reported[]): Readonly<Record<Severity, number>> {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { finding } of reported) counts[finding.severity]++;
  return counts;
}

export interface ComputedFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

/** The fixes that turn out to apply. One that throws does not. They are worked out once, however many reports are made. */
export function computedFixes(finding: Finding): readonly ComputedFix[] {
  const known = COMPUTED.get(finding);
  if (known) return known;
  const fixes = finding.fixes.flatMap((fix) => {
    const edits = editsOf(fix);
    return edits === null ? [] : [{ title: fix.title, safe: fix.safe, edits }];
  });
  COMPUTED.set(finding, fixes);
  return fixes;
}

const COMPUTED = new WeakMap<Finding, readonly ComputedFix[]>();

function editsOf(fix: Fix): readonly TextEdit[] | null {
  try {
    return fix.edits();
  } catch {
    return null;
  }
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
