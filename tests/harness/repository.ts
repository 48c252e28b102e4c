/** The built command line in a Git repository of its own for each test. */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { plainEnvironment } from "./environment.ts";
import { CLI, eachWithFolder, type Folder } from "./folder.ts";

/** Who commits, whatever the machine is set up for. */
const GIT_ENVIRONMENT = {
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.org",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

export interface Repository extends Folder {
  git(...args: string[]): string;
  /** Everything in the folder. */
  commit(): void;
  /** Lays files and makes them the first commit. */
  init(files: Readonly<Record<string, string>>): void;
  run(program: string, args: readonly string[], cwd?: string): SpawnSyncReturns<string>;
  check(...args: string[]): SpawnSyncReturns<string>;
  /** `file:line rule` of each finding that `holdfast check` reports. */
  places(...args: string[]): string[];
}

export function eachWithRepository(): Repository {
  const folder = eachWithFolder();
  const run: Repository["run"] = (program, args, cwd = folder.path) => {
    const clean = Object.entries(plainEnvironment()).filter(([name]) => !name.startsWith("GIT_"));
    const env = { ...Object.fromEntries(clean), ...GIT_ENVIRONMENT };
    return spawnSync(program, args, { cwd, encoding: "utf8", env });
  };
  const git: Repository["git"] = (...args) => {
    const { status, stdout, stderr } = run("git", args);
    assert.equal(status, 0, `git ${args.join(" ")}: ${stderr}`);
    return stdout;
  };
  const commit = (): void => {
    git("add", "-A");
    git("commit", "-qm", "change");
  };
  const check = (...args: string[]): SpawnSyncReturns<string> => {
    const outcome = run(process.execPath, [CLI, ...args]);
    assert.doesNotMatch(outcome.stderr, /^\s+at .*:\d+:\d+\)?$|internal error/m, "never a stack trace");
    return outcome;
  };
  return Object.assign(Object.create(folder) as Folder, {
    git,
    commit,
    run,
    check,
    init(files: Readonly<Record<string, string>>): void {
      folder.lay({ ".gitignore": ".holdfast-cache\n", ...files });
      git("init", "-q", "-b", "main");
      commit();
    },
    places(...args: string[]): string[] {
      const { stdout, stderr } = check("check", "--output-format", "json", ...args);
      assert.notEqual(stdout, "", stderr);
      const { diagnostics } = JSON.parse(stdout) as {
        diagnostics: { file: string; rule: string; range: { start: { line: number } } }[];
      };
      return diagnostics.map(({ file, rule, range }) => `${file}:${range.start.line} ${rule}`);
    },
  });
}
