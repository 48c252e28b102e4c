/** On which line each key of a TOML text stands: the TOML parser tells values, not places. Inline tables are not looked into. */

export interface KeyPlace {
  readonly path: readonly string[];
  /** 1-based. */
  readonly line: number;
}

/** Table headers and keys in the order of the text. Valid TOML is assumed; on anything else some keys are missing. */
export function keyPathsOf(text: string): readonly KeyPlace[] {
  const places: KeyPlace[] = [];
  let table: readonly string[] = [];
  for (const [index, line] of text.split(/\r\n|\n/).entries()) {
    const header = /^\s*\[\[?([^[\]]+(?:"[^"]*"[^[\]]*)*)\]\]?\s*(?:#.*)?$/.exec(line);
    const key = header
      ? null
      : /^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=/.exec(line);
    if (header) {
      table = partsOf(header[1]!);
      places.push({ path: table, line: index + 1 });
    } else if (key) {
      places.push({ path: [...table, ...partsOf(key[1]!)], line: index + 1 });
    }
  }
  return places;
}

function partsOf(dotted: string): string[] {
  return [...dotted.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}
