/** Lists of whole numbers as short text that JSON takes as it is: five bits a character, small numbers in one. */

const DIGITS = 5;
const MORE = 1 << DIGITS;
/** The first character used; the backslash, which JSON would write as two, is left out. */
const FIRST = 35;
const BACKSLASH = 92;

/** From this character on more digits follow. */
const FIRST_OF_MORE = FIRST + MORE;

const CHARACTERS: readonly string[] = Array.from({ length: 2 * MORE }, (_, digit) => {
  const code = digit + FIRST;
  return String.fromCharCode(code >= BACKSLASH ? code + 1 : code);
});

/** Numbers from 0 to 2^31 - 1. */
export function packNumbers(numbers: ArrayLike<number>): string {
  let text = "";
  for (let index = 0; index < numbers.length; index++) {
    let number = numbers[index]!;
    for (; number >= MORE; number >>>= DIGITS) text += CHARACTERS[(number & (MORE - 1)) | MORE]!;
    text += CHARACTERS[number]!;
  }
  return text;
}

/** What `packNumbers` was given. */
export function unpackNumbers(text: string): Uint32Array {
  const numbers = new Uint32Array(text.length);
  let count = 0;
  everyNumber(text, (number) => {
    numbers[count++] = number;
    return true;
  });
  return numbers.subarray(0, count);
}

/** Whether something holds for each of the numbers that `packNumbers` was given; asked in order, up to the first for which it does not. */
export function everyNumber(text: string, holds: (number: number) => boolean): boolean {
  let number = 0;
  let shift = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const digit = code - FIRST - (code > BACKSLASH ? 1 : 0);
    number |= (digit & (MORE - 1)) << shift;
    if (digit >= MORE) {
      shift += DIGITS;
      continue;
    }
    if (!holds(number)) return false;
    number = 0;
    shift = 0;
  }
  return true;
}

/** Where in the text numbers start, given the places they have among all, ascending; the end of the text behind the last. */
export function placesOfNumbers(text: string, numbers: readonly number[]): readonly number[] {
  const places: number[] = [];
  let count = 0;
  let at = 0;
  for (const number of numbers) {
    for (; count < number; at++) if (text.charCodeAt(at) < FIRST_OF_MORE) count++;
    places.push(at);
  }
  return places;
}
