/**
 * The settings of a project: `holdfast.toml`, or `[tool.holdfast]` in `pyproject.toml`, with the files it starts from.
 *
 * The nearest file at or above the project root counts, never above the Git top level. A file further down decides which rules run on the files below it,
 * and nothing else: what the engine is taught, and where imports start, is one thing for the whole project. What is wrong is reported with file, line,
 * key and remedy.
 */
import { dirname, join, relative, resolve } from "node:path";
import { type Override, type RulesInForce, resolveSettings, rulesFor, type Settings } from "../lint/options.ts";
import { pathKindOf } from "../lint/path-defaults.ts";
import type { Rule } from "../lint/rule.ts";
import type { CheckSettings } from "../lint/run.ts";
import { compileGlobs, type ExcludeGlobs, type IsExcluded } from "./exclude.ts";
import {
  errorAt,
  findSettings,
  isTable,
  readSettings,
  type SettingsError,
  type SettingsFile,
  settingsIn,
  withBases,
} from "./settings-file.ts";

export { readText, SETTINGS_FILES, type SettingsError } from "./settings-file.ts";

export interface LoadedSettings extends Settings, Required<CheckSettings> {
  /** Absolute path of the file they come from; null where there is none and everything is default. */
  readonly source: string | null;
  /** The files they come from, `source` last. */
  readonly files: readonly SettingsFile[];
  /** Folder that `exclude` and `src` are relative to, absolute. */
  readonly base: string;
  /** All globs of files to leave out. */
  readonly excludes: readonly ExcludeGlobs[];
  readonly errors: readonly SettingsError[];
  /** Everything that decides which rules run where, but for files further down: equal where the same is found. */
  readonly identity: string;
  /** Something that is found to be wrong with a key later on. */
  errorAt(key: readonly string[], message: string, remedy: string): SettingsError;
  /** The settings that decide which rules run on a file (absolute, below the root): those of the nearest file, or these. Read once. */
  nearest(file: string): LoadedSettings;
}

/** What wins over the file: from the command line or the editor. Keys as in the file; lists of what to leave out add to it. */
export type SettingsOverrides = Readonly<Record<string, unknown>>;

export interface SettingsRequest {
  readonly rules: readonly Rule[];
  /** Absolute. */
  readonly root: string;
  /** Absolute path of a file to take instead of searching one. */
  readonly file?: string | null;
  /** Take no file at all. */
  readonly isolated?: boolean;
  readonly overrides?: SettingsOverrides;
}

/** The settings for a project. Never throws; what is wrong stands in `errors` and counts as not set. */
export function loadSettings(request: SettingsRequest): LoadedSettings {
  const { root, file = null, isolated = false } = request;
  const errors: SettingsError[] = [];
  const find = (): SettingsFile | null =>
    file === null ? findSettings(root, errors) : readSettings(file, true, errors);
  return settingsOf(request, isolated ? null : find(), errors, file === null && !isolated);
}

/** By Greenwich's clock, so that machines in one team agree. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** The globs of the settings, for the functions that find files. */
export function excludesOf(settings: LoadedSettings): readonly ExcludeGlobs[] {
  return settings.excludes;
}

/** The settings further down that decide about any of `files` (absolute), each once. */
export function nestedSettings(settings: LoadedSettings, files: readonly string[]): readonly LoadedSettings[] {
  const all = new Set(files.map((file) => settings.nearest(file)));
  all.delete(settings);
  return [...all];
}

/** An error as one line: `pyproject.toml:7: tool.holdfast.select: message; remedy`. `show` makes a path readable. */
export function formatSettingsError(error: SettingsError, show: (path: string) => string): string {
  const place = error.path === null ? "" : `${show(error.path)}${error.line === null ? "" : `:${error.line}`}: `;
  const key = error.key === "" ? "" : `${error.key}: `;
  return `${place}${key}${error.message}; ${error.remedy}`;
}

/** A table laid over another: lists of what to leave out and to know add up, `rules` merge by rule, everything else is taken from `upper`. */
export function mergedTables(lower: SettingsOverrides, upper: SettingsOverrides): SettingsOverrides {
  const merged: Record<string, unknown> = { ...lower, ...upper };
  for (const key of ADDING_KEYS) merged[key] = bothLists(lower[key], upper[key]);
  if (isTable(lower.rules) && isTable(upper.rules)) {
    const rules: Record<string, unknown> = { ...lower.rules };
    for (const [id, own] of Object.entries(upper.rules)) {
      const below = rules[id];
      rules[id] = isTable(below) && isTable(own) ? { ...below, ...own } : own;
    }
    merged.rules = rules;
  }
  return merged;
}

