/**
 * `holdfast check --fix` and `--diff`: applies fixes, or shows what they would change.
 *
 * Fixes that touch each other are applied one after the other, with a fresh check in between. A file is changed only if nobody did so since it was
 * read, the result still parses, and its encoding can hold it; a fix of several files changes all of them or none. What stands in the way is said, and
 * everything is worked out anew without those files, so that the report agrees with the disk.
 */
import { dirname, join } from "node:path";
import type { Project } from "../analysis/index.ts";
import type { Notice } from "../host/files.ts";
import { projectPath } from "../host/project.ts";
import { clearLeftovers } from "../host/replace.ts";
import { type Obstacles, stageTogether } from "../host/together.ts";
import { applyEdits, mergeFixes } from "../lint/edit.ts";
import type { Finding } from "../lint/finding.ts";
import type { FileResult } from "../lint/run.ts";
import { finishBeforeInterruption } from "./interruption.ts";

export interface FixOutcome {
  /** After the fixes. */
  readonly project: Project;
  readonly results: readonly FileResult[];
  /** Findings that are gone; one edit may cure several. */
  readonly fixed: number;
  readonly notices: readonly Notice[];
  /** What changed, or would: paths of the project, in order. */
  readonly changes: readonly FileFix[];
}

export interface FileFix {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface FixRequest {
  readonly root: string;
  readonly project: Project;
  readonly results: readonly FileResult[];
  /** Also those that are not marked safe. */
  readonly unsafe: boolean;
  /** False: nothing is written. */
  readonly write: boolean;
  /** Checks a snapshot anew. */
  run(project: Project): readonly FileResult[];
}

/** More rounds than real code needs; a fix whose result offers the fix again would go on forever. */
const ROUNDS = 8;

/** Applies fixes to files among `results` only. */
export function applyFixes(request: FixRequest): FixOutcome {
  /** Files that something stood in the way of, with what it was. */
  const left = new Map<string, string>();
  // Whatever was about to be fixed when somebody ended the program may be clean by now.
  if (request.write) for (const path of request.project.paths()) clearLeftovers(dirname(join(request.root, path)));
  for (;;) {
    const outcome = converged(request, left);
    const notices = (): Notice[] =>
      [...left].map(([path, message]) => ({ path: join(request.root, path), message, skipped: false }));
    if (!request.write) return { ...outcome, notices: notices() };
    // Half of a fix of several files would be worse than none.
    finishBeforeInterruption();
    const obstacles = write(request.root, outcome.changes);
    if (obstacles.size === 0) return { ...outcome, notices: notices() };
    for (const [path, obstacle] of obstacles) left.set(projectPath(request.root, path), `not fixed: ${obstacle}`);
  }
}

function write(root: string, changes: readonly FileFix[]): Obstacles {
  const staged = stageTogether(
    root,
    changes.map((change) => ({ ...change, path: join(root, change.path) })),
  );
  return "commit" in staged ? staged.commit() : staged;
}

/** Everything that can be fixed without the files that are `left`, to which those are added that a fix would break. */
function converged(
  { project: start, results, unsafe, run }: FixRequest,
  left: Map<string, string>,
): Omit<FixOutcome, "notices"> {
  const texts = new Map<string, string>();
  let state = { project: start, results };
  for (let round = 0; round < ROUNDS; round++) {
    const allowed = new Set(state.results.map(({ file }) => file).filter((file) => !left.has(file)));
    const candidates = state.results
      .flatMap(({ findings }) => findings)
      .map((finding) => applicable(finding, allowed, unsafe));
    const { edits, fixed } = mergeFixes(candidates, unsafe);
    if (fixed.length === 0) break;

    const changes = [...edits].map(([path, list]) => ({
      path,
      text: applyEdits(state.project.file(path)!.text, list),
    }));
    const project = state.project.update(changes);
    const broken = changes.filter(({ path }) => errorsIn(project, path) > errorsIn(state.project, path));
    if (broken.length > 0) {
      for (const { path } of broken) left.set(path, "not fixed: the result would not be Python");
      continue;
    }
    for (const { path, text } of changes) texts.set(path, text);
    state = { project, results: run(project) };
  }
  const changes = [...texts]
    .map(([path, after]): FileFix => ({ path, before: start.file(path)!.text, after }))
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  // Counted at the end, so that what is announced is what the next check will miss.
  return { ...state, fixed: Math.max(0, countOf(results) - countOf(state.results)), changes };
}

/** The finding with those fixes that may be applied and change allowed files only. */
function applicable(finding: Finding, allowed: ReadonlySet<string>, unsafe: boolean): Finding {
  const fixes = finding.fixes.filter((fix) => {
    if (!fix.safe && !unsafe) return false;
    const edits = editsOf(fix) ?? [];
    return edits.length > 0 && edits.every((edit) => allowed.has(edit.file));
  });
  return { ...finding, fixes };
}

/** A fix that throws does not apply. */
function editsOf(fix: Finding["fixes"][number]): ReturnType<typeof fix.edits> {
  try {
    return fix.edits();
  } catch {
    return null;
  }
}

function countOf(results: readonly FileResult[]): number {
  return results.reduce((sum, { findings }) => sum + findings.length, 0);
}

function errorsIn(project: Project, path: string): number {
  return project.file(path)?.errors.length ?? 0;
}
