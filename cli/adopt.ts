/**
 * What a code base already has and a check therefore does not report: findings of the baseline file, and, with `--since` and `--staged`, those the base
 * commit has, too.
 *
 * Both are decided finding by finding and not line by line: a finding in a file nobody touched is new where a change elsewhere makes it true, and code that moves
 * brings its old findings along. The base commit is analysed by the same engine under today's settings, from memory; only what the change can have affected is checked
 * again.
 */
import { dirname, join, relative, resolve } from "node:path";
import type { Project } from "../analysis/index.ts";
import { type BaselineFile, baselineOf, readBaseline, writeBaseline } from "../host/baseline.ts";
import { changesTo, type TextsRequest, textsOfCommit, textsOfIndex } from "../host/commits.ts";
import { type ExcludeGlobs, slashed } from "../host/exclude.ts";
import { reasonOf } from "../host/files.ts";
import { type Changes, changesSince, GitError, headCommit, mergeBase } from "../host/git.ts";
import { projectPath } from "../host/project.ts";
import { excludesOf, type LoadedSettings } from "../host/settings.ts";
import { kindOf } from "../host/targets.ts";
import { asKnown, type Comparison, compare, type Known, rewritten, total } from "../lint/baseline.ts";
import type { Finding } from "../lint/finding.ts";
import type { FileResult } from "../lint/run.ts";
import { RememberingCheck, type StoredRun } from "../lint/stored.ts";
import { UsageError } from "./failure.ts";

export interface AdoptOptions {
  /** File, relative to the working directory; false: none, whatever is there. */
  readonly baseline?: string | false;
  /** Takes what is gone out of the baseline file. */
  readonly updateBaseline?: boolean;
  /** A branch, tag or commit; what was there where HEAD left it is not reported. */
  readonly since?: string;
  /** Checks the index instead of the work tree, against HEAD unless `since` is given. */
  readonly staged?: boolean;
}

export interface AdoptRequest {
  /** Absolute. */
  readonly root: string;
  readonly settings: LoadedSettings;
  /** Files of the task, absolute. */
  readonly files: readonly string[];
  /** What was named to be checked, absolute. */
  readonly targets: readonly string[];
  readonly exclude: readonly ExcludeGlobs[];
  /** Absolute. */
  readonly cwd: string;
  readonly options: AdoptOptions;
}

/** Of one task: asked for the project and the paths to check, then for what of the results is to be reported. */
export class Adoption {
  /** The baseline file in force; null where there is none. */
  readonly baseline: BaselineFile | null;
  /** How the last results compare with the baseline. */
  comparison: Comparison<Finding> | null = null;
  /** Findings not reported because the baseline knows them. */
  known = 0;
  /** Findings not reported because the base commit has them. */
  existing = 0;
  private readonly request: AdoptRequest;
  /** Of the base commit. Files have the names of today. */
  private base: { readonly findings: readonly Finding[]; readonly changes: Changes | null } | null = null;
  private readonly commit: string | null;

  /** Throws a `UsageError` where the baseline cannot be read or the commit is not there. */
  constructor(request: AdoptRequest) {
    this.request = request;
    this.baseline = readFor(request);
    const { since, staged } = request.options;
    const { root } = request;
    this.commit = asked(() => (since !== undefined ? mergeBase(root, since) : staged ? headCommit(root) : null));
  }

  /** Whether the base commit has to be analysed, for which the check has to remember. */
  get comparesCommits(): boolean {
    return this.request.options.since !== undefined || this.request.options.staged === true;
  }

  /** What to check: the project as it was read, or as the index has it. */
  begin(loaded: Project): { readonly project: Project; readonly paths: readonly string[] } {
    const { root, files, targets, options } = this.request;
    const paths = files.map((file) => projectPath(root, file));
    if (!options.staged) return { project: loaded, paths };
    const texts = asked(() => textsOfIndex(this.texts(loaded)));
    const onDisk = new Set(paths);
    const removed = [...texts.keys()].filter(
      (path) => !onDisk.has(path) && !loaded.file(path) && isBelow(targets, join(root, path)),
    );
    return {
      project: loaded.update(changesTo(texts, loaded)),
      paths: [...paths.filter((path) => texts.has(path)), ...removed].sort(),
    };
  }