/** Keys whose lists add up where files start from each other. */
export const ADDING_KEYS: readonly string[] = [
  "ignore",
  "exclude",
  "overrides",
  "blocking",
  "offloads",
  "ignore-calls",
  "stubs",
];

function bothLists(first: unknown, second: unknown): unknown {
  if (!Array.isArray(first)) return second ?? first;
  return Array.isArray(second) ? [...first, ...second] : first;
}

/** `found` null: the defaults. `nests`: files further down count. */
function settingsOf(
  request: SettingsRequest,
  found: SettingsFile | null,
  errors: SettingsError[],
  nests: boolean,
): LoadedSettings {
  const { rules, root, overrides: own = {} } = request;
  const files = found === null ? [] : withBases(found, errors);
  const source = found?.path ?? null;
  const base = source === null ? root : dirname(source);
  const excludes: ExcludeGlobs[] = [];
  const globs: { readonly override: Override; readonly matches: IsExcluded }[] = [];
  const add = (settings: Settings, folder: string): void => {
    if (settings.exclude.length > 0) excludes.push({ base: folder, globs: settings.exclude });
    for (const override of settings.overrides) {
      globs.push({ override, matches: compileGlobs([{ base: folder, globs: override.paths }]) });
    }
  };
  // Each layer is resolved by itself, so that what is wrong is said of where it stands.
  let merged: SettingsOverrides = {};
  for (const file of files) {
    const { settings, problems } = resolveSettings(rules, file.data);
    errors.push(...problems.map(({ key, message, remedy }) => errorAt(file, key, message, remedy)));
    add(settings, dirname(file.path));
    if (isTable(file.data)) merged = mergedTables(merged, rebased(file.data, dirname(file.path), base));
  }
  const last = resolveSettings(rules, own);
  errors.push(...last.problems.map(({ key, message, remedy }) => errorAt(null, key, message, remedy)));
  add(last.settings, base);
  const { settings } = resolveSettings(rules, mergedTables(merged, own));
  errors.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));

  const known = new Map<string, RulesInForce>();
  const rulesAt = (path: string, text: string): RulesInForce => {
    const absolute = join(root, path);
    const kind = settings.pathDefaults ? pathKindOf({ path, text }) : null;
    const matching = globs.map(({ matches }) => matches(absolute));
    const key = `${kind} ${matching.join()}`;
    const inForce =
      known.get(key) ??
      rulesFor(
        rules,
        settings,
        globs.flatMap(({ override }, i) => (matching[i] ? [override] : [])),
        kind,
      );
    known.set(key, inForce);
    return inForce;
  };
  const loaded: LoadedSettings = {
    ...settings,
    source,
    files,
    base,
    excludes,
    errors,
    identity: JSON.stringify([
      settings.general,
      settings.pathDefaults,
      globs.map(({ override }) => override),
      relative(root, base),
      excludes.map((each) => [relative(root, each.base), each.globs]),
    ]),
    today: today(),
    errorAt: (key, message, remedy) => errorAt(found, key, message, remedy),
    nearest: nests ? nearestSettings(request, () => loaded) : () => loaded,
    forFile: ({ path, text }) => {
      const nearest = loaded.nearest(join(root, path));
      if (nearest === loaded) return rulesAt(path, text);
      if (compileGlobs(nearest.excludes)(join(root, path))) return { enabled: [], known: settings.known };
      return nearest.forFile({ path, text });
    },
  };
  return loaded;
}

/** Looks for settings between a file and the root, each folder once. */
function nearestSettings(request: SettingsRequest, own: () => LoadedSettings): LoadedSettings["nearest"] {
  const byFolder = new Map<string, LoadedSettings>();
  const inFolder = (folder: string): LoadedSettings => {
    const parent = dirname(folder);
    if (relative(request.root, folder).startsWith("..") || folder === request.root || parent === folder) return own();
    const known = byFolder.get(folder);
    if (known) return known;
    const errors: SettingsError[] = [];
    const found = settingsIn(folder, errors);
    const settings = found || errors.length > 0 ? settingsOf(request, found, errors, false) : inFolder(parent);
    byFolder.set(folder, settings);
    return settings;
  };
  return (file) => inFolder(dirname(file));
}

/** The table with its folders relative to another folder. Globs keep the folder they were written for. */
function rebased(table: SettingsOverrides, from: string, to: string): SettingsOverrides {
  const moved: Record<string, unknown> = { ...table };
  if (from === to) return moved;
  for (const key of ["src", "stubs"]) {
    const folders = table[key];
    if (!Array.isArray(folders)) continue;
    moved[key] = folders.map((each: unknown) =>
      typeof each === "string" ? relative(to, resolve(from, each)) || "." : each,
    );
  }
  if (typeof table.baseline === "string") moved.baseline = relative(to, resolve(from, table.baseline));
  return moved;
}
