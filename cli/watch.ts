/**
 * `holdfast check --watch`: checks again whenever a Python file or settings change, until Ctrl-C.
 *
 * Each check is a whole one, made quick by the cache. Changes that come while one runs are checked after it; folders that are never checked do not count.
 */
import { type FSWatcher, watch } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { DEFAULT_EXCLUDES, slashed } from "../host/exclude.ts";
import { findPythonFiles, isPythonFile } from "../host/files.ts";
import { ROOT_FILE_LIMIT } from "../host/project.ts";
import { projectRootOf } from "../host/roots.ts";
import { SETTINGS_FILES } from "../host/settings.ts";
import { kindOf } from "../host/targets.ts";
import { EXIT, type ExitCode } from "./failure.ts";

/** Changes that come so soon after each other, in milliseconds, are one: a save is several events. */
const PAUSE = 150;

export interface WatchRequest {
  /** Absolute; the projects they belong to are watched, because a finding may come from any of their files. */
  readonly targets: readonly string[];
  /** Absolute working directory. */
  readonly cwd: string;
  /** Null where output goes to no terminal, which is never cleared. */
  readonly clear: (() => void) | null;
  /** Ends the watching. */
  readonly signal: AbortSignal;
  /** One check. What it throws is for `failed`. */
  check(): Promise<unknown>;
  failed(error: unknown): void;
  say(text: string): void;
}

/** Checks, and again after each change, until the signal. The answer is then 0: whoever watches asks no exit code. */
export async function watching(request: WatchRequest): Promise<ExitCode> {
  const { targets, cwd, clear, signal, check, failed, say } = request;
  let wake = (): void => {};
  let changed: string | null = null;
  const watchers = new Map<string, FSWatcher>();
  const onChange = (path: string): void => {
    if (!matters(path)) return;
    changed = path;
    wake();
  };
  signal.addEventListener("abort", () => wake());
  try {
    while (!signal.aborted) {
      const because = changed;
      changed = null;
      // Before the check: what changes while it runs is not missed.
      follow(targets, watchers, onChange);
      clear?.();
      if (because !== null) say(`${slashed(relative(cwd, because))} changed\n`);
      try {
        await check();
      } catch (error) {
        failed(error);
      }
      say("Watching for changes; Ctrl-C ends it.\n");
      while (changed === null && !signal.aborted) {
        await new Promise<void>((done) => {
          wake = done;
          if (changed !== null || signal.aborted) done();
        });
      }
      wake = () => {};
      if (!signal.aborted) await new Promise((done) => setTimeout(done, PAUSE));
    }
  } finally {
    for (const each of watchers.values()) each.close();
  }
  return EXIT.clean;
}

/**
 * Watches the folders with Python files and those above them, up to the root of the project: no others, because there may be very many. What cannot be
 * watched is not.
 */
function follow(targets: readonly string[], watchers: Map<string, FSWatcher>, onChange: (path: string) => void): void {
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
  for (const [folder, watcher] of watchers) {
    if (folders.has(folder)) continue;
    watcher.close();
    watchers.delete(folder);
  }
  for (const folder of folders) {
    if (watchers.has(folder)) continue;
    try {
      const watcher = watch(folder, (_, name) => name !== null && onChange(join(folder, name)));
      watchers.set(
        folder,
        watcher.on("error", () => watchers.delete(folder)),
      );
    } catch {
      // It has just gone, or the system has no watchers left.
    }
  }
}

/** Whether a change of a path can change findings. A folder may have come with files in it. */
function matters(path: string): boolean {
  const name = basename(path);
  if (isPythonFile(name) || name.endsWith(".pyi") || SETTINGS_FILES.includes(name)) return true;
  return !name.includes(".") && !DEFAULT_EXCLUDES.includes(name) && kindOf(path) !== "file";
}
