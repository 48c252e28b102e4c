/** Reads single values of settings that nobody has checked. What is wrong becomes a problem, and counts as not set. */
import { closest, distance } from "fastest-levenshtein";

/** What is wrong with the settings, at which key (`["rules", "async/blocking-call", "severity"]`), and what to do about it. */
export interface SettingsProblem {
  readonly key: readonly string[];
  readonly message: string;
  readonly remedy: string;
}

/** A list of strings; null where the key is missing. */
export function stringsOf(
  value: unknown,
  key: readonly string[],
  problems: SettingsProblem[],
): readonly string[] | null {
  if (value === undefined) return null;
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
  const remedy = typeof value === "string" ? `write [${JSON.stringify(value)}]` : 'write a list such as ["one", "two"]';
  problems.push({ key, message: `must be a list of strings, not ${describe(value)}`, remedy });
  return null;
}

/** One of a few words; null where the key is missing. */
export function oneOf<T extends string>(
  value: unknown,
  allowed: readonly T[],
  key: readonly string[],
  problems: SettingsProblem[],
): T | null {
  if (value === undefined) return null;
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  const list = allowed.map((each) => `"${each}"`).join(", ");
  const guess = typeof value === "string" ? nearest(value, allowed) : null;
  const remedy = guess ? `did you mean "${guess}"? Possible are ${list}` : `possible are ${list}`;
  problems.push({ key, message: `cannot be ${describe(value)}`, remedy });
  return null;
}

export type Table = Readonly<Record<string, unknown>>;

/** A table; empty where the key is missing. */
export function asTable(value: unknown, key: readonly string[], problems: SettingsProblem[]): Table {
  if (value === undefined || value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Table;
  problems.push({
    key,
    message: `must be a table, not ${describe(value)}`,
    remedy: "write its keys below a [table] header",
  });
  return {};
}

/** Complains about keys that mean nothing. */
export function reportUnknownKeys(
  table: Table,
  allowed: readonly string[],
  at: readonly string[],
  problems: SettingsProblem[],
): void {
  for (const name of Object.keys(table)) {
    if (allowed.includes(name)) continue;
    const guess =
      nearest(name, allowed) ?? (allowed.includes(name.replace(/_/g, "-")) ? name.replace(/_/g, "-") : null);
    const list = allowed.length === 0 ? "it takes none" : `possible are ${allowed.join(", ")}`;
    const what = at.at(-1) === "rules" ? "there is no such rule" : "there is no such setting";
    problems.push({ key: [...at, name], message: what, remedy: guess ? `did you mean "${guess}"?` : list });
  }
}

/** The one it abbreviates, else the nearest by edit distance; null where more than about a third of the letters differ. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  if (candidates.length === 0) return null;
  const longer = candidates.find((each) => name.length >= 3 && each.startsWith(name));
  if (longer) return longer;
  const guess = closest(name, candidates as string[]);
  return distance(name, guess) <= Math.max(2, Math.floor(guess.length / 3)) ? guess : null;
}

/** A value in words. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list of something else";
  if (value !== null && typeof value === "object") return "a table";
  return JSON.stringify(value) ?? String(value);
}
