/**
 * The tokens of Python as numbers, with what the grammar needs to know of each.
 */

export const END: number = 0;
export const NEWLINE: number = 1;
export const NAME: number = 2;
export const NUMBER: number = 3;
/** A whole string constant. */
export const STRING: number = 4;
/** An f-string up to its opening quotes; what follows is read piece by piece. */
export const FSTRING: number = 5;
export const OPEN_PAREN: number = 6;
export const CLOSE_PAREN: number = 7;
export const OPEN_BRACKET: number = 8;
export const CLOSE_BRACKET: number = 9;
export const OPEN_BRACE: number = 10;
export const CLOSE_BRACE: number = 11;
export const COMMA: number = 12;
export const COLON: number = 13;
export const DOT: number = 14;
export const SEMICOLON: number = 15;
export const EQUAL: number = 16;
export const ARROW: number = 17;
export const WALRUS: number = 18;
export const ELLIPSIS: number = 19;
export const BANG: number = 20;
/** `+=` and its like. */
export const AUGMENTED: number = 21;
export const LESS: number = 22;
export const LESS_EQUAL: number = 23;
export const EQUALS: number = 24;
export const NOT_EQUAL: number = 25;
export const GREATER_EQUAL: number = 26;
export const GREATER: number = 27;
export const PIPE: number = 28;
export const AMPERSAND: number = 29;
export const CARET: number = 30;
export const SHIFT_LEFT: number = 31;
export const SHIFT_RIGHT: number = 32;
export const PLUS: number = 33;
export const MINUS: number = 34;
export const STAR: number = 35;
export const SLASH: number = 36;
export const DOUBLE_SLASH: number = 37;
export const PERCENT: number = 38;
export const AT: number = 39;
export const DOUBLE_STAR: number = 40;
export const TILDE: number = 41;

/** Keywords have the numbers from here, in the order of `KEYWORDS`. */
export const FIRST_KEYWORD: number = 42;

export const KEYWORDS = [
  "False",
  "None",
  "True",
  "and",
  "as",
  "assert",
  "async",
  "await",
  "break",
  "class",
  "continue",
  "def",
  "del",
  "elif",
  "else",
  "except",
  "finally",
  "for",
  "from",
  "global",
  "if",
  "import",
  "in",
  "is",
  "lambda",
  "nonlocal",
  "not",
  "or",
  "pass",
  "raise",
  "return",
  "try",
  "while",
  "with",
  "yield",
] as const;

/** The number of each keyword. */
export const W = Object.freeze(
  Object.fromEntries(KEYWORDS.map((word, index) => [word, FIRST_KEYWORD + index])),
) as Readonly<Record<(typeof KEYWORDS)[number], number>>;

const TOKEN_COUNT = FIRST_KEYWORD + KEYWORDS.length;

/** How tightly a binary operator binds, 0 for other tokens. As the grammar of tree-sitter has it, whose `^` binds tighter than its `&`. */
export const BINDING = new Uint8Array(TOKEN_COUNT);
export const OR_BINDING: number = 1;
export const POWER_BINDING: number = 8;
for (const [binding, ...operators] of [
  [OR_BINDING, PIPE],
  [2, AMPERSAND],
  [3, CARET],
  [4, SHIFT_LEFT, SHIFT_RIGHT],
  [5, PLUS, MINUS],
  [6, STAR, SLASH, DOUBLE_SLASH, PERCENT, AT],
  [POWER_BINDING, DOUBLE_STAR],
] as const)
  for (const operator of operators) BINDING[operator] = binding;

/** How comparison and binary operators are spelled. */
export const SPELLING: readonly string[] = Object.assign(new Array<string>(TOKEN_COUNT).fill(""), {
  [LESS]: "<",
  [LESS_EQUAL]: "<=",
  [EQUALS]: "==",
  [NOT_EQUAL]: "!=",
  [GREATER_EQUAL]: ">=",
  [GREATER]: ">",
  [PIPE]: "|",
  [AMPERSAND]: "&",
  [CARET]: "^",
  [SHIFT_LEFT]: "<<",
  [SHIFT_RIGHT]: ">>",
  [PLUS]: "+",
  [MINUS]: "-",
  [STAR]: "*",
  [SLASH]: "/",
  [DOUBLE_SLASH]: "//",
  [PERCENT]: "%",
  [AT]: "@",
  [DOUBLE_STAR]: "**",
});
