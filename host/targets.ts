/** What people name to be checked. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { extname } from "node:path";
import type { ExcludeGlobs } from "./exclude.ts";
import { findPythonFiles, isPythonFile, type Notice } from "./files.ts";

/** What stands at a path; null where nothing does, or nobody may look. */
export function kindOf(path: string): "file" | "folder" | null {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return null;
  }
}

/** The Python files that targets (absolute, existing, of the project at `root`) mean: named files are taken as they are, folders are searched. */
export function filesOf(
  targets: readonly string[],
  exclude: readonly ExcludeGlobs[],
  root: string,
): { readonly files: readonly string[]; readonly notices: readonly Notice[] } {
  const files = new Set<string>();
  const notices: Notice[] = [];
  for (const target of targets) {
    if (kindOf(target) === "folder") {
      const found = findPythonFiles(target, { exclude, root });
      for (const file of found.files) files.add(file);
      notices.push(...found.notices);
      if (found.files.length === 0) {
        notices.push({
          path: target,
          message: "no Python files found here (ignored files do not count)",
          skipped: false,
        });
      }
    } else if (looksLikePython(target)) files.add(target);
    else notices.push({ path: target, message: "not checked: it is not a Python file", skipped: true });
  }
  // A file that was named by two paths is one file.
  const byPlace = new Map([...files].sort().map((file) => [realpathSync(file), file]));
  return { files: [...byPlace.values()], notices };
}

/** By its name, or, for a script without one that tells, by its first line. */
function looksLikePython(file: string): boolean {
  if (isPythonFile(file) || file.endsWith(".pyi")) return true;
  if (extname(file) !== "") return false;
  try {
    return /^#!.*\bpython/.test(readFileSync(file, "latin1").slice(0, 100));
  } catch {
    return false;
  }
}
