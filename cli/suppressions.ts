/**
 * `holdfast suppress` and `holdfast unsuppress`: ignore comments for all findings of a rule, and away with them.
 *
 * A comment is written only where a check shows that it silences its finding and that the file parses as well as before. All files change, or none.
 */
import { join, relative } from "node:path";
import type { Project } from "../analysis/index.ts";
import { slashed } from "../host/exclude.ts";
import { type Obstacles, type StagedTogether, stageTogether } from "../host/together.ts";
import { applyEdits } from "../lint/edit.ts";
import type { Finding, TextEdit } from "../lint/finding.ts";
import { UNUSED_IGNORE } from "../lint/ignore-rules.ts";
import { nearestName, selects } from "../lint/options.ts";
import { checkFile, type FileResult } from "../lint/run.ts";
import { isDay } from "../lint/suppress.ts";
import { type Excuse, ignoringEdits, withoutRule } from "../lint/suppressing.ts";
import { type CheckOptions, checkTasks, type Part, type Surroundings } from "./check.ts";
import { EXIT, type ExitCode, UsageError } from "./failure.ts";
import type { FileFix } from "./fix.ts";
import { showDiff } from "./fix-options.ts";
import { finishBeforeInterruption } from "./interruption.ts";
import { counted } from "./report.ts";

export interface SuppressOptions extends Omit<CheckOptions, "outputFormat"> {
  readonly rule: readonly string[];
  readonly reason: string;
  readonly until?: string;
}

export interface UnsuppressOptions extends Omit<CheckOptions, "outputFormat"> {
  readonly rule?: readonly string[];
  readonly unused?: boolean;
}

/** Writes a comment for each finding that is reported of some rules. 1 where one could not be silenced. */
export async function suppress(
  paths: readonly string[],
  options: SuppressOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const { reason, until } = options;
  if (/[\r\n]/.test(reason) || reason.trim() === "") throw new UsageError("--reason: write one line that says why");
  if (until !== undefined && !isDay(until)) throw new UsageError("--until: write a day, such as 2027-01-31");
  const excuse: Excuse = { reason: reason.trim(), until: until ?? null };
  const parts = await checked(paths, options, around);
  for (const { task } of parts) {
    refuseUnknown(options.rule, task.settings.known);
    if (until !== undefined && until < task.settings.today) throw new UsageError(`--until: ${until} is over already`);
  }
  const outcomes = parts.map((part) => {
    const wanted = part.report.reported
      .map(({ finding }) => finding)
      .filter(({ rule }) => !rule.startsWith("holdfast/") && options.rule.some((each) => selects(each, rule)));
    return { part, ...silenced(part, wanted, excuse) };
  });
  for (const { part, left } of outcomes) {
    for (const { file, range, rule } of left) {
      around.err(`holdfast: ${shown(part, file)}:${range.start.line}: ${rule}: no place for a comment was found\n`);
    }
  }
  const count = outcomes.reduce((sum, { done }) => sum + done, 0);
  const code = finish(outcomes, count, `Silenced ${counted(count, "finding")}`, options, around);
  return code === EXIT.clean && outcomes.some(({ left }) => left.length > 0) ? EXIT.findings : code;
}

/** Takes rules out of the comments that name them, or away what silences nothing. */
export async function unsuppress(
  paths: readonly string[],
  options: UnsuppressOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const { rule: named = [], unused } = options;
  if (named.length === 0 && !unused) throw new UsageError("say which comments: --rule RULE, or --unused");
  const parts = await checked(paths, options, around);
  for (const { task } of parts) refuseUnknown(named, task.settings.known);
  const outcomes = parts.map((part) => {
    const { project, results, task } = part;
    const edits = results.flatMap(({ file: path, findings }) => {
      const file = project.file(path);
      if (!file?.text.includes("holdfast:")) return [];
      const own = named.flatMap((rule) => withoutRule(file, task.settings.known, rule));
      if (!unused) return own;
      const idle = findings.filter(({ rule }) => rule === UNUSED_IGNORE.id);
      return [...own, ...idle.flatMap(({ fixes }) => fixes[0]?.edits() ?? [])];
    });
    return { part, ...edited(project, edits) };
  });
  const count = outcomes.reduce((sum, { done }) => sum + done, 0);
  return finish(outcomes, count, `Took rules out of ${counted(count, "comment")}`, options, around);
}

interface Outcome {
  readonly part: Part;
  readonly changes: readonly FileFix[];
}

/** Writes the changes, or shows them. */
function finish(
  outcomes: readonly Outcome[],
  count: number,
  summary: string,
  options: { readonly diff?: boolean },
  around: Surroundings,
): ExitCode {
  const fixed = outcomes.map(({ part, changes }) => ({ task: part.task, changes, report: { fixed: 0 } }));
  const files = outcomes.reduce((sum, { changes }) => sum + changes.length, 0);
  if (options.diff) {
    showDiff(fixed, { quiet: true }, around);
    around.err(`${summary.replace(/^(\w)\w+/, (verb) => WOULD[verb] ?? verb)} in ${counted(files, "file")}.\n`);
    return files === 0 ? EXIT.clean : EXIT.findings;
  }
  finishBeforeInterruption();
  const staged: StagedTogether[] = [];
  for (const { part, changes } of outcomes) {
    const rewrites = changes.map((change) => ({ ...change, path: join(part.task.root, change.path) }));
    const own = stageTogether(part.task.root, rewrites);
    if ("commit" in own) staged.push(own);
    else {
      for (const each of staged) each.discard();
      refuseWriting(own, around);
    }
  }
  for (const each of staged) refuseWriting(each.commit(), around);
  around.out(`${count === 0 ? "Nothing to do" : `${summary} in ${counted(files, "file")}`}.\n`);
  return EXIT.clean;
}

