/**
 * Results of checks as plain data, to be kept between two runs, and a check of a project that takes what still holds from there.
 *
 * Nothing here knows where they are kept.
 */
import type { FileView, Project, ProjectMemory, Span, UnitView } from "../analysis/index.ts";
import { askedOfUnit, type KeptSaid, outcomesByUnit, type Place, type SaidOfUnit, spanOf } from "./by-unit.ts";
import type { Finding, TextEdit } from "./finding.ts";
import type { EnabledRule } from "./options.ts";
import type { ReportFix } from "./rule.ts";
import { type CheckSettings, checkProject, type FileResult, type Outcomes } from "./run.ts";

interface StoredFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

/** What a rule said of a function, and a fix of it. */
interface StoredSaid extends KeptSaid<MovingFix> {
  readonly rule: string;
}

interface MovingFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly { readonly file: string; readonly at: Place; readonly text: string }[];
}

/** The result of a file without failures, which are never kept. */
export interface StoredResult {
  readonly findings: readonly (Omit<Finding, "fixes"> & { readonly fixes: readonly StoredFix[] })[];
  readonly suppressed: number;
  /** Days on which comments end, and the day the file was checked on; left out where no comment does. */
  readonly until?: readonly string[];
  readonly day?: string;
  /** By unit, what was said before comments silenced any of it; left out where nothing was. */
  readonly said?: Readonly<Record<string, readonly StoredSaid[]>>;
}

/** What a run leaves for the next: good for the same version and settings only. */
export interface StoredRun {
  readonly memory: ProjectMemory;
  readonly results: Readonly<Record<string, StoredResult>>;
}

/** Checks files like `checkProject`, but asks a project that remembers only about units of files for which what was stored may no longer hold. */
export class RememberingCheck {
  /** How many files had to be checked, and how many of their units. */
  checked = 0;
  units = 0;
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
      const said: Record<string, readonly StoredSaid[]> = {};
      const outcomes: Outcomes = (file, { enabled }) =>
        outcomesByUnit(
          file,
          enabled,
          (unit) => this.saidOf(unit, file, enabled, said),
          (fixes, _, unit) => fixes.map((fix) => placed(fix, unit)),
        );
      for (const result of checkProject(this.project, this.settings, [path], outcomes)) {
        if (result.failures.length === 0) this.results[path] = stored(result, said, this.settings.today);
        yield result;
      }
    }
  }

  /** What rules say of a unit, from before where that holds. It is entered in `said`. */
  private saidOf(
    unit: UnitView,
    file: FileView,
    enabled: readonly EnabledRule[],
    said: Record<string, readonly StoredSaid[]>,
  ): SaidOfUnit<MovingFix> {
    const { project } = this;
    const before = this.before?.results[file.path];
    if (before && project.holds(unit.id)) {
      const known = before.said?.[unit.id] ?? [];
      if (known.length === 0) return [];
      said[unit.id] = known;
      return enabled.map(({ rule }, index) => [index, known.filter((each) => each.rule === rule.id)]);
    }
    this.units++;
    // That the top level is what it was does not tell where it stands.
    const ownOf = (span: Span): Span | null => (unit.isTopLevel ? null : unit.own(span));
    const now = project.traced(unit.id, () => askedOfUnit(enabled, file, unit, ownOf, settled.bind(null, file.path)));
    const known = now.flatMap(([index, each]) =>
      "message" in each ? [] : each.map((one): StoredSaid => ({ rule: enabled[index]!.rule.id, ...one })),
    );
    if (known.length > 0) said[unit.id] = known;
    return now;
  }

  /** What to keep now; null where that is what was kept before. */
  outcome(): StoredRun | null {
    const { before, unaffected } = this;
    if (before && this.checked === 0 && unaffected.size === Object.keys(before.results).length) return null;
    const memory = this.project.memory();
    return memory && { memory, results: this.results };
  }
}

/** A fix of a file with its edits worked out; none where it turns out not to apply. */
function settled(
  path: string,
  { title, safe, edits }: ReportFix,
  placeOf: (span: Span) => Place,
): readonly MovingFix[] {
  try {
    const own = edits()?.map(({ file, span, text }) => ({
      file,
      at: file === path ? placeOf(span) : { elsewhere: span },
      text,
    }));
    return own ? [{ title, safe, edits: own }] : [];
  } catch {
    return [];
  }
}

function placed({ title, safe, edits }: MovingFix, unit: UnitView): ReportFix {
  const now = edits.map(({ file, at, text }) => ({ file, span: spanOf(at, unit), text }));
  return { title, safe, edits: () => now };
}

/** Whether no comment has expired, or has no longer, since the file was checked. */
function holdsOn(today: string | undefined, { until = [], day }: StoredResult): boolean {
  return until.every((end) => (day !== undefined && end < day) === (today !== undefined && end < today));
}

function stored(
  { findings, suppressed, until }: FileResult,
  said: Readonly<Record<string, readonly StoredSaid[]>>,
  today: string | undefined,
): StoredResult {
  return {
    findings: findings.map((finding) => ({ ...finding, fixes: storedFixes(finding.fixes) })),
    suppressed,
    ...(until.length > 0 && { until, ...(today !== undefined && { day: today }) }),
    ...(Object.keys(said).length > 0 && { said }),
  };
}

function restored(file: string, { findings, suppressed, until = [] }: StoredResult): FileResult {
  return {
    file,
    findings: findings.map((finding) => ({ ...finding, fixes: recalledFixes(finding.fixes) })),
    failures: [],
    suppressed,
    until,
  };
}

function storedFixes(fixes: readonly ReportFix[]): readonly StoredFix[] {
  return fixes.map(({ title, safe, edits }) => ({ title, safe, edits: edits() ?? [] }));
}

function recalledFixes(fixes: readonly StoredFix[]): readonly ReportFix[] {
  return fixes.map(({ title, safe, edits }) => ({ title, safe, edits: () => edits }));
}
