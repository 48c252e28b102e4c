/**
 * `holdfast check --watch`: checks again whenever a Python file or settings change, until Ctrl-C.
 *
 * Each check is a whole one, made quick by the cache. Changes that come while one runs are checked after it; folders that are never checked do not count.
 */
import { relative } from "node:path";
import { slashed } from "../host/exclude.ts";
import { Watchers } from "../host/watchers.ts";
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
  const watchers = new Watchers((path) => {
    changed = path;
    wake();
  });
  signal.addEventListener("abort", () => wake());
  try {
    while (!signal.aborted) {
      const because = changed;
      changed = null;
      // Before the check: what changes while it runs is not missed.
      watchers.follow(targets);
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
    watchers.close();
  }
  return EXIT.clean;
}
