/** Programs run for their figures: to the end, with wall time, CPU time and memory at most. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Time } from "./clock.ts";

export interface Run {
  readonly time: Time;
  /** Bytes at most; null where unknown. */
  readonly peak: number | null;
  readonly out: string;
}

/** Makes a Node program say at its end what it used, threads included, on stderr behind a mark. */
const MARK = "bench-used:";
const TELL = `
if (require("node:worker_threads").isMainThread)
  process.on("exit", () => {
    const u = process.resourceUsage();
    process.stderr.write(${JSON.stringify(MARK)} + JSON.stringify([(u.userCPUTime + u.systemCPUTime) / 1000, u.maxRSS * 1024]) + "\\n");
  });
`;

/** A folder for what lives as long as the benchmark. */
export const SCRATCH = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
const HOOK = join(SCRATCH, "used.cjs");
writeFileSync(HOOK, TELL);
process.on("exit", () => rmSync(SCRATCH, { recursive: true, force: true }));

/** Runs a Node program. Throws where it could not be run or printed nothing. */
export function runNode(args: readonly string[], cwd?: string): Run {
  const began = performance.now();
  const run = spawnSync(process.execPath, ["--require", HOOK, ...args], { cwd, encoding: "utf8", maxBuffer: 2 ** 30 });
  const wall = performance.now() - began;
  const told = run.stderr.split("\n").find((line) => line.startsWith(MARK));
  // What ends in an exception has usually said nothing before.
  if (!told || run.stdout === "") throw new Error(`${args.join(" ")} failed:\n${run.stderr.slice(-2000)}`);
  const [cpu, peak] = JSON.parse(told.slice(MARK.length)) as [number, number];
  return { time: { wall, cpu }, peak, out: run.stdout };
}

/**
 * Runs Node programs in turn, as nothing but themselves, for what starting takes: of each the least wall time, which is what is left where others leave the machine alone,
 * and CPU time on average.
 */
export function startUps(programs: readonly (readonly string[])[], times: number): readonly Time[] {
  const walls = programs.map((): number[] => []);
  const cpus = programs.map(() => 0);
  for (let round = 0; round < times; round++)
    for (const [i, args] of programs.entries()) {
      const before = cpuOfChildren();
      const began = performance.now();
      spawnSync(process.execPath, [...args], { stdio: "ignore" });
      const wall = performance.now() - began;
      walls[i]!.push(wall);
      cpus[i]! += before === null ? wall : cpuOfChildren()! - before;
    }
  return walls.map((each, i) => ({ wall: Math.min(...each), cpu: cpus[i]! / times }));
}

/** Runs any program; null where there is none of that name or it does not end within `limit` seconds. */
export function runProgram(
  name: string,
  args: readonly string[],
  limit: number,
  cwd?: string,
): Run | "too slow" | null {
  const before = cpuOfChildren();
  const began = performance.now();
  const run: SpawnSyncReturns<string> = spawnSync(name, [...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    timeout: limit * 1000,
  });
  const wall = performance.now() - began;
  if (run.error) return (run.error as NodeJS.ErrnoException).code === "ETIMEDOUT" ? "too slow" : null;
  return { time: { wall, cpu: before === null ? wall : cpuOfChildren()! - before }, peak: null, out: run.stdout };
}

/** Milliseconds of CPU that processes started from here have used and ended; null where the system does not tell. */
function cpuOfChildren(): number | null {
  const fields = statOf("self");
  return fields === null ? null : (fields[13]! + fields[14]!) * 10;
}

/** Milliseconds of CPU a process has used; zero where the system does not tell. */
export function cpuOf(pid: number): number {
  const fields = statOf(String(pid));
  // In hundredths of a second on every Linux that Node runs on.
  return fields === null ? 0 : (fields[11]! + fields[12]!) * 10;
}

/** A Node program that leaves in a file, before each thing it says, the CPU time it has used: what it did until then can be told apart from what it does afterwards. */
export interface Metered {
  /** Arguments for Node, before those of the program. */
  readonly flags: readonly string[];
  /** Milliseconds of CPU, on all threads, up to what was said last. */
  cpu(): number;
}

export function metered(): Metered {
  const file = join(SCRATCH, "meter");
  const hook = join(SCRATCH, "meter.cjs");
  writeFileSync(file, Buffer.alloc(8));
  writeFileSync(hook, METER.replace("FILE", JSON.stringify(file)));
  return { flags: ["--require", hook], cpu: () => readFileSync(file).readDoubleLE() };
}

const METER = `
const { openSync, writeSync } = require("node:fs");
const file = openSync(FILE, "r+");
const reading = Buffer.alloc(8);
const write = process.stdout.write;
process.stdout.write = function (...args) {
  const { user, system } = process.cpuUsage();
  reading.writeDoubleLE((user + system) / 1000);
  writeSync(file, reading, 0, 8, 0);
  return write.apply(this, args);
};
`;

/** Bytes a process occupies now and has at most; null where the system does not tell. */
export function memoryOf(pid: number): readonly [rss: number | null, peak: number | null] {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return [null, null];
  const status = readFileSync(file, "utf8");
  const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0) * 1024;
  return [bytes("VmRSS"), bytes("VmHWM")];
}

/** What follows the name of the program in `/proc/<pid>/stat`. */
function statOf(pid: string): readonly number[] | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  return readFileSync(file, "utf8").split(") ").at(-1)!.split(" ").map(Number);
}
