/**
 * Tells when a file of a project changes that can change findings.
 *
 * Watches the folders with Python files and those above them, up to the root of the project: no others, because there may be very many. What cannot be
 * watched is not.
 */
import { type FSWatcher, watch } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DEFAULT_EXCLUDES } from "./exclude.ts";
import { findPythonFiles, isPythonFile } from "./files.ts";
import { ROOT_FILE_LIMIT } from "./project.ts";
import { projectRootOf } from "./roots.ts";
import { SETTINGS_FILES } from "./settings.ts";
import { kindOf } from "./targets.ts";

export class Watchers {
  private readonly watchers = new Map<string, FSWatcher>();
  private readonly onChange: (path: string) => void;

  /** `onChange` is called with the absolute path, several times for one save. */
  constructor(onChange: (path: string) => void) {
    this.onChange = onChange;
  }

  /** Watches the projects of `targets` (absolute, existing) as they are now, and nothing else. */
  follow(targets: readonly string[]): void {
    const folders = new Set<string>();
    for (const root of new Set(targets.map((target) => projectRootOf(target)))) {
      const top = kindOf(root) === "folder" ? root : dirname(root);
      folders.add(top);
      for (const file of findPythonFiles(top, { exclude: [], limit: ROOT_FILE_LIMIT }).files) {
        for (let folder = dirname(file); folder.length > top.length && !folders.has(folder); folder = dirname(folder)) {
          folders.add(folder);
        }
      }
    }
    for (const [folder, watcher] of this.watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.watchers.delete(folder);
    }
    for (const folder of folders) {
      if (this.watchers.has(folder)) continue;
      try {
        const watcher = watch(folder, (_, name) => name !== null && this.changed(join(folder, name)));
        this.watchers.set(
          folder,
          watcher.on("error", () => this.watchers.delete(folder)),
        );
      } catch {
        // It has just gone, or the system has no watchers left.
      }
    }
  }

  close(): void {
    for (const each of this.watchers.values()) each.close();
    this.watchers.clear();
  }

  private changed(path: string): void {
    if (matters(path)) this.onChange(path);
  }
}

/** Whether a change of a path can change findings. A folder may have come with files in it. */
function matters(path: string): boolean {
  const name = basename(path);
  if (isPythonFile(name) || name.endsWith(".pyi") || SETTINGS_FILES.includes(name)) return true;
  return !name.includes(".") && !DEFAULT_EXCLUDES.includes(name) && kindOf(path) !== "file";
}
