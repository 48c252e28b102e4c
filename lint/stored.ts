/**
 * Results of checks as plain data, to be kept between two runs, and a check of a project that takes what still holds from there.
 *
 * Nothing here knows where they are kept.
 */
import type { Project, ProjectMemory } from "../analysis/index.ts";
import type { Finding, Fix, TextEdit } from "./finding.ts";
import { type CheckSettings, checkProject, type FileResult } from "./run.ts";

interface StoredFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

/** The result of a file without failures, which are never kept. */
export interface StoredResult {
  readonly findings: readonly (Omit<Finding, "fixes"> & { readonly fixes: readonly StoredFix[] })[];
  readonly suppressed: number;
  /** Days on which comments end, and the day the file was checked on; left out where no comment does. */
  readonly until?: readonly string[];
  readonly day?: string;
}

/** What a run leaves for the next: good for the same version and settings only. */
export interface StoredRun {
  readonly memory: ProjectMemory;
  readonly results: Readonly<Record<string, StoredResult>>;
}

/** Checks files like `checkProject`, but asks a project that remembers only about files whose stored result may no longer hold. */
export class RememberingCheck {
  /** How many files had to be checked. */
  checked = 0;
  private readonly project: Project;
  private readonly settings: CheckSettings;
  private readonly before: StoredRun | null;
  private readonly unaffected: ReadonlySet<string>;
  private readonly results: Record<string, StoredResult> = {};

  /** `project` was made with the memory of `before`, or with none. */
  constructor(project: Project, settings: CheckSettings, before: StoredRun | null) {
    this.project = project;
    this.settings = settings;
    this.before = before;
    this.unaffected = project.unaffected();
    for (const path of this.unaffected) {
      const result = before?.results[path];
      if (result && holdsOn(settings.today, result)) this.results[path] = result;
    }
  }

  *run(paths: Iterable<string> = this.project.paths()): Generator<FileResult> {
    for (const path of paths) {
      const known = this.results[path];
      if (known) {
        yield restored(path, known);
        continue;
      }
      this.checked++;
      const results = this.project.traced(path, () =>
        [...checkProject(this.project, this.settings, [path])].map(settled),
      );
      for (const result of results)
        if (result.failures.length === 0) this.results[path] = stored(result, this.settings.today);
      yield* results;
    }
  }

  /** What to keep now; null where that is what was kept before. */
  outcome(): StoredRun | null {
    const { before, unaffected } = this;
    if (before && this.checked === 0 && unaffected.size === Object.keys(before.results).length) return null;
    const memory = this.project.memory();
    return memory && { memory, results: this.results };
  }
}

/** A result with the edits of its fixes worked out. Fixes that turn out not to apply are left out. */
function settled(result: FileResult): FileResult {
  const findings = result.findings.map((finding) => ({ ...finding, fixes: finding.fixes.flatMap(settledFix) }));
  return { ...result, findings };
}

function settledFix({ title, safe, edits }: Fix): readonly Fix[] {
  try {
    const own = edits();
    return own === null ? [] : [{ title, safe, edits: () => own }];
  } catch {
    return [];
  }
}

/** Whether no comment has expired, or has no longer, since the file was checked. */
function holdsOn(today: string | undefined, { until = [], day }: StoredResult): boolean {
  return until.every((end) => (day !== undefined && end < day) === (today !== undefined && end < today));
}

function stored({ findings, suppressed, until }: FileResult, today: string | undefined): StoredResult {
  const fixes = (finding: Finding): StoredFix[] =>
    finding.fixes.map(({ title, safe, edits }) => ({ title, safe, edits: edits() ?? [] }));
  const days = until.length === 0 ? {} : { until, ...(today !== undefined && { day: today }) };
  return { findings: findings.map((finding) => ({ ...finding, fixes: fixes(finding) })), suppressed, ...days };
}

function restored(file: string, { findings, suppressed, until = [] }: StoredResult): FileResult {
  const fixes = (each: readonly StoredFix[]): Fix[] =>
    each.map(({ title, safe, edits }) => ({ title, safe, edits: () => edits }));
  return {
    file,
    findings: findings.map((finding) => ({ ...finding, fixes: fixes(finding.fixes) })),
    failures: [],
    suppressed,
    until,
  };
}
