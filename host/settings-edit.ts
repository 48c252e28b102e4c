/**
 * Switches a rule off in the text of a settings file, by one insertion that leaves comments and layout as they are.
 *
 * TOML can be written in more ways than are understood here (inline tables, keys of several parts). So the edit is a proposal: the text is parsed before
 * and after, and where anything but the one entry of `ignore` is other than before, there is no edit.
 */
import { isDeepStrictEqual } from "node:util";
import { parse } from "smol-toml";
import { keyPathsOf } from "./toml-keys.ts";

/** `text` goes in at `offset` (UTF-16). */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** `isPyproject`: the settings stand in `[tool.holdfast]`, not at the top level. Null where the rule is ignored already, or no edit is sure. */
export function switchRuleOff(text: string, rule: string, isPyproject: boolean): Insertion | null {
  const prefix = isPyproject ? ["tool", "holdfast"] : [];
  const before = parsed(text);
  if (before === null) return null;
  const wanted = withIgnored(before, prefix, rule);
  if (wanted === null) return null;
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  for (const insertion of proposals(text, rule, prefix, lineBreak)) {
    const after = parsed(text.slice(0, insertion.offset) + insertion.text + text.slice(insertion.offset));
    if (after !== null && isDeepStrictEqual(after, wanted)) return insertion;
  }
  return null;
}

function* proposals(text: string, rule: string, prefix: readonly string[], lineBreak: string): Generator<Insertion> {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const places = keyPathsOf(text);
  const at = (path: readonly string[]): number | null => {
    const found = places.find((place) => isDeepStrictEqual(place.path, path));
    return found === undefined ? null : lineStarts[found.line - 1]!;
  };
  const entry = JSON.stringify(rule);
  const list = at([...prefix, "ignore"]);
  if (list !== null) {
    const joined = entryOfList(text, text.indexOf("[", text.indexOf("=", list)), entry, lineBreak);
    if (joined !== null) yield joined;
    return;
  }
  const line = `ignore = [${entry}]${lineBreak}`;
  const header = prefix.length === 0 ? null : at(prefix);
  if (header !== null) {
    const end = text.indexOf("\n", header);
    yield end < 0 ? { offset: text.length, text: lineBreak + line } : { offset: end + 1, text: line };
  } else if (prefix.length === 0) {
    // Behind what is said about the file, before the first key.
    yield { offset: /^(?:[ \t]*#[^\n]*\n|[ \t]*\r?\n)*/.exec(text)![0].length, text: line };
  }
  if (prefix.length > 0) {
    const gap = text === "" ? "" : text.endsWith("\n") ? lineBreak : lineBreak + lineBreak;
    yield { offset: text.length, text: `${gap}[${prefix.join(".")}]${lineBreak}${line}` };
  }
}

/** A further entry behind the last one of the list that opens at `open`: on a line of its own where the others are. */
function entryOfList(text: string, open: number, entry: string, lineBreak: string): Insertion | null {
  const token = /"(?:\\.|[^"\\])*"|'[^']*'|#[^\n]*|,|\]|\n/g;
  token.lastIndex = open + 1;
  let last: number | null = null;
  let comma: number | null = null;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === "]") {
      if (last === null) return { offset: open + 1, text: entry };
      const own = ownLine(text, open, last, lineBreak);
      if (comma !== null) return { offset: comma, text: own === null ? ` ${entry}` : `${own}${entry},` };
      return { offset: last, text: `,${own ?? " "}${entry}` };
    }
    if (match[0] === ",") comma = token.lastIndex;
    else if (/^["']/.test(match[0])) {
      last = token.lastIndex;
      comma = null;
    }
  }
  return null;
}

/** The line break and indent before the last entry; null where entries stand side by side. */
function ownLine(text: string, open: number, last: number, lineBreak: string): string | null {
  const start = text.lastIndexOf("\n", last - 1) + 1;
  return start <= open ? null : lineBreak + /^[ \t]*/.exec(text.slice(start))![0];
}

/** The settings with one more entry in `ignore`; null where it is there already, or something else stands in its way. */
function withIgnored(data: Table, path: readonly string[], rule: string): Table | null {
  const [first, ...rest] = path;
  if (first !== undefined) {
    const inner = data[first] ?? {};
    const changed = isTable(inner) ? withIgnored(inner, rest, rule) : null;
    return changed && { ...data, [first]: changed };
  }
  const ignored = data.ignore ?? [];
  return Array.isArray(ignored) && !ignored.includes(rule) ? { ...data, ignore: [...ignored, rule] } : null;
}

type Table = Readonly<Record<string, unknown>>;

function parsed(text: string): Table | null {
  try {
    return plain(parse(text)) as Table;
  } catch {
    return null;
  }
}

/** Tables of the parser have no prototype, those made here do. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return isTable(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)])) : value;
}

function isTable(value: unknown): value is Table {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}
