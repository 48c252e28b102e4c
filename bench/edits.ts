/** Edits as people make them, made by pattern, so that they can be made in any file. */

/** Where a function can be edited: offsets behind its header and behind its last parameter. */
export interface Header {
  readonly end: number;
  /** How far its statements are indented. */
  readonly indent: string;
  readonly parameters: number;
  /** What is typed first for one parameter more. */
  readonly separator: string;
}

/** A statement that waits, for functions whose callers are to notice. */
export const WAITS = '__import__("time").sleep(1)';

/** `text` with a statement at the start of a function: the one named, otherwise one near the middle. Null where there is no such function. */
export function editBody(text: string, statement = "bench_value = 1", name?: string): string | null {
  const header = headerIn(text, name);
  return header && `${text.slice(0, header.end)}${header.indent}${statement}\n${text.slice(header.end)}`;
}

/** The header of the function named, or of one near the middle. Null where no such function has a header on one line. */
export function headerIn(text: string, name = "\\w+"): Header | null {
  const pattern = new RegExp(
    `^( *)(?:async )?def ${name}\\(([^()*]*[^()*,]?)(\\)(?: -> [^\\n:]+)?:\\n)(?=\\1 +[^ \\n])`,
    "gm",
  );
  const headers = [...text.matchAll(pattern)];
  const match = headers[headers.length >> 1];
  if (!match) return null;
  const end = match.index + match[0].length;
  return {
    end,
    indent: /^ +/.exec(text.slice(end))![0],
    parameters: end - match[3]!.length,
    separator: /(^|,)\s*$/.test(match[2]!) ? "" : ", ",
  };
}
