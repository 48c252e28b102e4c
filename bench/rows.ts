/** Which figures the table shows of one project, and which aims stand beside them. */
import type { Parsed } from "./bare-parse.ts";
import { median, type Time } from "./clock.ts";
import type { CommandLineFigures, Measured, StartFigures } from "./command-line.ts";
import { LIMIT_SECONDS, type PeerFigures } from "./peers.ts";
import type { Cost } from "./profile.ts";
import type { ServerFigures } from "./server.ts";
import { type Aim, type Row, type Section, short } from "./table.ts";
import type { Latency } from "./typist.ts";

export interface ProjectFigures {
  readonly name: string;
  readonly files: number;
  readonly lines: number;
  readonly characters: number;
  readonly parse: { readonly native: Parsed | null; readonly wasm: Parsed | null; readonly two: Parsed | null };
  readonly commandLine: CommandLineFigures;
  readonly server: ServerFigures | null;
  readonly profile: readonly Cost[];
  readonly peers: PeerFigures | null;
}

/** Aims about size are meant for a project of so many lines. */
const AIMED_LINES = 150_000;

export function sectionsOf(figures: ProjectFigures, start: StartFigures): readonly Section[] {
  const { commandLine, server, peers } = figures;
  return [
    { title: "tree-sitter alone", rows: parseRows(figures) },
    { title: "holdfast check", rows: commandLineRows(commandLine, figures) },
    { title: "start-up", rows: startRows(start, isBusy(figures)) },
    ...(server
      ? [
          {
            title: `language server (a file of ${server.largeLines} lines; helper: ${server.hub})`,
            rows: serverRows(server, figures),
          },
        ]
      : []),
    ...(peers ? [{ title: "other tools", rows: peerRows(peers) }] : []),
  ];
}

/** The bare parse that ratios are to: that of the parser the command line uses here. */
export function parseTime({ parse }: ProjectFigures): Time | null {
  const parsed = parse.native ?? parse.wasm;
  return parsed && median(parsed.times);
}

/** A parse in one thread waits for nothing: where it took longer than its CPU time, others were at work. */
export function isBusy(figures: ProjectFigures): boolean {
  const time = parseTime(figures);
  return time !== null && time.wall > time.cpu * BUSY;
}

const BUSY = 1.15;

function parseRows({ parse }: ProjectFigures): readonly Row[] {
  const row = (name: string, parsed: Parsed | null): Row =>
    parsed ? { name, ...median(parsed.times), peak: parsed.peak } : { name, note: "does not run here" };
  return [
    row("native, one thread", parse.native),
    row("WebAssembly, one thread", parse.wasm),
    row("native, two at once", parse.two),
  ];
}

function commandLineRows(line: CommandLineFigures, figures: ProjectFigures): readonly Row[] {
  const { cold, first, unchanged, leafChanged, hubChanged } = line;
  const parsed = figures.parse.native ?? figures.parse.wasm;
  const wallOfParse = parsed && Math.min(...parsed.times.map(({ wall }) => wall));
  const ruff = figures.peers?.tools.find(
    ({ name, run }) => name.startsWith("ruff,") && run !== null && run !== "too slow",
  );
  const row = (name: string, measured: Measured): Row => ({ name, ...measured.time, peak: measured.peak });
  const against = (name: string, measured: Measured, limit: number): Row => ({
    ...row(name, measured),
    aim: { unit: "× cold", value: measured.time.cpu / cold.one.time.cpu, limit },
  });
  const ruffRows: readonly Row[] =
    ruff && ruff.run !== null && ruff.run !== "too slow"
      ? [
          {
            name: "cold, against ruff, CPU",
            aim: { unit: "× ruff", value: (cold.two ?? cold.one).time.cpu / ruff.run.time.cpu, limit: 5 },
          },
        ]
      : [];
  return [
    row("cold, one worker", cold.one),
    cold.two && wallOfParse
      ? { ...row("cold, two workers", cold.two), aim: { ...twoWorkers(cold.two, wallOfParse, figures), limit: 0.7 } }
      : { name: "cold, two workers", note: "this command line has no --workers" },
    ...ruffRows,
    row("cold, leaving a cache", first),
    against("warm, nothing changed", unchanged, 0.1),
    against("warm, one file changed", leafChanged, 0.15),
    against("warm, a widely used helper changed", hubChanged, 0.15),
  ];
}

