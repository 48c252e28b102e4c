/** How source text looks in a terminal: tabs, characters two columns wide, characters without width, and none that could steer the terminal. */

const TAB = 4;

/** `text` with tabs as spaces and control characters made visible. */
export function printable(text: string): string {
  let out = "";
  let column = 0;
  for (const char of text) {
    if (char === "\t") {
      const spaces = TAB - (column % TAB);
      out += " ".repeat(spaces);
      column += spaces;
    } else {
      const shown = isControl(char.codePointAt(0)!) ? "\ufffd" : char;
      out += shown;
      column += charWidth(shown);
    }
  }
  return out;
}

/** Columns that printable text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** The printable text from column `from` on, `width` columns at most. A wide character that does not fit whole is left out. */
export function clip(text: string, from: number, width: number): string {
  let column = 0;
  let out = "";
  for (const char of text) {
    const own = charWidth(char);
    if (column >= from && column + own <= from + width) out += char;
    column += own;
  }
  return out;
}

/** At most `width` columns, with an ellipsis where something is missing. */
export function shorten(text: string, width: number): string {
  return widthOf(text) <= width ? text : `${clip(text, 0, width - 1).trimEnd()}…`;
}

function isControl(point: number): boolean {
  // C0, DEL and C1; also the marks that reorder text, with which code can be made to look like other code.
  return (
    point < 0x20 ||
    (point >= 0x7f && point < 0xa0) ||
    (point >= 0x202a && point <= 0x202e) ||
    (point >= 0x2066 && point <= 0x2069)
  );
}

function charWidth(char: string): number {
  const point = char.codePointAt(0)!;
  if (point < 0x300) return 1;
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(char)) return 0;
  return isWide(point) ? 2 : 1;
}

/** Blocks of East Asian Width W and F (Unicode 15, EastAsianWidth.txt), joined where what lies between is unassigned, and emoji. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2705, 0x2705],
  [0x274c, 0x274c],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

function isWide(point: number): boolean {
  return WIDE.some(([first, last]) => point >= first && point <= last);
}
