/** Programs run for their figures: to the end, with wall time, CPU time and memory at most. */
import { spawnSync } from "node:child_process";
import type { Time } from "./clock.ts";

export interface Run {
  readonly time: Time;
  /** Bytes at most; null where unknown. */
  readonly peak: number | null;
  readonly out: string;
}

/** Makes a Node program say at its end what it used, on stderr behind a mark. */
const MARK = "bench-used:";
const TELL = `process.on("exit", () => { const u = process.resourceUsage(); process.stderr.write(${JSON.stringify(MARK)} + JSON.stringify([(u.userCPUTime + u.systemCPUTime) / 1000, u.maxRSS * 1024]) + "\\n"); })`;
const HOOK = `data:text/javascript,${encodeURIComponent(TELL)}`;

/** Runs a Node program. Throws where it could not be run or printed nothing. */
export function runNode(args: readonly string[], cwd?: string): Run {
  const began = performance.now();
  const run = spawnSync(process.execPath, ["--import", HOOK, ...args], { cwd, encoding: "utf8", maxBuffer: 2 ** 30 });
  const wall = performance.now() - began;
  const told = run.stderr.split("\n").find((line) => line.startsWith(MARK));
  // What ends in an exception has usually said nothing before.
  if (!told || run.stdout === "") throw new Error(`${args.join(" ")} failed:\n${run.stderr.slice(-2000)}`);
  const [cpu, peak] = JSON.parse(told.slice(MARK.length)) as [number, number];
  return { time: { wall, cpu }, peak, out: run.stdout };
}

/** Runs any program; null where there is none of that name. Its CPU time is not known and given as its wall time. */
export function runProgram(name: string, args: readonly string[]): Run | null {
  const began = performance.now();
  const run = spawnSync(name, [...args], { encoding: "utf8", maxBuffer: 2 ** 30 });
  if (run.error) return null;
  const wall = performance.now() - began;
  return { time: { wall, cpu: wall }, peak: null, out: run.stdout };
}
