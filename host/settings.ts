/**
 * Finds and reads the settings of a project: `holdfast.toml`, or `[tool.holdfast]` in `pyproject.toml`.
 *
 * The nearest file at or above the project root counts, never above the Git top level; files are not merged. What is wrong is reported with file,
 * line, key and remedy.
 */
import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parse, TomlError } from "smol-toml";
import { resolveSettings, type Settings } from "../lint/options.ts";
import type { Rule } from "../lint/rule.ts";
import { type ExcludeGlobs, gitTopLevel } from "./exclude.ts";
import { reasonOf } from "./files.ts";
import { keyPathsOf } from "./toml-keys.ts";

export interface LoadedSettings extends Settings {
  /** Absolute path of the file they come from; null where there is none and everything is default. */
  readonly source: string | null;
  /** Folder that `exclude` and `src` are relative to, absolute. */
  readonly base: string;
  readonly errors: readonly SettingsError[];
  /** Something that is found to be wrong with a key later on. */
  errorAt(key: readonly string[], message: string, remedy: string): SettingsError;
}

/** `path` null: not from a file but from the command line or the editor. Line 1-based, null where unknown. */
export interface SettingsError {
  readonly path: string | null;
  readonly line: number | null;
  /** Dotted, quoted where needed: `rules."async/blocking-call".severity`; "" where it is about the whole file. */
  readonly key: string;
  readonly message: string;
  readonly remedy: string;
}

/** What wins over the file: from the command line or the editor. Keys as in the file; only `ignore` adds to it. */
export type SettingsOverrides = Readonly<Record<string, unknown>>;

export interface SettingsRequest {
  readonly rules: readonly Rule[];
  /** Absolute. */
  readonly root: string;
  /** Absolute path of a file to take instead of searching one. */
  readonly file?: string | null;
  readonly overrides?: SettingsOverrides;
}

/** The settings for a project. Never throws; what is wrong stands in `errors` and counts as not set. */
export function loadSettings({ rules, root, file = null, overrides = {} }: SettingsRequest): LoadedSettings {
  const errors: SettingsError[] = [];
  const found = file === null ? findSettings(root, errors) : readSettings(file, true, errors);
  const source = found?.path ?? null;
  const own = resolveSettings(rules, found?.data);
  errors.push(...own.problems.map((problem) => errorAt(found, problem.key, problem.message, problem.remedy)));

  // Resolved twice, so that what is wrong on the command line is not blamed on the file.
  const table = isTable(found?.data) ? found.data : {};
  const merged = { ...table, ...overrides, ignore: bothLists(table.ignore, overrides.ignore) };
  const { problems } = resolveSettings(rules, overrides);
  errors.push(...problems.map((problem) => errorAt(null, problem.key, problem.message, problem.remedy)));
  const { settings } = resolveSettings(rules, merged);
  errors.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return {
    ...settings,
    source,
    base: source === null ? root : dirname(source),
    errors,
    errorAt: (key, message, remedy) => errorAt(found, key, message, remedy),
  };
}

/** The globs of the settings, for the functions that find files. */
export function excludesOf(settings: LoadedSettings): readonly ExcludeGlobs[] {
  return settings.exclude.length === 0 ? [] : [{ base: settings.base, globs: settings.exclude }];
}

/** An error as one line: `pyproject.toml:7: tool.holdfast.select: message; remedy`. `show` makes a path readable. */
export function formatSettingsError(error: SettingsError, show: (path: string) => string): string {
  const place = error.path === null ? "" : `${show(error.path)}${error.line === null ? "" : `:${error.line}`}: `;
  const key = error.key === "" ? "" : `${error.key}: `;
  return `${place}${key}${error.message}; ${error.remedy}`;
}

/** Names of files with settings; a change of one changes what is found. */
export const SETTINGS_FILES: readonly string[] = ["holdfast.toml", "pyproject.toml"];

/** Text of a UTF-8 file without its byte order mark. Throws as `readFileSync` does. */
export function readText(path: string): string {
  return readFileSync(path, "utf8").replace(/^\ufeff/, "");
}

function bothLists(first: unknown, second: unknown): unknown {
  if (!Array.isArray(first)) return second ?? first;
  return Array.isArray(second) ? [...first, ...second] : first;
}

interface SettingsFile {
  readonly path: string;
  readonly text: string;
  /** The table of Holdfast, unchecked. */
  readonly data: unknown;
  /** Where in the file that table stands. */
  readonly prefix: readonly string[];
}

function findSettings(root: string, errors: SettingsError[]): SettingsFile | null {
  const top = gitTopLevel(root) ?? root;
  for (let folder = root; ; ) {
    for (const name of SETTINGS_FILES) {
      const found = readSettings(join(folder, name), false, errors);
      // A broken file is the one that counts: taking another instead would hide the mistake.
      if (found || errors.length > 0) return found;
    }
    const parent = resolve(folder, "..");
    if (folder === top || parent === folder) return null;
    folder = parent;
  }
}

/** Null where the file is missing, unreadable or (when not asked for by name) says nothing about Holdfast. */
function readSettings(path: string, named: boolean, errors: SettingsError[]): SettingsFile | null {
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    const missing = ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
    if (named || !missing) {
      errors.push({
        path,
        line: null,
        key: "",
        message: `cannot be read: ${reasonOf(error)}`,
        remedy: "name a TOML file",
      });
    }
    return null;
  }
  const isPyproject = basename(path) === "pyproject.toml";
  const prefix = isPyproject ? ["tool", "holdfast"] : [];
  try {
    const data = prefix.reduce<unknown>((value, key) => (isTable(value) ? value[key] : undefined), parse(text));
    if (data === undefined && !named) return null;
    return { path, text, data, prefix };
  } catch (error) {
    // A pyproject.toml that is broken and never mentions us is somebody else's problem.
    if (isPyproject && !named && !/holdfast/.test(text)) return null;
    const line = error instanceof TomlError ? error.line : null;
    const message = error instanceof TomlError ? tomlReason(error) : String(error);
    errors.push({ path, line, key: "", message: `this is not valid TOML: ${message}`, remedy: "correct that line" });
    return null;
  }
}

/** The first line of the parser's message, without the code frame below it. */
function tomlReason(error: TomlError): string {
  return error.message.split("\n", 1)[0]!.replace(/^Invalid TOML document:\s*/, "");
}

function errorAt(file: SettingsFile | null, key: readonly string[], message: string, remedy: string): SettingsError {
  const full = [...(file?.prefix ?? []), ...key];
  const shown = full.map((part) => (/^[\w-]+$/.test(part) ? part : JSON.stringify(part))).join(".");
  return { path: file?.path ?? null, line: file ? lineOf(file.text, full) : null, key: shown, message, remedy };
}

/** The line of a key, or of the nearest table above it that is written out. */
function lineOf(text: string, key: readonly string[]): number | null {
  const paths = keyPathsOf(text);
  for (let length = key.length; length > 0; length--) {
    const found = paths.find(
      ({ path }) => path.length >= length && key.slice(0, length).every((part, i) => part === path[i]),
    );
    if (found) return found.line;
  }
  return null;
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
