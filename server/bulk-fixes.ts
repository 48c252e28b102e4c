/**
 * Many findings of one file fixed by one edit. Only cures that keep the program's behaviour are taken, never a comment that silences.
 *
 * Editors wait for it while they save, so it ends in time: what it has not come to is left for the next time.
 */
import { mergeFixes } from "../lint/edit.ts";
import type { Finding, TextEdit } from "../lint/finding.ts";
import type { CheckedFile } from "./workspace.ts";

/** An editor gives up waiting after a second or two. */
const BUDGET_MS = 750;

/** The findings that have a safe fix, as far as can be told without working it out. */
export function fixableIn({ findings }: CheckedFile): readonly Finding[] {
  return findings.filter(({ fixes }) => fixes.some(({ safe }) => safe));
}

/** The edits of all fixes that can be applied together; null where none can. `tell` hears when time was too short. */
export function bulkFix(findings: readonly Finding[], tell: (text: string) => void): readonly TextEdit[] | null {
  const deadline = performance.now() + BUDGET_MS;
  let begun = 0;
  const inTime = function* (): Generator<Finding> {
    for (const finding of findings) {
      if (begun > 0 && performance.now() > deadline) return;
      begun++;
      yield finding;
    }
  };
  const { edits, fixed } = mergeFixes(inTime());
  if (begun < findings.length)
    tell(`fixed ${fixed.length} of ${findings.length} findings in ${BUDGET_MS} ms; the others are for the next time`);
  return fixed.length === 0 ? null : [...edits.values()].flat();
}
