/** A folder of its own for each test, and the built command line in it. */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { plainEnvironment } from "./environment.ts";
import { ROOT } from "./fixture.ts";

export const CLI = join(ROOT, "dist", "cli.js");

export interface Folder {
  /** Absolute; only within a test. */
  readonly path: string;
  lay(files: Readonly<Record<string, string | Uint8Array>>): void;
  read(name: string): string;
  holdfast(args: readonly string[], env?: Readonly<Record<string, string>>, below?: string): SpawnSyncReturns<string>;
}

/** Makes the folder before each test of the surrounding `describe`, and takes it away after it. */
export function eachWithFolder(): Folder {
  let path = "";
  beforeEach(() => {
    path = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-test-")));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));
  return {
    get path() {
      return path;
    },
    lay(files) {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), content);
      }
    },
    read: (name) => readFileSync(join(path, name), "utf8"),
    holdfast(args, env = {}, below = "") {
      const run = spawnSync(process.execPath, [CLI, ...args], {
        cwd: join(path, below),
        encoding: "utf8",
        env: { ...plainEnvironment(), ...env },
        maxBuffer: 64 * 1024 * 1024,
      });
      assert.doesNotMatch(run.stderr, /^\s+at .*:\d+:\d+\)?$/m, "never a stack trace");
      return run;
    },
  };
}
