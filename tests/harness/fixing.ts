/** Whether a fix keeps its promise: what it leaves parses, its finding is gone, and nothing else is found that was not found before. */
import type { FileChange, Project } from "../../analysis/index.ts";
import { applyEdits } from "../../lint/edit.ts";
import type { Finding, Fix, TextEdit } from "../../lint/finding.ts";
import { describeFinding } from "./checking.ts";

/**
 * What is wrong with one fix of `finding`, applied alone; empty where nothing is, null where the fix turns out not to apply.
 * `check` gives all findings of a snapshot that the fix may change.
 */
export function faultsOfFix(
  project: Project,
  finding: Finding,
  fix: Fix,
  check: (project: Project, paths: readonly string[]) => readonly Finding[],
): readonly string[] | null {
  const edits = fix.edits();
  if (edits === null) return null;
  const paths = [...new Set(edits.map((edit) => edit.file))];
  if (paths.length === 0) return ["changes nothing"];
  const changes = paths.map((path) => changed(project, path, edits));
  const after = project.update(changes);
  const broken = paths.filter((path) => after.file(path)!.errors.length > project.file(path)!.errors.length);
  if (broken.length > 0) return broken.map((path) => `${path} does not parse any more`);

  const before = counted(check(project, [...new Set([...paths, finding.file])]));
  const left = counted(check(after, [...new Set([...paths, finding.file])]));
  const own = identityOf(finding);
  if ((left.get(own)?.count ?? 0) >= before.get(own)!.count) return ["the finding is still there"];
  const { root } = fix;
  const stays = root !== undefined && check(after, after.paths()).some((each) => offersAt(root, each));
  if (stays) return ["something that waits for the same function is still there"];
  // What is found where the text has changed has a new identity without being new.
  if (totalOf(left) < totalOf(before)) return [];
  const fresh = [...left].filter(([identity, { count }]) => count > (before.get(identity)?.count ?? 0));
  return fresh.map(([, { example }]) => `now found: ${describeFinding(example)}`);
}

function offersAt(root: string, { fixes }: Finding): boolean {
  return fixes.some((fix) => fix.root === root);
}

function changed(project: Project, path: string, edits: readonly TextEdit[]): FileChange {
  const { text } = project.file(path)!;
  return {
    path,
    text: applyEdits(
      text,
      edits.filter((edit) => edit.file === path),
    ),
  };
}

/** A fingerprint without the number that tells equal findings apart. */
function identityOf({ rule, file, fingerprint }: Finding): string {
  return `${file} ${rule} ${fingerprint.replace(/-\d+$/, "")}`;
}

type Counts = ReadonlyMap<string, { readonly count: number; readonly example: Finding }>;

function totalOf(counts: Counts): number {
  return [...counts.values()].reduce((sum, { count }) => sum + count, 0);
}

function counted(findings: readonly Finding[]): Counts {
  const counts = new Map<string, { count: number; example: Finding }>();
  for (const finding of findings) {
    const identity = identityOf(finding);
    counts.set(identity, { count: (counts.get(identity)?.count ?? 0) + 1, example: finding });
  }
  return counts;
}
