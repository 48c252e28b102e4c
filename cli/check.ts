/**
 * `holdfast check`: which files, check them, print, exit code.
 *
 * Paths are grouped by the project they belong to; each project is analysed whole and only what was asked for is reported.
 */
import { dirname, relative, resolve } from "node:path";
import type { Project } from "../analysis/index.ts";
import { type Cache, cacheOf } from "../host/cache.ts";
import type { ExcludeGlobs } from "../host/exclude.ts";
import { slashed } from "../host/exclude.ts";
import type { Notice } from "../host/files.ts";
import { knowledgeFor } from "../host/knowledge.ts";
import { saidInVain } from "../host/nested-settings.ts";
import { loadParser } from "../host/parser.ts";
import { loadProject, projectPath } from "../host/project.ts";
import { isProject, projectRootOf } from "../host/roots.ts";
import {
  excludesOf,
  formatSettingsError,
  type LoadedSettings,
  loadSettings,
  nestedSettings,
  type SettingsError,
} from "../host/settings.ts";
import { filesOf, kindOf } from "../host/targets.ts";
import { reachesGate } from "../lint/options.ts";
import { checkProject, type FileResult, type RuleFailure } from "../lint/run.ts";
import { RememberingCheck, type StoredRun } from "../lint/stored.ts";
import { Adoption, type AdoptOptions } from "./adopt.ts";
import { EXIT, type ExitCode, UsageError } from "./failure.ts";
import { applyFixes, type FileFix } from "./fix.ts";
import { type FixOptions, showDiff, wantsFixes } from "./fix-options.ts";
import { type GateOptions, gateOf, shownOf } from "./gate.ts";
import { filesAsked, type InspectOptions, settingsAsked, statisticsOf } from "./inspect.ts";
import { type OutputOptions, type OutputSurroundings, outputsOf, writeOutputs } from "./output.ts";
import type { Progress } from "./progress.ts";
import type { Origin, Report, Reported, ShownNotice } from "./report.ts";
import { namedByOption, type SettingsOptions, settingsFromOptions } from "./settings.ts";
import { type StdinOptions, textFromStdin } from "./standard-input.ts";
import { timed } from "./timing.ts";
import { type RewriteOptions, settleUnfinished } from "./unfinished.ts";
import { type Found, findingsOf, verify } from "./verify.ts";
import { canUseThreads, checkInThreads } from "./workers.ts";

export interface CheckOptions
  extends OutputOptions,
    AdoptOptions,
    GateOptions,
    SettingsOptions,
    FixOptions,
    InspectOptions,
    StdinOptions,
    RewriteOptions {
  /** Check again after each change. */
  readonly watch?: boolean;
  readonly exclude?: readonly string[];
  /** False: neither read nor leave anything on disk. */
  readonly cache?: boolean;
  /** Folder, relative to the working directory. */
  readonly cacheDir?: string;
  /** Threads to check in; one where left out. */
  readonly workers?: number;
  /** Fingerprints of findings to look for, instead of a report. */
  readonly verify?: readonly string[];
}

/** What the command needs of its surroundings. */
export interface Surroundings extends OutputSurroundings {
  readonly progress: Progress;
  readonly debug: boolean;
  readonly parser: "any" | "native" | "wasm";
}

/** Runs the check. Throws a `UsageError` for paths, options and settings that are wrong. */
export async function check(paths: readonly string[], options: CheckOptions, around: Surroundings): Promise<ExitCode> {
  if (options.verify?.length === 0) throw new UsageError("--verify: name the fingerprints to look for");
  const outputs = outputsOf(options, around);
  if (options.showFiles || options.showSettings) return inspect(paths, options, around);
  const timing = options.showTiming ? timed(around.rules) : null;
  const parts = timing
    ? await checkTasks(paths, { ...options, cache: false }, { ...around, rules: timing.rules })
    : await checkTasks(paths, options, around);
  const report = joined(parts.map((part) => part.report));
  if (!options.quiet) for (const notice of report.notices) around.err(`holdfast: ${notice.file}: ${notice.message}\n`);
  for (const failure of report.failures) around.err(`holdfast: ${failure.file}: ${failure.message}\n`);
  if (options.verify) return verifyIn(parts, options.verify, around);
  if (options.diff) return showDiff(parts, options, around);
  if (options.statistics) around.out(statisticsOf(shownOf(report, options), around.color));
  writeOutputs(shownOf(report, options), outputs, options, around);
  if (timing) around.err(timing.table());
  for (const { adoption } of parts) {
    const remark = options.updateBaseline ? adoption.shrunk() : adoption.staleness();
    if (remark && !options.quiet) around.err(`holdfast: ${remark}\n`);
  }
  const gate = gateOf(report, options);
  if (gate.remark && !options.quiet) around.err(`holdfast: ${gate.remark}\n`);
  return gate.code;
}