function refuseWriting(obstacles: Obstacles, { cwd }: Surroundings): void {
  for (const [path, obstacle] of obstacles) {
    throw new UsageError(`${slashed(relative(cwd, path))}: ${obstacle}; no file was changed`);
  }
}

const WOULD: Readonly<Record<string, string>> = { Silenced: "Would silence", Took: "Would take" };

interface Silenced {
  readonly changes: readonly FileFix[];
  readonly done: number;
  readonly left: readonly Finding[];
}

function silenced({ project, task, results }: Part, wanted: readonly Finding[], excuse: Excuse): Silenced {
  const byFile = new Map<string, Finding[]>();
  for (const finding of wanted) byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
  const before = new Map(results.map((result) => [result.file, result]));
  const checkAs = (path: string, text: string): Trial => {
    const file = project.update([{ path, text }]).file(path)!;
    return { ...checkFile(file, task.settings), errors: file.errors.length };
  };
  const changes: FileFix[] = [];
  const left: Finding[] = [];
  for (const [path, findings] of byFile) {
    const text = project.file(path)!.text;
    const start: Trial = { ...before.get(path)!, errors: project.file(path)!.errors.length };
    const outcome = silencedFile(project, path, findings, excuse, start, (after) => checkAs(path, after));
    if (outcome.text !== text) changes.push({ path, before: text, after: outcome.text });
    left.push(...outcome.left);
  }
  return { changes, done: wanted.length - left.length, left };
}

interface Trial extends FileResult {
  readonly errors: number;
}

/** Tries the best place for all findings at once, and, where that does not do, one by one from the end of the file. */
function silencedFile(
  project: Project,
  path: string,
  findings: readonly Finding[],
  excuse: Excuse,
  start: Trial,
  checkAs: (text: string) => Trial,
): { readonly text: string; readonly left: readonly Finding[] } {
  const file = project.file(path)!;
  const better = (after: Trial, than: Trial, by: number): boolean =>
    after.failures.length === 0 &&
    after.errors <= than.errors &&
    after.suppressed >= than.suppressed + by &&
    after.findings.length <= than.findings.length - by;
  const firsts = findings.flatMap((finding) => [...ignoringEdits(finding, file, excuse)].slice(0, 1));
  const all = applyEdits(file.text, distinct(firsts));
  if (better(checkAs(all), start, findings.length)) return { text: all, left: [] };

  let text = file.text;
  let state = start;
  const left: Finding[] = [];
  for (const finding of [...findings].sort((a, b) => b.span.start - a.span.start)) {
    // A comment for another finding of the statement may silence this one, too.
    if (state.suppressed - start.suppressed >= findings.length) break;
    const place = [...ignoringEdits(finding, file, excuse)].find((edit) => {
      const after = applyEdits(text, [edit]);
      const trial = checkAs(after);
      if (!better(trial, state, 1)) return false;
      [text, state] = [after, trial];
      return true;
    });
    if (!place && state.findings.some((each) => each.fingerprint === finding.fingerprint)) left.push(finding);
  }
  return { text, left };
}

function edited(project: Project, edits: readonly TextEdit[]): { changes: readonly FileFix[]; done: number } {
  const byFile = new Map<string, TextEdit[]>();
  for (const edit of edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  let done = 0;
  const changes = [...byFile].flatMap(([path, own]): FileFix[] => {
    const file = project.file(path)!;
    const chosen = apart(own);
    const after = applyEdits(file.text, chosen);
    if (project.update([{ path, text: after }]).file(path)!.errors.length > file.errors.length) return [];
    done += chosen.length;
    return [{ path, before: file.text, after }];
  });
  return { changes, done };
}

/** Equal insertions once. */
function distinct(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...new Map(edits.map((edit) => [`${edit.span.start} ${edit.text}`, edit])).values()];
}

/** Without those that touch an earlier one. */
function apart(edits: readonly TextEdit[]): readonly TextEdit[] {
  const chosen: TextEdit[] = [];
  for (const edit of edits) {
    if (!chosen.some(({ span }) => edit.span.start < span.end && span.start < edit.span.end)) chosen.push(edit);
  }
  return chosen;
}

async function checked(
  paths: readonly string[],
  options: Omit<CheckOptions, "outputFormat">,
  around: Surroundings,
): Promise<readonly Part[]> {
  const { diff, ...rest } = options;
  if (rest.staged) throw new UsageError("comments are written into the work tree; leave out --staged");
  const parts = await checkTasks(paths, { ...rest, rewrites: diff !== true }, around);
  const failures = parts.flatMap(({ report }) => report.failures);
  for (const failure of failures) around.err(`holdfast: ${failure.file}: ${failure.message}\n`);
  return parts;
}

function refuseUnknown(named: readonly string[], known: readonly string[]): void {
  for (const name of named) {
    if (known.some((id) => selects(name, id))) continue;
    const guess = nearestName(name, known);
    throw new UsageError(
      `--rule: there is no rule or family "${name}"; ${guess ? `did you mean "${guess}"?` : "`holdfast rules` lists them all"}`,
    );
  }
}

function shown({ report }: Part, path: string): string {
  return report.reported[0]?.origin.show(path) ?? path;
}
