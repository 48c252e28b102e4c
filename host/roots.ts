/** Where a project begins, and from which of its folders Python imports. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parse } from "smol-toml";
import { slashed } from "./exclude.ts";
import { homeFolder } from "./home.ts";
import { readText } from "./settings.ts";

/** Files and folders that stand where a project begins. */
const PROJECT_MARKERS = ["pyproject.toml", "holdfast.toml", "setup.cfg", "setup.py", "manage.py", ".git"];

/**
 * The folder of the project a path (absolute, existing) belongs to: the nearest one upward that holds a marker, else the path itself, or its folder.
 * The home folder and the root of the disk never count for what stands deeper: what lies there by accident would pull everything in.
 */
export function projectRootOf(path: string): string {
  const start = statSync(path).isDirectory() ? path : dirname(path);
  const home = homeFolder();
  for (let folder = start; ; ) {
    if (isProject(folder)) return folder;
    const parent = dirname(folder);
    if (parent === folder || parent === home || parent === dirname(parent)) return start;
    folder = parent;
  }
}

/** Whether a project begins in a folder (absolute). */
export function isProject(folder: string): boolean {
  return PROJECT_MARKERS.some((marker) => existsSync(join(folder, marker)));
}

/**
 * Source roots of a project, relative to `root`, forward slashes: the root itself, `src`, those declared in the settings (absolute `declared`) and in
 * `pyproject.toml`, and each folder below with project files of its own (a repository with `backend/pyproject.toml` imports from `backend`).
 */
export function sourceRootsOf(root: string, files: readonly string[], declared: readonly string[]): readonly string[] {
  const roots = new Set<string>(["", "src"]);
  const add = (folder: string): void => {
    const path = slashed(relative(root, folder));
    if (!path.startsWith("..")) roots.add(path);
  };
  for (const folder of declared) add(folder);
  for (const folder of [root, ...foldersAbove(files, root)]) {
    const names = namesIn(folder);
    if (!["pyproject.toml", "setup.py", "setup.cfg", "manage.py"].some((marker) => names.has(marker))) continue;
    add(folder);
    if (names.has("src")) add(join(folder, "src"));
    if (names.has("pyproject.toml")) for (const each of declaredInPyproject(folder)) add(join(folder, each));
  }
  return [...roots];
}

/** Folders between the root (not included) and the files, each once. */
function foldersAbove(files: readonly string[], root: string): readonly string[] {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(file); folder.length > root.length && !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder);
    }
  }
  return [...folders];
}

function namesIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder));
  } catch {
    return new Set();
  }
}

/** `[tool.setuptools.packages.find] where` and the `from` of Poetry's packages. A file that cannot be read declares nothing. */
function declaredInPyproject(folder: string): readonly string[] {
  let data: unknown;
  try {
    data = parse(readText(join(folder, "pyproject.toml")));
  } catch {
    return [];
  }
  const where = at(data, "tool", "setuptools", "packages", "find", "where");
  const packages = at(data, "tool", "poetry", "packages");
  const found = [
    ...(Array.isArray(where) ? where : []),
    ...(Array.isArray(packages) ? packages.map((each) => at(each, "from")) : []),
  ];
  return found.filter((each): each is string => typeof each === "string");
}

function at(data: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) => (value !== null && typeof value === "object" ? (value as Record<string, unknown>)[key] : undefined),
    data,
  );
}
