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

/** Spreads every input bit over the whole word, so that similar texts get unlike hashes. */
function finish(lane: number): number {
  let h = lane;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
