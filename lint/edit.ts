/** Applies text edits, and chooses from many fixes those that can be applied together. */
import type { Finding, TextEdit } from "./finding.ts";

/** `text` after `edits`, which all belong to it. Throws a `RangeError` where two overlap or one lies outside. */
export function applyEdits(text: string, edits: Iterable<Pick<TextEdit, "span" | "text">>): string {
  const ordered = [...edits].sort(inOrder);
  const parts: string[] = [];
  let done = 0;
  for (const { span, text: replacement } of ordered) {
    if (span.start < done || span.end < span.start || span.end > text.length) {
      throw new RangeError(`edit ${span.start}..${span.end} overlaps another one or lies outside the text`);
    }
    parts.push(text.slice(done, span.start), replacement);
    done = span.end;
  }
  parts.push(text.slice(done));
  return parts.join("");
}

/** What `mergeFixes` chose: the edits per file, and the findings they cure. */
export interface MergedFixes {
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly fixed: readonly Finding[];
}

/**
 * Takes the first safe fix of each finding, with `unsafe` the first of any kind where none is, in order, and leaves out whole fixes that touch what an earlier one changes. Equal insertions
 * (two fixes that add the same import) count once. What is left out can be had by checking again after applying.
 */
export function mergeFixes(findings: Iterable<Finding>, unsafe = false): MergedFixes {
  const edits = new Map<string, TextEdit[]>();
  const fixed: Finding[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find((each) => each.safe) ?? (unsafe ? finding.fixes[0] : undefined);
    const own = fix?.edits() ?? null;
    if (own === null || own.length === 0) continue;
    const fresh = own.filter((edit) => !(edits.get(edit.file) ?? []).some((other) => isSame(edit, other)));
    if (fresh.some((edit) => (edits.get(edit.file) ?? []).some((other) => collide(edit, other)))) continue;
    for (const edit of fresh) {
      const list = edits.get(edit.file);
      if (list) list.push(edit);
      else edits.set(edit.file, [edit]);
    }
    fixed.push(finding);
  }
  for (const list of edits.values()) list.sort(inOrder);
  return { edits, fixed };
}

function inOrder(a: Pick<TextEdit, "span">, b: Pick<TextEdit, "span">): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

function isInsertion({ span }: TextEdit): boolean {
  return span.start === span.end;
}

/** Only insertions may be shared: two equal replacements of one place would be two cures of one thing. */
function isSame(a: TextEdit, b: TextEdit): boolean {
  return isInsertion(a) && isInsertion(b) && a.span.start === b.span.start && a.text === b.text;
}

/** Insertions at one place do not collide: each is whole lines or a word of its own, put one after the other. */
function collide(a: TextEdit, b: TextEdit): boolean {
  if (isInsertion(a) && isInsertion(b)) return false;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}
