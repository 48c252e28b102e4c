/**
 * `holdfast check --fix`: writes the safe fixes.
 *
 * Fixes that touch each other are applied one after the other, with a fresh check in between. A file is written only if nobody changed it since it was read,
 * the result still parses, and its encoding can hold it; what stands in the way is said.
 */
import { join } from "node:path";
import type { Project } from "../analysis/index.ts";
import type { Notice } from "../host/files.ts";
import { writeSource } from "../host/write.ts";
import { applyEdits, mergeFixes } from "../lint/edit.ts";
import type { Finding } from "../lint/finding.ts";
import type { FileResult } from "../lint/run.ts";

export interface FixOutcome {
  /** After the fixes. */
  readonly project: Project;
  readonly results: readonly FileResult[];
  readonly fixed: number;
  readonly notices: readonly Notice[];
}

/** More rounds than real code needs; a fix whose result offers the fix again would go on forever. */
const ROUNDS = 8;

/** Applies safe fixes to files among `results` only. `run` checks a snapshot anew. */
export function applyFixes(
  root: string,
  start: Project,
  results: readonly FileResult[],
  run: (project: Project) => readonly FileResult[],
): FixOutcome {
  const notices: Notice[] = [];
  /** Files that something stood in the way of. */
  const left = new Set<string>();
  const texts = new Map<string, string>();
  let state: FixOutcome = { project: start, results, fixed: 0, notices };
  for (let round = 0; round < ROUNDS; round++) {
    const allowed = new Set(state.results.map(({ file }) => file).filter((file) => !left.has(file)));
    const candidates = state.results.flatMap(({ findings }) => findings).filter((finding) => staysIn(allowed, finding));
    const { edits, fixed } = mergeFixes(candidates);
    if (fixed.length === 0) break;

    const changes = [...edits].map(([path, list]) => ({
      path,
      text: applyEdits(state.project.file(path)!.text, list),
    }));
    const project = state.project.update(changes);
    const broken = changes.filter(({ path }) => errorsIn(project, path) > errorsIn(state.project, path));
    if (broken.length > 0) {
      for (const { path } of broken) {
        left.add(path);
        notices.push({ path: join(root, path), message: "not fixed: the result would not be Python", skipped: false });
      }
      continue;
    }
    for (const { path, text } of changes) texts.set(path, text);
    state = { project, results: run(project), fixed: state.fixed + fixed.length, notices };
  }
  for (const [path, text] of texts) {
    const trouble = writeSource(join(root, path), start.file(path)!.text, text);
    if (trouble) notices.push({ path: join(root, path), message: `not fixed: ${trouble}`, skipped: false });
  }
  return state;
}

function staysIn(allowed: ReadonlySet<string>, finding: Finding): boolean {
  const edits = finding.fixes.find((fix) => fix.safe)?.edits() ?? [];
  return edits.length > 0 && edits.every((edit) => allowed.has(edit.file));
}

function errorsIn(project: Project, path: string): number {
  return project.file(path)?.errors.length ?? 0;
}
