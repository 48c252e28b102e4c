/**
 * Characters: which make up words, which are operators.
 */
import { refuse } from "./refusal.ts";
import * as T from "./tokens.ts";

const WORD_PARTS = new Uint8Array(128);
for (let c = 0; c < 128; c++) if (/\w/.test(String.fromCharCode(c))) WORD_PARTS[c] = 1;

/** Whether a code unit can stand in a name or a number, as far as ASCII goes. */
export function isWordPart(c: number): boolean {
  return c < 128 && WORD_PARTS[c] === 1;
}

/** Whether a digit stands at `at`. */
export function hasDigits(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return c >= 48 && c <= 57;
}

/** Operators and punctuation of one character, by it. */
const SINGLE = new Uint8Array(128);
for (const [mark, kind] of [
  ["(", T.OPEN_PAREN],
  [")", T.CLOSE_PAREN],
  ["[", T.OPEN_BRACKET],
  ["]", T.CLOSE_BRACKET],
  ["{", T.OPEN_BRACE],
  ["}", T.CLOSE_BRACE],
  [",", T.COMMA],
  [":", T.COLON],
  [".", T.DOT],
  [";", T.SEMICOLON],
  ["=", T.EQUAL],
  ["<", T.LESS],
  [">", T.GREATER],
  ["|", T.PIPE],
  ["&", T.AMPERSAND],
  ["^", T.CARET],
  ["+", T.PLUS],
  ["-", T.MINUS],
  ["*", T.STAR],
  ["/", T.SLASH],
  ["%", T.PERCENT],
  ["@", T.AT],
  ["~", T.TILDE],
  ["!", T.BANG],
] as const)
  SINGLE[mark.charCodeAt(0)] = kind;

const EQUAL_SIGN = 61;
const POINT = 46;
const GREATER_SIGN = 62;

/** The number of the operator or punctuation at `at`, whose first character is `c`. */
export function operatorAt(text: string, at: number, c: number): number {
  const single = c < 128 ? SINGLE[c]! : 0;
  if (single === 0) return refuse();
  if (single < T.COLON) return single;
  const next = text.charCodeAt(at + 1);
  if (single === T.DOT) return next === POINT && text.charCodeAt(at + 2) === POINT ? T.ELLIPSIS : T.DOT;
  if (next === EQUAL_SIGN) return withEqual(single);
  if (next === GREATER_SIGN && single === T.MINUS) return T.ARROW;
  // Python 2's `<>`.
  if (next === GREATER_SIGN && single === T.LESS) return refuse();
  if (next !== c) return single;
  const double = doubled(single);
  return double !== single && text.charCodeAt(at + 2) === EQUAL_SIGN ? T.AUGMENTED : double;
}

function withEqual(single: number): number {
  switch (single) {
    case T.COLON:
      return T.WALRUS;
    case T.EQUAL:
      return T.EQUALS;
    case T.BANG:
      return T.NOT_EQUAL;
    case T.LESS:
      return T.LESS_EQUAL;
    case T.GREATER:
      return T.GREATER_EQUAL;
    case T.SEMICOLON:
    case T.TILDE:
      return single;
    default:
      return T.AUGMENTED;
  }
}

function doubled(single: number): number {
  switch (single) {
    case T.STAR:
      return T.DOUBLE_STAR;
    case T.SLASH:
      return T.DOUBLE_SLASH;
    case T.LESS:
      return T.SHIFT_LEFT;
    case T.GREATER:
      return T.SHIFT_RIGHT;
    default:
      return single;
  }
}

/** How many characters the operator at `at` has. */
export function widthOf(kind: number, text: string, at: number): number {
  switch (kind) {
    case T.ARROW:
    case T.WALRUS:
    case T.EQUALS:
    case T.NOT_EQUAL:
    case T.LESS_EQUAL:
    case T.GREATER_EQUAL:
    case T.DOUBLE_STAR:
    case T.DOUBLE_SLASH:
    case T.SHIFT_LEFT:
    case T.SHIFT_RIGHT:
      return 2;
    case T.ELLIPSIS:
      return 3;
    case T.AUGMENTED:
      return text.charCodeAt(at + 1) === EQUAL_SIGN ? 2 : 3;
    default:
      return 1;
  }
}