  /** Analyses the base commit. `stored`: what checking `paths` of `project` has left. */
  lookBack(project: Project, paths: readonly string[], stored: StoredRun | null): void {
    if (!this.comparesCommits) return;
    const { root, settings, options } = this.request;
    const { commit } = this;
    const changes = commit === null ? null : asked(() => changesSince(root, commit, options.staged === true));
    const texts = asked(() => textsOfCommit(this.texts(project), commit));
    const empty = project.emptied(stored?.memory ?? null);
    const base = empty.update(changesTo(texts, empty));
    const wanted = new Set([...paths, ...(changes?.paths ?? [])]);
    const check = new RememberingCheck(base, settings, stored);
    const findings = [...check.run(base.paths().filter((path) => wanted.has(path)))].flatMap(
      (result) => result.findings,
    );
    const today = new Map([...(changes?.renamed ?? [])].map(([now, then]) => [then, now]));
    const renamed = findings.map((finding) => ({ ...finding, file: today.get(finding.file) ?? finding.file }));
    this.base = { findings: renamed, changes };
  }

  /** The results without the findings that are known. */
  fresh(project: Project, results: readonly FileResult[]): readonly FileResult[] {
    const findings = results.flatMap((result) => result.findings);
    const hasFunction = (file: string, name: string): boolean =>
      project.file(file)?.functions.some(({ qualifiedName }) => qualifiedName === name) ?? false;
    const { base, baseline } = this;
    const existing = base === null ? [] : this.existingAmong(findings, base, hasFunction);
    this.comparison =
      baseline && compare(findings, baseline.known, { hasFunction, wasLookedAt: this.wasLookedAt(project, results) });
    const known = new Set(this.comparison?.old);
    const old = new Set([...existing, ...known]);
    this.known = known.size;
    this.existing = old.size - known.size;
    if (old.size === 0) return results;
    return results.map((result) => ({ ...result, findings: result.findings.filter((each) => !old.has(each)) }));
  }

  /** The findings that the base commit has, too. */
  private existingAmong(
    findings: readonly Finding[],
    { findings: former, changes }: NonNullable<typeof this.base>,
    hasFunction: (file: string, name: string) => boolean,
  ): readonly Finding[] {
    const seemsNew = ({ file, range }: Finding): boolean => changes?.isNewLine(file, range.start.line) ?? false;
    const { fresh, old, gone } = compare(findings, asKnown(former), { hasFunction, seemsNew });
    const isEdit = (then: Finding, now: Finding): boolean =>
      changes?.isEdited(now.file, then.range.start.line, now.range.start.line) ?? false;
    return [...old, ...rewritten(fresh, former, gone, { isEdit, hasFunction })];
  }

  /** What to say about entries of the baseline whose findings are gone; null where there is nothing. */
  staleness(): string | null {
    const gone = total(this.comparison?.gone ?? []);
    if (gone === 0) return null;
    return `${this.baselineName()}: ${gone} known ${gone === 1 ? "finding is" : "findings are"} gone; \`holdfast baseline update\` takes ${gone === 1 ? "it" : "them"} out`;
  }

  /** Shrinks the baseline and says so; null where nothing was gone. */
  shrunk(): string | null {
    const gone = this.shrink();
    return gone === 0 ? null : `${this.baselineName()}: took out ${gone} that ${gone === 1 ? "is" : "are"} gone`;
  }

  /** As people see it. */
  baselineName(): string {
    return this.baseline ? slashed(relative(this.request.cwd, this.baseline.path)) : "";
  }

  /** Takes what is gone out of the baseline file, and writes down what moved. Gives how many are gone; throws a `UsageError` where it cannot be written. */
  shrink(): number {
    if (this.baseline && this.comparison) this.keep(this.baseline.path, this.comparison.kept);
    return total(this.comparison?.gone ?? []);
  }

