/** Edits as people make them, made by pattern, so that they can be made in any file. */

/** `text` with a statement more in the body of a function near its middle; null where it has no function written over one line. */
export function editBody(text: string): string | null {
  const header = headerIn(text);
  return header && `${text.slice(0, header.end)}${header.indent}bench_value = 1\n${text.slice(header.end)}`;
}

/** `text` with a parameter more in the signature of a function near its middle. */
export function editSignature(text: string): string | null {
  const header = headerIn(text);
  if (!header) return null;
  const close = text.lastIndexOf(")", header.end);
  const isEmpty = text[close - 1] === "(";
  return `${text.slice(0, close)}${isEmpty ? "" : ", "}bench_parameter=None${text.slice(close)}`;
}

/** Where a function's body begins: the offset behind its first line, and how far its statements are indented. */
export function headerIn(text: string): { readonly end: number; readonly indent: string } | null {
  const headers = [...text.matchAll(/^( *)(?:async )?def \w+\([^()*]*[^()*,]?\)(?: -> [\w.]+)?:\n(?=\1 +[^ \n])/gm)];
  const match = headers[headers.length >> 1];
  if (!match) return null;
  const end = match.index + match[0].length;
  return { end, indent: /^ +/.exec(text.slice(end))![0] };
}
