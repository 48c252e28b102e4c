/** Finds and reads files with settings, each as it stands; what the settings mean is not known here. */
import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parse, TomlError } from "smol-toml";
import { gitTopLevel } from "./exclude.ts";
import { reasonOf } from "./files.ts";
import { keyPathsOf } from "./toml-keys.ts";

/** `path` null: not from a file but from the command line or the editor. Line 1-based, null where unknown. */
export interface SettingsError {
  readonly path: string | null;
  readonly line: number | null;
  /** Dotted, quoted where needed: `rules."async/blocking-call".severity`; "" where it is about the whole file. */
  readonly key: string;
  readonly message: string;
  readonly remedy: string;
}

export interface SettingsFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** The table of Holdfast, unchecked. */
  readonly data: unknown;
  /** Where in the file that table stands. */
  readonly prefix: readonly string[];
}

/** Names of files with settings; a change of one changes what is found. */
export const SETTINGS_FILES: readonly string[] = ["holdfast.toml", "pyproject.toml"];

/** Text of a UTF-8 file without its byte order mark. Throws as `readFileSync` does. */
export function readText(path: string): string {
  return readFileSync(path, "utf8").replace(/^\ufeff/, "");
}

/** The nearest file with settings at or above a folder (absolute), never above the Git top level. */
export function findSettings(root: string, errors: SettingsError[]): SettingsFile | null {
  const top = gitTopLevel(root) ?? root;
  for (let folder = root; ; ) {
    const before = errors.length;
    const found = settingsIn(folder, errors);
    // A broken file is the one that counts: taking another instead would hide the mistake.
    if (found || errors.length > before) return found;
    const parent = resolve(folder, "..");
    if (folder === top || parent === folder) return null;
    folder = parent;
  }
}

/** The file with settings of a folder (absolute) itself. */
export function settingsIn(folder: string, errors: SettingsError[]): SettingsFile | null {
  for (const name of SETTINGS_FILES) {
    const before = errors.length;
    const found = readSettings(join(folder, name), false, errors);
    if (found || errors.length > before) return found;
  }
  return null;
}

/** Null where the file is missing, unreadable or (when not asked for by name) says nothing about Holdfast. */
export function readSettings(path: string, named: boolean, errors: SettingsError[]): SettingsFile | null {
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    const missing = ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
    if (named || !missing) {
      const message = `cannot be read: ${reasonOf(error)}`;
      errors.push({ path, line: null, key: "", message, remedy: "name a TOML file" });
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

/** One setting in TOML, `key = value`, as a table; a value without its quotes, which shells take away, is a string. Null where it is neither. */
export function parseSetting(text: string): Readonly<Record<string, unknown>> | null {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  for (const toml of [text, `${key} = ${JSON.stringify(value?.trim())}`]) {
    try {
      return parse(toml);
    } catch {
      // Perhaps the other way.
    }
  }
  return null;
}

/** The file and those it starts from, the outermost first. What is wrong with the chain is an error at the file that says `extend`. */
export function withBases(file: SettingsFile, errors: SettingsError[]): readonly SettingsFile[] {
  const chain = [file];
  for (let current = file; ; ) {
    const extend = isTable(current.data) ? current.data.extend : undefined;
    if (typeof extend !== "string") return chain;
    const path = resolve(dirname(current.path), extend);
    if (chain.some((each) => each.path === path)) {
      const round = path === current.path ? "this file starts from itself" : "these files start from each other";
      errors.push(errorAt(current, ["extend"], round, "take one `extend` away"));
      return chain;
    }
    const own: SettingsError[] = [];
    const base = readSettings(path, true, own);
    for (const error of own) {
      // What does not exist is a mistake in this file, what is broken one in the other.
      if (error.line !== null) errors.push(error);
      else
        errors.push(
          errorAt(current, ["extend"], `${extend} ${error.message}`, "name a TOML file, relative to this one"),
        );
    }
    if (base === null) return chain;
    if (base.data === undefined) {
      errors.push(errorAt(current, ["extend"], `${extend} has no [tool.holdfast]`, "add it there, or take this away"));
      return chain;
    }
    chain.unshift(base);
    current = base;
  }
}

/** An error about a key of a file; null: of the command line or the editor. */
export function errorAt(
  file: SettingsFile | null,
  key: readonly string[],
  message: string,
  remedy: string,
): SettingsError {
  const full = [...(file?.prefix ?? []), ...key];
  return {
    path: file?.path ?? null,
    line: file ? lineOf(file.text, full) : null,
    key: shownKey(full),
    message,
    remedy,
  };
}

/** A key as TOML writes it, entries of a list as `[0]`. */
export function shownKey(key: readonly string[]): string {
  return key
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : /^[\w-]+$/.test(part) ? `.${part}` : `.${JSON.stringify(part)}`))
    .join("")
    .replace(/^\./, "");
}

/** The line of a key, or of the nearest table above it that is written out. */
export function lineOf(text: string, key: readonly string[]): number | null {
  const paths = keyPathsOf(text);
  for (let length = key.length; length > 0; length--) {
    const found = paths.find(
      ({ path }) => path.length >= length && key.slice(0, length).every((part, i) => part === path[i]),
    );
    if (found) return found.line;
  }
  return null;
}

export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** The first line of the parser's message, without the code frame below it. */
export function tomlReason(error: TomlError): string {
  return error.message.split("\n", 1)[0]!.replace(/^Invalid TOML document:\s*/, "");
}