/** Says what a check would do, and checks nothing. */
function inspect(paths: readonly string[], options: CheckOptions, around: Surroundings): ExitCode {
  const tasks = tasksOf(paths.length > 0 ? paths : ["."], excludesOfOptions(options, around), options, around);
  if (options.showFiles) around.out(filesAsked(tasks, around.cwd));
  else around.out(settingsAsked(tasks, settingsFromOptions(options, around.cwd).overrides ?? {}, around.cwd));
  return EXIT.clean;
}

function excludesOfOptions({ exclude }: CheckOptions, { cwd }: Surroundings): readonly ExcludeGlobs[] {
  return exclude ? [{ base: cwd, globs: exclude }] : [];
}

/** A project that was checked. */
export interface Part {
  readonly task: Task;
  readonly project: Project;
  /** Everything found, known or not. */
  readonly results: readonly FileResult[];
  readonly adoption: Adoption;
  /** What fixes changed, or would. */
  readonly changes: readonly FileFix[];
  /** What the last run left. */
  readonly before: StoredRun | null;
  readonly report: Report;
}

function verifyIn(parts: readonly Part[], fingerprints: readonly string[], { cwd, out }: Surroundings): ExitCode {
  const show = ({ root }: Task, path: string): string => shown(cwd, resolve(root, path));
  const found = parts.flatMap(({ task, results }) =>
    results.flatMap(({ findings }) => findings.map((finding): Found => ({ file: show(task, finding.file), finding }))),
  );
  const earlier = parts.flatMap(({ task, before }) =>
    before ? [...findingsOf(before, (path) => show(task, path))] : [],
  );
  const remembered = parts.every(({ before }) => before !== null);
  return verify(fingerprints, found, remembered ? new Map(earlier) : null, out);
}

/** Checks all projects that `paths` belong to. Throws as `check` does. */
export async function checkTasks(
  paths: readonly string[],
  options: Omit<CheckOptions, "outputFormat">,
  around: Surroundings,
): Promise<readonly Part[]> {
  if (wantsFixes(options) && options.staged)
    throw new UsageError("--fix changes the work tree, and --staged checks the index; use one of them");
  const exclude = excludesOfOptions(options, around);
  const typed = textFromStdin(paths, options, around.cwd);
  const tasks = tasksOf(paths.length > 0 ? paths : ["."], exclude, options, around);

  const parser = await loadParser(around.parser);
  const knowledge = new Map(tasks.map((task) => [task, knowledgeFor(task.settings, parser)]));
  refuse(
    [...knowledge.values()].flatMap(({ errors }) => errors),
    around,
  );
  const parts: Part[] = [];
  try {
    for (const task of tasks) {
      settleUnfinished(task.root, options, around);
      const adoption = new Adoption({ ...task, exclude, cwd: around.cwd, options });
      const kept = cacheFor(task, knowledge.get(task)!.version, options, around);
      const before = kept?.read() ?? null;
      const done = before || typed !== null ? null : await doneInThreads(task, exclude, options, around);
      // What is on disk did not change by what somebody types.
      const cache = typed === null ? kept : null;
      const {
        project: read,
        notices,
        doubts,
      } = await loadProject({
        root: task.root,
        settings: task.settings,
        parser,
        knowledge: knowledge.get(task)!.knowledge,
        memory: cache || before || done || adoption.comparesCommits ? ((before ?? done)?.memory ?? null) : undefined,
        exclude,
        extraFiles: task.files.filter((file) => typed === null || kindOf(file) === "file"),
        onProgress: (done, total) => around.progress.show(`reading ${done} of ${total} files`),
      });
      if (!options.quiet) warn([...saidInVain(task.root, task.settings, task.nested), ...doubts], around);
      const project =
        typed === null ? read : read.update([{ path: projectPath(task.root, task.files[0]!), text: typed }]);
      parts.push(checkTask(task, project, notices, { cache, before, done }, adoption, options, around));
    }
  } finally {
    around.progress.clear();
  }
  return parts;
}

/** A project to analyse and the files of it to report. */
export interface Task {
  readonly root: string;
  readonly settings: LoadedSettings;
  /** Settings further down. */
  readonly nested: readonly LoadedSettings[];
  /** What was named, absolute. */
  readonly targets: readonly string[];
  /** Absolute. */
  readonly files: readonly string[];
  readonly notices: readonly Notice[];
}

