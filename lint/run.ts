/**
 * Runs rules over files.
 *
 * Adds to a report what a rule need not know: severity, file, ranges, fingerprint, order; and takes away what comments silence. A rule that throws
 * loses its findings in that file and nothing else; the caller gets a `RuleFailure` to show. Nothing here decides what is wrong with a program.
 */
import { type FileView, type FunctionView, hashText, type Project, rangeOf, type Span } from "../analysis/index.ts";
import type { Finding, Fix, Related, TextEdit } from "./finding.ts";
import { EXPIRED_IGNORE, UNKNOWN_IGNORE, UNUSED_IGNORE } from "./ignore-rules.ts";
import { type EnabledRule, type RulesInForce, selects } from "./options.ts";
import type { Report, ReportFix, Rule } from "./rule.ts";
import { readSuppressions, type Suppression, type Suppressions } from "./suppress.ts";
import { fixesOfUnknown, wholeComment } from "./suppressing.ts";

/** A rule that threw. `rule` null: the engine did, and the file has no findings at all. */
export interface RuleFailure {
  readonly rule: string | null;
  readonly file: string;
  /** Qualified name of the function it was looking at, where known. */
  readonly function: string | null;
  readonly message: string;
  readonly stack: string;
}

export interface FileResult {
  readonly file: string;
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
  /** How many findings comments silenced. */
  readonly suppressed: number;
  /** Days on which comments of it end: the result holds from day to day unless one of them passes. */
  readonly until: readonly string[];
}

/** What decides which rules run: the same ones on all files, or, with `forFile`, those for each. */
export interface CheckSettings extends RulesInForce {
  /** As in 2027-01-31; comments whose day is over silence nothing then. None are over where left out. */
  readonly today?: string;
  /** Never throws. */
  forFile?(file: Pick<FileView, "path" | "text">): RulesInForce;
}

/** What each rule in force says of a file, in their order. */
export type Outcomes = (file: FileView, settings: RulesInForce) => Iterable<Draft[] | RuleFailure>;

/** The findings of one file. Never throws. `outcomes` is for those who know a shorter way than running each rule on each function. */
export function checkFile(file: FileView, general: CheckSettings, outcomes: Outcomes = runRules): FileResult {
  const settings = general.forFile?.(file) ?? general;
  const failures: RuleFailure[] = [];
  const found: Finding[] = [];
  try {
    for (const outcome of outcomes(file, settings)) {
      if (Array.isArray(outcome)) found.push(...fingerprinted(outcome));
      else failures.push(outcome);
    }
    const suppressions = readSuppressions(file, settings.known, general.today);
    const used = new Set<Suppression>();
    const findings = found.filter((finding) => {
      const suppression = suppressions.find(finding.rule, finding.span.start);
      const meant = suppression ?? suppressions.findExpired(finding.rule, finding.span.start);
      if (meant) used.add(meant);
      return suppression === undefined;
    });
    const suppressed = found.length - findings.length;
    findings.push(...aboutComments(file, settings, suppressions, used, failures));
    const until = suppressions.all.flatMap((each) => each.until ?? []);
    return { file: file.path, findings: findings.sort(byPlace), failures, suppressed, until };
  } catch (error) {
    failures.push(failureOf(null, file.path, null, error));
    return { file: file.path, findings: [], failures, suppressed: 0, until: [] };
  }
}

/** The findings of each of `paths` (all files where left out), one result at a time, so that the caller can show progress or stop. */
export function* checkProject(
  project: Project,
  settings: CheckSettings,
  paths: Iterable<string> = project.paths(),
  outcomes: Outcomes = runRules,
): Generator<FileResult> {
  for (const path of paths) {
    let file: FileView | undefined;
    try {
      file = project.file(path);
    } catch (error) {
      yield { file: path, findings: [], failures: [failureOf(null, path, null, error)], suppressed: 0, until: [] };
      continue;
    }
    if (file) yield checkFile(file, settings, outcomes);
  }
}

/** A finding before it has a fingerprint. */
export interface Draft extends Omit<Finding, "fingerprint" | "content"> {
  /** What the fingerprint is made of, beside the rule: where it belongs, and what it is about. */
  readonly place: string;
  readonly about: string;
}

function* runRules(file: FileView, { enabled }: RulesInForce): Generator<Draft[] | RuleFailure> {
  for (const rule of enabled) {
    const said = reportsOf(rule, file, file.functions);
    yield Array.isArray(said) ? draftsOf(rule, file, said) : said;
  }
}

/** A report, and of which function it was made. */
export interface Said {
  readonly fn: Pick<FunctionView, "id" | "qualifiedName">;
  readonly report: Report;
}

/** What a rule says of some functions of a file, each place once. */
export function reportsOf(
  { rule, options }: EnabledRule,
  file: FileView,
  functions: readonly FunctionView[],
): Said[] | RuleFailure {
  const said = new Map<string, Said>();
  let current: FunctionView | null = null;
  try {
    for (const fn of functions) {
      current = fn;
      for (const report of rule.check(fn, { file, options })) {
        // A nested function may be seen from the outer one too.
        const place = `${report.at.start}:${report.at.end}`;
        if (!said.has(place)) said.set(place, { fn, report });
      }
    }
  } catch (error) {
    return failureOf(rule.id, file.path, current?.qualifiedName ?? null, error);
  }
  return [...said.values()];
}

