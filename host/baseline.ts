/** Baseline files on disk. */
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type BaselineProblem, formatBaseline, type Known, parseBaseline } from "../lint/baseline.ts";
import { gitTopLevel, slashed } from "./exclude.ts";
import { reasonOf } from "./files.ts";
import { replaceFile } from "./replace.ts";
import type { LoadedSettings } from "./settings.ts";
import { kindOf } from "./targets.ts";

/** The name of the file where none is named. */
export const BASELINE_FILE = "holdfast-baseline.txt";

/** The nearest baseline file (absolute) at or above a project's root, not above the Git top level; null where there is none. */
export function findBaseline(root: string): string | null {
  const top = gitTopLevel(root) ?? root;
  for (let folder = root; ; folder = dirname(folder)) {
    const file = join(folder, BASELINE_FILE);
    if (kindOf(file) === "file") return file;
    if (folder === top || dirname(folder) === folder) return null;
  }
}

/** The baseline file (absolute) a project reads, whether it is there or not: the one its settings name, else the nearest. */
export function baselineOf(root: string, settings: Pick<LoadedSettings, "base" | "baseline">): string | null {
  return settings.baseline === null ? findBaseline(root) : resolve(settings.base, settings.baseline);
}

export interface BaselineFile {
  /** Absolute. */
  readonly path: string;
  /** Of files below the project's root, by their path from there. */
  readonly known: readonly Known[];
  /** Of other projects, as they stand in the file. */
  readonly elsewhere: readonly Known[];
  readonly problems: readonly BaselineProblem[];
}

/** Reads a baseline file (absolute) for a project. Throws the system's error where it cannot be read. */
export function readBaseline(path: string, root: string): BaselineFile {
  const { known, problems } = parseBaseline(readFileSync(path, "utf8"));
  const all = known.map((entry) => ({ entry, file: slashed(relative(root, resolve(dirname(path), entry.file))) }));
  const isOwn = (file: string): boolean => !file.startsWith("../");
  return {
    path,
    known: all.filter(({ file }) => isOwn(file)).map(({ entry, file }) => ({ ...entry, file })),
    elsewhere: all.filter(({ file }) => !isOwn(file)).map(({ entry }) => entry),
    problems,
  };
}

/** What a baseline file (absolute path) says: what is known in a project, by paths from its root, and what the file says of others. */
export function baselineText(
  path: string,
  root: string,
  known: readonly Known[],
  elsewhere: readonly Known[] = [],
): string {
  const own = known.map((entry) => ({ ...entry, file: slashed(relative(dirname(path), join(root, entry.file))) }));
  return formatBaseline([...own, ...elsewhere]);
}

/**
 * Writes a baseline file: what is known in a project, by paths from its root, and what the file says of others. In one step, so that nobody ever sees half of it; not at
 * all where it says so already. Null where it went well, else what stood in the way.
 */
export function writeBaseline(
  path: string,
  root: string,
  known: readonly Known[],
  elsewhere: readonly Known[],
): string | null {
  const text = baselineText(path, root, known, elsewhere);
  try {
    if (kindOf(path) === "file" && readFileSync(path, "utf8").replaceAll("\r\n", "\n") === text) return null;
    replaceFile(path, text);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}
