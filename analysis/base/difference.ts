/** What turns one version of a text into the next, and what is the same in both. */
import { lineAt, lineStartsOf } from "./span.ts";

/** Where two versions of a text differ: everything between what they begin and end with alike. */
export interface Difference {
  /** Offset of the first place that differs, the same in both. */
  readonly start: number;
  /** Offset behind the last place that differs. */
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** The one stretch to replace that turns `before` into `after`; empty in both where they are equal. UTF-16 offsets. */
export function differenceOf(before: string, after: string): Difference {
  if (before === after) return { start: before.length, oldEnd: before.length, newEnd: before.length };
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  // Whole stretches are compared by the engine's own loop, which is many times faster than one over code units.
  while (start + STRETCH <= shorter && before.slice(start, start + STRETCH) === after.slice(start, start + STRETCH))
    start += STRETCH;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  const most = shorter - start;
  let same = 0;
  while (same + STRETCH <= most && tail(before, same) === tail(after, same)) same += STRETCH;
  while (same < most && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same))
    same++;
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

const STRETCH = 1024;

/** The stretch that ends `from` before the end. */
function tail(text: string, from: number): string {
  return text.slice(text.length - from - STRETCH, text.length - from);
}

/** The line starts of `after`, made of those of the version before: only lines around the difference are looked at. */
export function lineStartsAfter(
  before: readonly number[],
  { start, oldEnd, newEnd }: Difference,
  after: string,
): number[] {
  // A line end of two characters may begin just before the difference, or end just behind it.
  const first = Math.max(0, lineAt(before, start) - 1);
  const next = lineAt(before, oldEnd + 1) + 1;
  const by = newEnd - oldEnd;
  const from = before[first]!;
  const end = next < before.length ? before[next]! + by : after.length;
  const between = lineStartsOf(after.slice(from, end));
  // The last of them is the first of the rest.
  if (next < before.length) between.pop();
  const rest = first + between.length;
  // Of a long text a list that grows takes three times the memory, and this is made for each key.
  const starts = new Array<number>(rest + before.length - next);
  for (let line = 0; line < first; line++) starts[line] = before[line]!;
  for (let line = first; line < rest; line++) starts[line] = between[line - first]! + from;
  for (let line = next; line < before.length; line++) starts[rest + line - next] = before[line]! + by;
  return starts;
}
