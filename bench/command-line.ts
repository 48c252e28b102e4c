/** What runs of the built command line cost on one project: without anything kept, with everything kept, and with one file changed since. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { COMMAND_LINE } from "../tests/harness-lsp.ts";
import { median, type Time } from "./clock.ts";
import { editBody, WAITS } from "./edits.ts";
import { type Run, runNode, SCRATCH, startUps } from "./processes.ts";
import type { Subject } from "./subject.ts";

export interface Measured {
  /** Median of the rounds. */
  readonly time: Time;
  /** The round with the least wall time: what the machine can do when others leave it alone. */
  readonly best: Time;
  /** Bytes at most, in any round. */
  readonly peak: number;
}

export interface CommandLineFigures {
  readonly findings: number;
  /** A file with findings, relative to the project: if there is one, with one that another file is part of. Null where nothing is found. */
  readonly foundIn: string | null;
  /** Nothing read from earlier runs and nothing left, by number of workers; null where the command line has no such option. */
  readonly cold: { readonly one: Measured; readonly two: Measured | null };
  /** The first run that leaves a cache. */
  readonly first: Measured;
  readonly unchanged: Measured;
  readonly leafChanged: Measured;
  readonly hubChanged: Measured;
  readonly cacheBytes: number;
}

interface Found {
  readonly file: string;
  readonly related: readonly { readonly file: string }[];
}

/** Starting to the end: Node itself, `--version`, and a check of one small file. */
export interface StartFigures {
  readonly node: Time;
  readonly version: Time;
  readonly check: Time;
}

/** `subject` has to be a copy: its files are edited, and put back. */
export function measureCommandLine(subject: Subject, rounds: number, say: (what: string) => void): CommandLineFigures {
  const { root, leaf, hub } = subject;
  const check = (...options: readonly string[]): Run =>
    runNode([COMMAND_LINE, "check", "--output-format", "json", ...options, root]);
  const workers = hasWorkers();
  say("cold");
  let found: readonly Found[] = [];
  const one = over(rounds, () => {
    const run = check("--no-cache", ...(workers ? ["--workers", "1"] : []));
    found = (JSON.parse(run.out) as { diagnostics: readonly Found[] }).diagnostics;
    return run;
  });
  const two = workers ? over(rounds, () => check("--no-cache", "--workers", "2")) : null;
  say("warm");
  const cache = join(SCRATCH, "cache");
  const kept = join(SCRATCH, "cache-kept");
  const warm = (): Run => check("--cache-dir", cache, ...(workers ? ["--workers", "1"] : []));
  for (const folder of [cache, kept]) rmSync(folder, { recursive: true, force: true });
  const first = over(1, warm);
  cpSync(cache, kept, { recursive: true });
  const unchanged = over(rounds, warm);
  const changed = (path: string, edit: (text: string) => string): Measured => {
    const file = join(root, path);
    const text = readFileSync(file, "utf8");
    try {
      writeFileSync(file, edit(text));
      return over(rounds, () => {
        rmSync(cache, { recursive: true, force: true });
        cpSync(kept, cache, { recursive: true });
        return warm();
      });
    } finally {
      writeFileSync(file, text);
    }
  };
  return {
    findings: found.length,
    foundIn: fileWithFindings(found, root),
    cold: { one, two },
    first,
    unchanged,
    leafChanged: changed(leaf.path, (text) => editBody(text)!),
    hubChanged: changed(hub.file.path, (text) => editBody(text, WAITS, hub.name) ?? editBody(text)!),
    cacheBytes: bytesIn(kept),
  };
}

function fileWithFindings(found: readonly Found[], root: string): string | null {
  const through = found.find(({ file, related }) => related.some((hop) => hop.file !== file));
  const chosen = through ?? found[0];
  return chosen ? relative(root, resolve(chosen.file)).split("\\").join("/") : null;
}

export function measureStart(times: number): StartFigures {
  const file = join(SCRATCH, "small", "small.py");
  mkdirSync(join(SCRATCH, "small"), { recursive: true });
  writeFileSync(file, "import time\n\n\nasync def handler():\n    time.sleep(1)\n");
  const programs = [
    ["-e", "0"],
    [COMMAND_LINE, "--version"],
    [COMMAND_LINE, "check", "--no-cache", file],
  ];
  startUps(programs, 1);
  const [node, version, check] = startUps(programs, times);
  return { node: node!, version: version!, check: check! };
}

export function hasWorkers(): boolean {
  return runNode([COMMAND_LINE, "check", "--help"]).out.includes("--workers");
}

export function over(rounds: number, work: () => Run): Measured {
  const runs = Array.from({ length: rounds }, work);
  const times = runs.map(({ time }) => time);
  const best = times.reduce((least, time) => (time.wall < least.wall ? time : least));
  return { time: median(times), best, peak: Math.max(...runs.map(({ peak }) => peak ?? 0)) };
}

function bytesIn(folder: string): number {
  return filesBelow(folder).reduce((sum, file) => sum + statSync(file).size, 0);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
