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
