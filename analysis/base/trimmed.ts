/**
 * Lists that are kept for long, in no more memory than they need. A list that grew by `push` has room for up to sixteen more, and one that was made to be filled and stayed
 * empty is one more of thousands. What is dropped soon is not worth the copy.
 */

const NOTHING: readonly never[] = [];

/** A list of the same that must not be changed. */
export function trimmed<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NOTHING : list.slice();
}
