/** Which files hold a word: found once by a search of all texts, and from then on kept up to date by what edits touch. */
import { differenceOf } from "./base/difference.ts";

interface Texts {
  readonly text: string;
}

export class Words {
  /** Paths of the files that hold a word, by the word. */
  private readonly holders = new Map<string, Set<string>>();

  /** Paths of those among `files` that hold the word, sorted. They must be the files that `edit` was told of. */
  holding(word: string, files: ReadonlyMap<string, Texts>): readonly string[] {
    let found = this.holders.get(word);
    if (!found) {
      found = new Set();
      for (const [path, { text }] of files) if (text.includes(word)) found.add(path);
      this.holders.set(word, found);
    }
    return [...found].sort();
  }

  /** A file has changed, come (`before` undefined) or gone. Gives the words that it holds now and did not, or the other way round. */
  edit(path: string, before: string | undefined, after: string | undefined): readonly string[] {
    if (this.holders.size === 0) return [];
    const difference = before === undefined || after === undefined ? null : differenceOf(before, after);
    const changed: string[] = [];
    for (const [word, holders] of this.holders) {
      const held = holders.has(path);
      const holds = after !== undefined && holdsStill(word, held, before, after, difference);
      if (holds === held) continue;
      if (holds) holders.add(path);
      else holders.delete(path);
      changed.push(word);
    }
    return changed;
  }
}

function holdsStill(
  word: string,
  held: boolean,
  before: string | undefined,
  after: string,
  difference: ReturnType<typeof differenceOf> | null,
): boolean {
  if (before === undefined || difference === null) return after.includes(word);
  const { start, oldEnd, newEnd } = difference;
  const reach = word.length - 1;
  const from = Math.max(0, start - reach);
  // A text that holds a word loses it only with one that stood where the edit was made.
  if (held) return !before.slice(from, oldEnd + reach).includes(word) || after.includes(word);
  return after.slice(from, newEnd + reach).includes(word);
}
