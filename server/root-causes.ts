/**
 * Fixes for findings that stand elsewhere and have their cause under the cursor: a helper that waits is where they can all be cured.
 *
 * Who calls the helper is asked only while the cursor stands on its name or on what waits in it.
 */
import type { FunctionView, Span } from "../analysis/index.ts";
import type { Finding } from "../lint/finding.ts";
import { rootPlaces } from "../lint/make-async.ts";
import type { CheckedFile, Workspace } from "./workspace.ts";

/** A finding, in a file that need not be open, with the index of its fix that changes the function under the cursor. */
export interface RootCause {
  readonly finding: Finding;
  readonly checked: CheckedFile;
  readonly fix: number;
}

/** For each function that has its fix at `wanted`, the first finding that offers it and none that `known` does. */
export async function rootCausesAt(
  wanted: Span,
  checked: CheckedFile,
  workspace: Workspace,
  known: readonly Finding[],
): Promise<readonly RootCause[]> {
  const offered = new Set(known.flatMap(({ fixes }) => fixes.map(({ root }) => root)));
  const causes: RootCause[] = [];
  for (const fn of checked.file.functions) {
    if (fn.isAsync || offered.has(fn.id) || !touches(fn.span, wanted)) continue;
    if (!rootPlaces(fn).some((place) => touches(place, wanted))) continue;
    const cause = await firstFinding(fn, checked, workspace);
    if (cause !== null) causes.push(cause);
  }
  return causes;
}

async function firstFinding(fn: FunctionView, checked: CheckedFile, workspace: Workspace): Promise<RootCause | null> {
  const paths = new Set(fn.asAsync()?.callers.map(({ file }) => file.path));
  for (const path of paths) {
    const other = await workspace.check(checked.uriOf(path));
    for (const finding of other?.findings ?? []) {
      const fix = finding.fixes.findIndex(({ root }) => root === fn.id);
      if (other && fix >= 0) return { finding, checked: other, fix };
    }
  }
  return null;
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
