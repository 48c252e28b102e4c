/**
 * Bytes of a Python file to text and back.
 *
 * As Python does: a byte order mark means UTF-8, else the coding comment on one of the first two lines (PEP 263) decides, else UTF-8. Unlike Python, a
 * file that is not what it says is still read, as Latin-1, with a notice: its code is mostly ASCII and findings in it are true. What is no text at
 * all, or too large to be written by people, is refused.
 */

export interface SourceText {
  /** Without the byte order mark. */
  readonly text: string;
  readonly bom: boolean;
  /** What it was read as, a label of the Encoding standard. */
  readonly encoding: string;
  /** What people should know about the reading, or null. */
  readonly notice: string | null;
}

/** A file that is not read, with the reason for people. */
export interface Refused {
  readonly refused: string;
}

/** Largest file that is read, in bytes. Larger ones are generated data. */
export const SIZE_LIMIT = 5 * 1024 * 1024;

/** The text of a Python file. Never throws. */
export function decodeSource(bytes: Uint8Array, sizeLimit = SIZE_LIMIT): SourceText | Refused {
  if (bytes.length > sizeLimit) return { refused: tooLarge(bytes.length, sizeLimit) };
  if (bytes.includes(0)) return { refused: "it holds NUL bytes, so it is not Python source" };
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const declared = bom ? null : declaredEncoding(body);
  const encoding = declared === null ? "utf-8" : standardLabel(declared);
  const text = encoding === null ? null : decode(body, encoding);
  if (text !== null && encoding !== null) return { text, bom, encoding, notice: null };
  const notice =
    encoding === null
      ? `it declares the unknown encoding "${declared}"; read as Latin-1`
      : `it is not valid ${encoding.toUpperCase()}; read as Latin-1`;
  return { text: decode(body, "latin1")!, bom, encoding: "latin1", notice };
}

export function tooLarge(size: number, limit: number): string {
  return `it is larger than ${megabytes(limit)} (${megabytes(size)})`;
}

/** The bytes of a changed text in the encoding it was read in; null where that encoding cannot hold it. */
export function encodeSource(text: string, { bom, encoding }: Pick<SourceText, "bom" | "encoding">): Uint8Array | null {
  if (encoding === "utf-8") return Buffer.from(bom ? `\ufeff${text}` : text, "utf8");
  // Only encodings whose one-byte values are the code points can be written without a table.
  if (encoding !== "latin1") return null;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return null;
  return Buffer.from(text, "latin1");
}

// Grammar of the comment: https://peps.python.org/pep-0263/
const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#.*)?$/;

function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 400)).toString("latin1");
  const [first = "", second = ""] = head.split(/\r\n|\r|\n/, 2);
  const match = CODING.exec(first) ?? (BLANK_OR_COMMENT.test(first) ? CODING.exec(second) : null);
  return match?.[1] ?? null;
}

/** Python's name of an encoding as the Encoding standard has it; null where that knows none. */
function standardLabel(python: string): string | null {
  const name = python.toLowerCase().replace(/_/g, "-");
  if (/^(utf-?8|utf-?8-sig|us-ascii|ascii)(-.*)?$/.test(name)) return "utf-8";
  // Read byte by byte here: the Encoding standard takes the name for windows-1252.
  if (/^(latin-?1|iso-?8859-1|l1)(-.*)?$/.test(name)) return "latin1";
  const candidates = [
    name,
    name.replace(/^cp-?(125\d)$/, "windows-$1"),
    name.replace(/^cp/, "ibm"),
    name.replace(/-/g, ""),
  ];
  for (const label of candidates) {
    try {
      return new TextDecoder(label).encoding;
    } catch {
      // The next spelling may be known.
    }
  }
  return null;
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  const asLatin1 = (): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  if (encoding === "latin1") return asLatin1();
  // TextDecoder of Node 20 reads windows-1252 as Latin-1.
  if (encoding === "windows-1252") {
    return asLatin1().replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80]!);
  }
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What the bytes 0x80 to 0x9f mean: https://encoding.spec.whatwg.org/index-windows-1252.txt */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
