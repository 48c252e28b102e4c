/**
 * Hashes of texts, to tell whether something changed.
 *
 * Fast and well spread, not safe against somebody who wants two texts to collide.
 */

/** A hash of `text` from `start` to `end` (UTF-16 offsets): 16 hexadecimal digits. */
export function hashText(text: string, start = 0, end = text.length): string {
  // Two lanes of 32 bits with different multipliers, each fed every code unit.
  let a = 0x243f6a88 ^ (end - start);
  let b = 0x85a308d3;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul((b << 5) ^ (b >>> 27) ^ c, 0x9e3779b1);
  }
  return hex(finish(a ^ (b >>> 15))) + hex(finish(b ^ Math.imul(a, 0x27d4eb2f)));
}

/** A hash of many values, fed one after the other. Strings and numbers are told apart, and so is where a string ends. */
export class Hasher {
  private a = 0x243f6a88;
  private b = 0x85a308d3;

  text(text: string): void {
    this.word(text.length ^ 0x10000000);
    let { a, b } = this;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul((b << 5) ^ (b >>> 27) ^ c, 0x9e3779b1);
    }
    this.a = a;
    this.b = b;
  }

  /** A whole number of at most 32 bits. */
  number(value: number): void {
    this.word(value ^ 0x20000000);
  }

  /** 16 hexadecimal digits. */
  digest(): string {
    return hex(finish(this.a ^ (this.b >>> 15))) + hex(finish(this.b ^ Math.imul(this.a, 0x27d4eb2f)));
  }

  private word(value: number): void {
    this.a = Math.imul(this.a ^ value, 0x01000193);
    this.b = Math.imul((this.b << 5) ^ (this.b >>> 27) ^ value, 0x9e3779b1);
  }
}

/** Spreads every input bit over the whole word, so that similar texts get unlike hashes. */
function finish(lane: number): number {
  let h = lane;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Eight digits. With a table, because `toString(16)` takes eight times as long. */
function hex(word: number): string {
  return BYTES[word >>> 24]! + BYTES[(word >>> 16) & 255]! + BYTES[(word >>> 8) & 255]! + BYTES[word & 255]!;
}

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