  /**
   * Writes what is known of this project into a baseline file (absolute), and what is known of those `before` it, in one step; leaves the entries of all others as they are.
   * Throws a `UsageError` where that fails.
   */
  keep(path: string, known: readonly Known[], before: readonly KnownOf[] = []): void {
    const { root, cwd } = this.request;
    const elsewhere = kindOf(path) === null ? [] : readBaseline(path, root).elsewhere;
    const trouble = writeBaseline(path, root, known, elsewhereWith(elsewhere, path, [...before, { root, known: [] }]));
    if (trouble) throw new UsageError(`${slashed(relative(cwd, path))}: the baseline cannot be written: ${trouble}`);
  }

  /** Whether an entry's finding would be among the results if it were still there. */
  private wasLookedAt(project: Project, results: readonly FileResult[]): (known: Known) => boolean {
    const { root, settings, targets } = this.request;
    const sound = new Set(results.filter(({ failures }) => failures.length === 0).map(({ file }) => file));
    const enabled = new Set(settings.enabled.map(({ rule }) => rule.id));
    return ({ file, rule }) => {
      if (!enabled.has(rule) && settings.known.includes(rule)) return false;
      if (sound.has(file)) return true;
      const path = join(root, file);
      return !project.file(file) && kindOf(path) === null && isBelow(targets, path);
    };
  }

  private texts(project: Project): TextsRequest {
    const { root, settings, exclude, files } = this.request;
    const named = new Set(files.map((file) => projectPath(root, file)));
    return { root, project, exclude: [...excludesOf(settings), ...exclude], named };
  }
}

/** What is known in a project at a root (absolute), by paths from there. */
export interface KnownOf {
  readonly root: string;
  readonly known: readonly Known[];
}

/** Entries of a baseline file without those of the projects, and with what is known of them; of a file in two projects the later one decides. */
function elsewhereWith(entries: readonly Known[], path: string, projects: readonly KnownOf[]): readonly Known[] {
  const folder = dirname(path);
  let all = entries;
  for (const { root, known } of projects) {
    all = [
      ...all.filter(({ file }) => !isBelow([root], resolve(folder, file))),
      ...known.map((entry) => ({ ...entry, file: slashed(relative(folder, join(root, entry.file))) })),
    ];
  }
  return all;
}

/** The baseline file a task reads and writes (absolute), whether it is there or not: the one that is named, by the options or the settings, else the nearest. */
export function baselinePath({
  root,
  settings,
  cwd,
  options,
}: Pick<AdoptRequest, "root" | "settings" | "cwd" | "options">): string | null {
  if (options.baseline === false) return null;
  if (options.baseline !== undefined) return resolve(cwd, options.baseline);
  return baselineOf(root, settings);
}

function readFor(request: AdoptRequest): BaselineFile | null {
  const path = baselinePath(request);
  if (path === null) return null;
  const shown = slashed(relative(request.cwd, path));
  // A file that only the settings name may still have to be made.
  if (kindOf(path) === null && request.options.baseline === undefined) return null;
  let file: BaselineFile;
  try {
    file = readBaseline(path, request.root);
  } catch (error) {
    throw new UsageError(
      `${shown}: the baseline cannot be read: ${reasonOf(error)}; \`holdfast baseline create\` makes one`,
    );
  }
  if (file.problems.length > 0) {
    throw new UsageError(
      file.problems.map(({ line, message, remedy }) => `${shown}:${line}: ${message}; ${remedy}`).join("\n"),
    );
  }
  return file;
}

/** What Git says, or why it cannot, as a mistake in usage. */
function asked<T>(question: () => T): T {
  try {
    return question();
  } catch (error) {
    if (error instanceof GitError) throw new UsageError(error.message);
    throw error;
  }
}

function isBelow(folders: readonly string[], path: string): boolean {
  const place = slashed(path);
  return folders.some(
    (folder) => place === slashed(folder) || place.startsWith(`${slashed(folder).replace(/\/$/, "")}/`),
  );
}
