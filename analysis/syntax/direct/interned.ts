/**
 * Words of the texts that are read, each kept once: a project writes the same few thousand names again and again.
 *
 * A name is found by its letters without a string being made, and whoever looks a name up in a map later has it hashed already. Keywords are told apart here, too.
 */
import { isWordPart } from "./characters.ts";
import { FIRST_KEYWORD, KEYWORDS, NAME } from "./tokens.ts";

/** Beyond this many words the table is begun anew. A power of two. */
const MOST_WORDS = 1 << 17;
const MASK = MOST_WORDS * 2 - 1;

export class Words {
  /** The token that the word found last is: a name, or one of the keywords. */
  kind = NAME;
  private slots!: Int32Array;
  private words!: string[];

  constructor() {
    this.clear();
  }

  /** The word of `text` that begins at `start`, which must be a letter or an underscore. */
  at(text: string, start: number): string {
    let hash = 0;
    let end = start;
    for (let c = text.charCodeAt(end); isWordPart(c); c = text.charCodeAt(++end))
      hash = Math.imul(hash ^ c, 0x01000193);
    hash ^= hash >>> 15;
    for (let slot = hash & MASK; ; slot = (slot + 1) & MASK) {
      const index = this.slots[slot]!;
      if (index === 0) return this.enter(text.slice(start, end), slot);
      const word = this.words[index]!;
      if (word.length === end - start && text.startsWith(word, start)) {
        this.kind = index <= KEYWORDS.length ? FIRST_KEYWORD + index - 1 : NAME;
        return word;
      }
    }
  }

  private enter(slice: string, slot: number): string {
    if (this.words.length > MOST_WORDS) {
      this.clear();
      return this.at(slice, 0);
    }
    // A copy: a slice would keep the whole text it was taken from.
    const word = ` ${slice}`.slice(1);
    this.slots[slot] = this.words.length;
    this.words.push(word);
    this.kind = NAME;
    return word;
  }

  private clear(): void {
    this.slots = new Int32Array(MASK + 1);
    this.words = [""];
    for (const keyword of KEYWORDS) this.at(keyword, 0);
  }
}