/** Against a bare parse in one thread; where others hold the machine up, as if both workers were at work all the time. */
function twoWorkers({ best, time }: Measured, wallOfParse: number, figures: ProjectFigures): Omit<Aim, "limit"> {
  const parse = parseTime(figures);
  if (parse && isBusy(figures)) return { unit: "× parse, CPU ÷ 2", value: time.cpu / 2 / parse.cpu };
  return { unit: "× parse, wall", value: best.wall / wallOfParse };
}

function startRows({ node, version, check }: StartFigures, busy: boolean): readonly Row[] {
  const clock = busy ? "cpu" : "wall";
  return [
    { name: "node -e 0", ...node },
    { name: "holdfast --version", ...version },
    {
      name: "holdfast check of one small file",
      ...check,
      aim: { unit: busy ? "× node, CPU" : "× node", value: check[clock] / node[clock], limit: 2.5 },
    },
  ];
}

function serverRows(
  { ready, opening, roundTrip, typing, memory }: ServerFigures,
  figures: ProjectFigures,
): readonly Row[] {
  const { lines } = figures;
  const isAimed = lines >= AIMED_LINES * 0.9 && lines <= AIMED_LINES * 1.3;
  const first = opening.finding ?? opening.answer;
  const judged = isBusy(figures) ? { unit: "ms CPU", value: opening.cpu } : { unit: "ms", value: first };
  return [
    { name: "until all files are known", ...ready, peak: memory.ready },
    {
      name: `file opened meanwhile: first ${opening.finding === null ? "answer (it has no findings)" : `of ${opening.expected} findings`}`,
      wall: first,
      cpu: opening.cpu,
      aim: { ...judged, limit: 300 },
    },
    { name: "the same, from the start of the server", wall: opening.greeted + first },
    { name: "request that does nothing, p50", wall: roundTrip.p50, ...(roundTrip.cpu && { cpu: roundTrip.cpu.p50 }) },
    ...Object.entries(typing).flatMap(([what, latency]) => latencyRows(what, latency, isBusy(figures))),
    {
      name: "memory when all files are known and after typing",
      peak: memory.after,
      ...(isAimed && memory.ready !== null
        ? { aim: { unit: "MB", value: Math.max(memory.ready, memory.after ?? 0) / 1e6, limit: 200 } }
        : {}),
    },
    { name: "memory after a pause of five seconds", peak: memory.atRest },
    { name: "most memory at any time", peak: memory.peak },
  ];
}

function latencyRows(what: string, { p50, p95, max, cpu }: Latency, isBusy: boolean): readonly Row[] {
  const isBody = what.startsWith("a body");
  // Where others hold the machine up, what the server itself did is nearer to what it would take.
  const judged = isBusy && cpu ? cpu : { p50, p95 };
  const unit = isBusy && cpu ? "ms CPU" : "ms";
  return [
    {
      name: `key in ${what}, p50`,
      wall: p50,
      ...(cpu && { cpu: cpu.p50 }),
      ...(isBody && { aim: { unit, value: judged.p50, limit: 3 } }),
    },
    {
      name: `key in ${what}, p95 (max ${short(max)})`,
      wall: p95,
      ...(cpu && { cpu: cpu.p95 }),
      aim: { unit, value: judged.p95, limit: isBody ? 10 : 50 },
    },
  ];
}

function peerRows(peers: PeerFigures): readonly Row[] {
  const keys = peers.servers.map(
    ({ name, latency }): Row =>
      latency === null
        ? { name: `${name}: key in a body`, note: "does not answer" }
        : {
            name: `${name}: key in a body, p50 (p95 ${short(latency.p95)}, max ${short(latency.max)})`,
            wall: latency.p50,
          },
  );
  return [...peers.tools.map(toolRow), ...keys];
}

function toolRow({ name, run }: PeerFigures["tools"][number]): Row {
  if (run === null) return { name, note: "not here" };
  if (run === "too slow") return { name, note: `not done after ${LIMIT_SECONDS} s` };
  return { name, ...run.time, peak: run.peak };
}
