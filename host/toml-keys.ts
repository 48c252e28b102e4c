/** On which line each key of a TOML text stands: the TOML parser tells values, not places. An entry of a list of tables has its index (from 0) as a key. Inline tables are not looked into. */

export interface KeyPlace {
  readonly path: readonly string[];
  /** 1-based. */
  readonly line: number;
}

/** Table headers and keys in the order of the text. Valid TOML is assumed; on anything else some keys are missing. */
export function keyPathsOf(text: string): readonly KeyPlace[] {
  const places: KeyPlace[] = [];
  let table: readonly string[] = [];
  /** How many entries a list of tables has had. */
  const entries = new Map<string, number>();
  for (const [index, line] of text.split(/\r\n|\n/).entries()) {
    const header = /^\s*\[\[?([^[\]]+(?:"[^"]*"[^[\]]*)*)\]\]?\s*(?:#.*)?$/.exec(line);
    const key = header
      ? null
      : /^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=/.exec(line);
    if (header) {
      table = partsOf(header[1]!);
      if (/^\s*\[\[/.test(line)) {
        const list = table.join("\0");
        const index = entries.get(list) ?? 0;
        entries.set(list, index + 1);
        table = [...table, String(index)];
      } else table = insideEntry(table, entries);
      places.push({ path: table, line: index + 1 });
    } else if (key) {
      places.push({ path: [...table, ...partsOf(key[1]!)], line: index + 1 });
    }
  }
  return places;
}

/** A table below the last entry of a list: `[[a]]`, then `[a.b]`. */
function insideEntry(table: readonly string[], entries: ReadonlyMap<string, number>): readonly string[] {
  for (let length = table.length - 1; length > 0; length--) {
    const count = entries.get(table.slice(0, length).join("\0"));
    if (count !== undefined) return [...table.slice(0, length), String(count - 1), ...table.slice(length)];
  }
  return table;
}

function partsOf(dotted: string): string[] {
  return [...dotted.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}