function tasksOf(
  paths: readonly string[],
  exclude: readonly ExcludeGlobs[],
  options: CheckOptions,
  around: Surroundings,
): readonly Task[] {
  const asked = settingsFromOptions(options, around.cwd);
  const { stdinFilename } = options;
  if (stdinFilename !== undefined) {
    const file = resolve(around.cwd, stdinFilename);
    const root = projectRootOf(existingFolder(dirname(file)));
    const settings = loadSettings({ rules: around.rules, root, ...asked });
    const nested = nestedSettings(settings, [file]);
    refuseSettings([settings, ...nested], options, around);
    return [{ root, settings, nested, targets: [file], files: [file], notices: [] }];
  }
  const targets = paths.map((path) => {
    const absolute = resolve(around.cwd, path);
    if (kindOf(absolute) === null) throw new UsageError(`${path}: there is no such file or folder`);
    return absolute;
  });
  const byRoot = new Map<string, string[]>();
  for (const target of targets) {
    const root = projectRootOf(target);
    const list = byRoot.get(root);
    if (list) list.push(target);
    else byRoot.set(root, [target]);
  }
  const tasks = [...byRoot].map(([root, own]) => {
    const settings = loadSettings({ rules: around.rules, root, ...asked });
    const found = filesOf(own, [...excludesOf(settings), ...exclude], root);
    return { root, settings, nested: nestedSettings(settings, found.files), targets: own, ...found };
  });
  refuseSettings(
    tasks.flatMap(({ settings, nested }) => [settings, ...nested]),
    options,
    around,
  );
  return tasks;
}

function existingFolder(folder: string): string {
  return kindOf(folder) === "folder" ? folder : existingFolder(dirname(folder));
}

function refuseSettings(all: readonly LoadedSettings[], options: CheckOptions, around: Surroundings): void {
  const errors = all.flatMap((each) => each.errors);
  refuse(
    errors.map((error) => namedByOption(error, options)),
    around,
  );
}

/** Throws a `UsageError` where there are errors. */
function refuse(errors: readonly SettingsError[], around: Surroundings): void {
  const lines = linesOf(errors, around);
  if (lines.length > 0) throw new UsageError(lines.join("\n"));
}

function warn(doubts: readonly SettingsError[], around: Surroundings): void {
  around.progress.clear();
  for (const line of linesOf(doubts, around)) around.err(`holdfast: ${line}\n`);
}

function linesOf(errors: readonly SettingsError[], { cwd }: Surroundings): readonly string[] {
  return [...new Set(errors.map((error) => formatSettingsError(error, (path) => shown(cwd, path))))];
}

/** The cache of a project. Folders that are none, where somebody checks a stray file, are left as they are. */
function cacheFor(task: Task, knowledge: string, options: CheckOptions, around: Surroundings): Cache | null {
  const { root, settings, nested } = task;
  const named = options.cacheDir === undefined ? null : resolve(around.cwd, options.cacheDir);
  if (options.cache === false || (named === null && !isProject(root))) return null;
  return cacheOf({ root, folder: named, settings, nested, knowledge });
}

/** What threads have found out about the files of a task; null where one is to do it all. */
async function doneInThreads(
  { root, files }: Task,
  exclude: readonly ExcludeGlobs[],
  options: Omit<CheckOptions, "outputFormat">,
  { cwd, parser, progress }: Surroundings,
): Promise<StoredRun | null> {
  const count = Math.min(options.workers ?? 1, files.length);
  if (count < 2 || !canUseThreads || options.showTiming) return null;
  const paths = files.map((file) => projectPath(root, file)).sort();
  const { config, isolated, select, ignore, failOn } = options;
  const settings = { config, isolated, select, ignore, failOn };
  const asked = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return checkInThreads({ root, cwd, parser, options: asked, exclude, extraFiles: files, paths }, count, (done) =>
    progress.show(`checking ${done} of ${paths.length} files in ${count} threads`),
  );
}

interface Kept {
  readonly cache: Cache | null;
  readonly before: StoredRun | null;
  /** What threads of this run have found out already. */
  readonly done: StoredRun | null;
}