export function draftsOf({ rule, severity }: EnabledRule, file: FileView, said: readonly Said[]): Draft[] {
  return said.map(({ fn, report }) => ({
    rule: rule.id,
    severity,
    confidence: report.confidence,
    message: report.message,
    file: file.path,
    span: report.at,
    range: rangeOf(file.lineStarts, report.at),
    related: report.path.map(({ file, span, range, message }): Related => ({ file, span, range, message })),
    fixes: report.fixes.map((fix) => withLineEndsOf(file, fix)),
    function: fn.qualifiedName,
    place: fn.id,
    about: textOf(file, report.at) || report.message,
  }));
}

/** Rules write `\n`; where the file ends its first line in `\r\n`, so do the edits of it. */
function withLineEndsOf({ path, text }: FileView, fix: ReportFix): Fix {
  const windows = text[text.indexOf("\n") - 1] === "\r";
  if (!windows) return fix;
  const converted = (edit: TextEdit): TextEdit =>
    edit.file === path ? { ...edit, text: edit.text.replace(/\r?\n/g, "\r\n") } : edit;
  return {
    get title() {
      return fix.title;
    },
    safe: fix.safe,
    ...(fix.root !== undefined && { root: fix.root }),
    edits: () => fix.edits()?.map(converted) ?? null,
  };
}

/** The text of a place without what formatters change (spacing, trailing commas, quotes), so that none makes a finding a new one. */
function textOf(file: FileView, { start, end }: Span): string {
  return file.text
    .slice(start, end)
    .replace(/\s+/g, " ")
    .replace(/ ?([^\p{L}\p{N}_ ]) ?/gu, "$1")
    .replace(/,(?=[)\]}])/g, "")
    .replaceAll("'", '"')
    .trim();
}

/** Counts equal ones in the order of the text. */
function fingerprinted(drafts: readonly Draft[]): Finding[] {
  const seen = new Map<string, number>();
  return [...drafts].sort(byPlace).map(({ place, about, ...finding }) => {
    const identity = [finding.rule, place, about].join("\0");
    const nth = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, nth);
    const hash = hashText(identity);
    const content = hashText(`${finding.rule}\0${about}`);
    return { ...finding, fingerprint: nth === 1 ? hash : `${hash}-${nth}`, content };
  });
}

function byPlace(a: Pick<Finding, "span" | "rule">, b: Pick<Finding, "span" | "rule">): number {
  return a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

/** What is to be said about the comments themselves. No comment can silence it. */
function aboutComments(
  file: FileView,
  settings: RulesInForce,
  suppressions: Suppressions,
  used: ReadonlySet<Suppression>,
  failures: readonly RuleFailure[],
): Finding[] {
  const drafts: Draft[] = [];
  const add = (rule: Rule, at: Span, message: string, fixes: readonly Fix[]): void => {
    const enabled = settings.enabled.find((each) => each.rule.id === rule.id);
    if (!enabled) return;
    drafts.push({
      rule: rule.id,
      severity: enabled.severity,
      confidence: "certain",
      message,
      file: file.path,
      span: at,
      range: rangeOf(file.lineStarts, at),
      related: [],
      fixes,
      function: "<module>",
      place: file.path,
      about: textOf(file, at),
    });
  };
  for (const { at, message, unknown } of suppressions.problems) {
    add(UNKNOWN_IGNORE, at, message, unknown ? fixesOfUnknown(file, at, unknown) : []);
  }
  const wantsReason = settings.enabled.some(
    ({ rule, options }) => rule.id === UNKNOWN_IGNORE.id && options["require-reason"] === true,
  );
  for (const suppression of suppressions.all) {
    const { comment, expired, until, reason } = suppression;
    if (wantsReason && reason === "") add(UNKNOWN_IGNORE, comment, NO_REASON, []);
    if (expired && used.has(suppression)) {
      add(EXPIRED_IGNORE, comment, `this comment ended on ${until}; cure what it silenced, or give it a later day`, []);
    }
    if (used.has(suppression) || !couldHaveSilenced(suppression, settings, failures)) continue;
    const what = suppression.rules === null ? "anything" : suppression.rules.map((name) => `\`${name}\``).join(" or ");
    const fix: Fix = {
      title: "Remove the comment",
      safe: true,
      edits: () => [{ file: file.path, span: wholeComment(file, suppression.comment), text: "" }],
    };
    add(UNUSED_IGNORE, suppression.comment, `nothing here to silence: no finding of ${what}`, [fix]);
  }
  return fingerprinted(drafts);
}

const NO_REASON = "this comment gives no reason; write one behind the brackets";

/** Whether every rule the comment means has run on this file; otherwise nobody knows whether it is needed. */
function couldHaveSilenced(
  { rules }: Suppression,
  { enabled, known }: RulesInForce,
  failures: readonly RuleFailure[],
): boolean {
  if (failures.some((failure) => failure.rule === null || rules === null)) return false;
  const meant = known.filter((id) => rules === null || rules.some((name) => selects(name, id)));
  return meant.every(
    (id) => enabled.some(({ rule }) => rule.id === id) && !failures.some((failure) => failure.rule === id),
  );
}

function failureOf(rule: string | null, file: string, fn: string | null, error: unknown): RuleFailure {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  return { rule, file, function: fn, message, stack };
}
