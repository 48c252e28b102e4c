/**
 * What is wrong with a settings file as it stands in an editor, saved or not, and where in its text.
 *
 * The checks are those that count when the file is read from disk. The places are found by key and by the word that a message quotes; where neither is
 * found, the line of the table is meant.
 */
import { basename } from "node:path";
import { parse, TomlError } from "smol-toml";
import { resolveSettings } from "../lint/options.ts";
import type { Rule } from "../lint/rule.ts";
import { keyPathsOf } from "./toml-keys.ts";

export interface SettingsComplaint {
  /** UTF-16 offsets. */
  readonly span: { readonly start: number; readonly end: number };
  readonly message: string;
  readonly remedy: string;
}

/** `path` says which file it is: in `pyproject.toml` only `[tool.holdfast]` counts. */
export function complaintsAbout(text: string, path: string, rules: readonly Rule[]): readonly SettingsComplaint[] {
  const isPyproject = basename(path) === "pyproject.toml";
  const prefix = isPyproject ? ["tool", "holdfast"] : [];
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  let data: unknown;
  try {
    data = prefix.reduce<unknown>((value, key) => (isTable(value) ? value[key] : undefined), parse(text));
  } catch (error) {
    // Somebody else's mistake where we are not mentioned.
    if (!(error instanceof TomlError) || (isPyproject && !/holdfast/.test(text))) return [];
    const span = lineSpan(text, lineStarts, error.line - 1);
    return [{ span, message: "this is not valid TOML", remedy: "correct this line; until then no settings count" }];
  }
  if (data === undefined) return [];
  const places = keyPathsOf(text);
  return resolveSettings(rules, data).problems.map(({ key, message, remedy }) => {
    const full = [...prefix, ...key];
    const index = indexOfKey(places, full);
    const place = places[index];
    if (place === undefined) return { span: lineSpan(text, lineStarts, 0), message, remedy };
    const from = lineStarts[place.line - 1]!;
    const next = places[index + 1];
    const to = next === undefined ? text.length : lineStarts[next.line - 1]!;
    const quoted = /"([^"]+)"/.exec(message)?.[1];
    const words = [quoted && JSON.stringify(quoted), JSON.stringify(full.at(-1)), full.at(-1)];
    for (const word of words) {
      const at = word ? text.indexOf(word, from) : -1;
      if (word && at >= 0 && at + word.length <= to)
        return { span: { start: at, end: at + word.length }, message, remedy };
    }
    return { span: lineSpan(text, lineStarts, place.line - 1), message, remedy };
  });
}

/** Of the key itself, or of the nearest table above it that is written out; -1 where there is none. */
function indexOfKey(places: ReturnType<typeof keyPathsOf>, key: readonly string[]): number {
  for (let length = key.length; length > 0; length--) {
    const wanted = key.slice(0, length);
    const found = places.findIndex(({ path }) => path.length >= length && wanted.every((part, i) => part === path[i]));
    if (found >= 0) return found;
  }
  return -1;
}

function lineSpan(text: string, lineStarts: readonly number[], line: number): SettingsComplaint["span"] {
  const from = lineStarts[Math.max(0, Math.min(line, lineStarts.length - 1))]!;
  const shown = /^([ \t]*)([^\r\n]*)/.exec(text.slice(from))!;
  return { start: from + shown[1]!.length, end: from + shown[0].trimEnd().length };
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