function checkTask(
  task: Task,
  loaded: Project,
  loadNotices: readonly Notice[],
  { cache, before, done }: Kept,
  adoption: Adoption,
  options: Omit<CheckOptions, "outputFormat">,
  around: Surroundings,
): Part {
  const begin = adoption.begin(loaded);
  const { paths } = begin;
  const collect = (checks: Iterable<FileResult>): FileResult[] => {
    const results: FileResult[] = [];
    for (const result of checks) {
      results.push(result);
      if (results.length % 20 === 0) around.progress.show(`checking ${results.length} of ${paths.length} files`);
    }
    return results;
  };
  const run = (project: Project): FileResult[] => collect(checkProject(project, task.settings, paths));
  const notices = [...task.notices, ...relevant(loadNotices, task)];
  let { project } = begin;
  let all: readonly FileResult[];
  if (cache || before || done || adoption.comparesCommits) {
    const check = new RememberingCheck(project, task.settings, before ?? done);
    all = collect(check.run(paths));
    const outcome = check.outcome() ?? done;
    const trouble = outcome && !options.verify && cache?.write(outcome);
    if (trouble && options.cacheDir !== undefined)
      notices.push({
        path: resolve(around.cwd, options.cacheDir),
        message: `nothing is kept: ${trouble}`,
        skipped: false,
      });
    adoption.lookBack(project, paths, outcome ?? before);
  } else all = run(project);
  let results = adoption.fresh(project, all);
  let fixed = 0;
  let changes: readonly FileFix[] = [];
  if (wantsFixes(options)) {
    const outcome = applyFixes({
      root: task.root,
      project,
      results,
      unsafe: options.unsafeFixes === true,
      write: options.diff !== true,
      run: (after) => {
        all = run(after);
        return adoption.fresh(after, all);
      },
    });
    ({ project, results, fixed, changes } = outcome);
    notices.push(...outcome.notices);
  }
  const origin: Origin = {
    show: (path) => shown(around.cwd, resolve(task.root, path)),
    source: (path) => project.file(path),
  };
  const show = ({ path, message, skipped }: Notice): ShownNotice => ({
    file: shown(around.cwd, path),
    message,
    skipped,
  });
  const report: Report = {
    reported: results.flatMap(({ findings }) =>
      findings.map((finding): Reported => {
        return { finding, origin, gates: reachesGate(finding.severity, task.settings.failOn) };
      }),
    ),
    files: results.length,
    suppressed: results.reduce((sum, { suppressed }) => sum + suppressed, 0),
    known: adoption.known,
    existing: adoption.existing,
    notices: unique(notices.filter((notice) => !notice.internal).map(show)),
    failures: [
      ...notices.filter((notice) => notice.internal).map(show),
      ...results.flatMap(({ failures }) => failures.map((failure) => shownFailure(failure, origin, around.debug))),
    ],
    fixed,
  };
  return { task, project, results: all, adoption, before, changes, report };
}

/** What could not be read matters where it was asked for; the rest of the project only helps. */
function relevant(notices: readonly Notice[], { files }: Task): readonly Notice[] {
  const asked = new Set(files);
  return notices.filter(({ path }) => asked.has(path));
}

function unique(notices: readonly ShownNotice[]): readonly ShownNotice[] {
  return [...new Map(notices.map((notice) => [`${notice.file}\0${notice.message}`, notice])).values()];
}

function shownFailure(failure: RuleFailure, origin: Origin, debug: boolean): ShownNotice {
  const where = failure.function === null ? "" : ` in ${failure.function}`;
  const who = failure.rule === null ? "the analysis" : `the rule ${failure.rule}`;
  const details = debug ? `\n${failure.stack}` : "; set HOLDFAST_DEBUG=1 for details";
  const message = `internal error: ${who} failed${where} (${failure.message}), its findings in this file are missing${details}`;
  return { file: origin.show(failure.file), message, skipped: true };
}

function joined(parts: readonly Report[]): Report {
  const sum = (pick: (part: Report) => number): number => parts.reduce((total, part) => total + pick(part), 0);
  const reported = parts.flatMap((part) => part.reported);
  // Files of several projects may come in any order; within a file the order is already right.
  const names = new Map(reported.map((each) => [each, each.origin.show(each.finding.file)]));
  const byFile = (a: Reported, b: Reported): number =>
    names.get(a)! < names.get(b)! ? -1 : names.get(a) === names.get(b) ? 0 : 1;
  return {
    reported: [...reported].sort(byFile),
    files: sum((part) => part.files),
    suppressed: sum((part) => part.suppressed),
    known: sum((part) => part.known),
    existing: sum((part) => part.existing),
    notices: parts.flatMap((part) => part.notices),
    failures: parts.flatMap((part) => part.failures),
    fixed: sum((part) => part.fixed),
  };
}

/** A path relative to the working directory, forward slashes. */
function shown(cwd: string, absolute: string): string {
  return slashed(relative(cwd, absolute)) || ".";
}
