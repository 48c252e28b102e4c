/**
 * `npm run bench -- [FOLDER...]`: how fast Holdfast is on these checkouts, and how much memory it takes; on the sample where none is named. No test, and no gate.
 *
 *   --json FILE    also writes all figures there
 *   --peers        also runs other tools, installed into a temporary folder
 *   --rounds N     full checks of which the median is shown (3)
 *   --no-server    leaves the language server out
 *
 * README.md in this folder says how to read the table.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findPythonFiles } from "../host/files.ts";
import { excludesOf, loadSettings } from "../host/settings.ts";
import { rules } from "../rules/index.ts";
import { median, type Time } from "./clock.ts";
import type { EngineFigures } from "./engine.ts";
import { installPeers, type Peers } from "./peers.ts";
import { type Run, runNode } from "./processes.ts";
import type { ServerFigures } from "./server.ts";

const ROOT = join(__dirname, "..");

interface Figures {
  readonly folder: string;
  readonly startUp: Time;
  /** The command line from start to end, in a fresh process. */
  readonly check: Time;
  readonly peak: number;
  readonly engine: EngineFigures;
  readonly server: ServerFigures | null;
  readonly peers: Readonly<Record<string, Run | null>>;
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "string" },
      peers: { type: "boolean" },
      rounds: { type: "string", default: "3" },
      "no-server": { type: "boolean" },
    },
  });
  const from = process.env.INIT_CWD ?? process.cwd();
  const folders = positionals.map((folder) => resolve(from, folder));
  if (folders.length === 0) folders.push(join(ROOT, "test-fixtures", "sample"));
  const peers = values.peers ? installPeers(say) : null;
  try {
    const all = folders.map((folder) => measure(folder, Number(values.rounds), values["no-server"] !== true, peers));
    for (const figures of all) console.log(table(figures));
    const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, platform: process.platform };
    if (values.json)
      writeFileSync(resolve(from, values.json), `${JSON.stringify({ machine, projects: all }, null, 2)}\n`);
  } finally {
    peers?.remove();
  }
}

function measure(folder: string, rounds: number, withServer: boolean, peers: Peers | null): Figures {
  const cli = join(ROOT, "dist", "cli.js");
  say(`${folder}: checking ${rounds} times`);
  const starts = Array.from({ length: rounds }, () => runNode([cli, "--version"]));
  const checks = Array.from({ length: rounds }, () => runNode([cli, "check", "--output-format", "json", folder]));
  say(`${folder}: phases and edits`);
  const engine = child<EngineFigures>("engine.ts", folder, ["--expose-gc"]);
  if (withServer) say(`${folder}: typing`);
  const server = withServer ? child<ServerFigures>("server.ts", folder, []) : null;
  if (peers) say(`${folder}: other tools`);
  return {
    folder,
    startUp: median(starts.map((run) => run.time)),
    check: median(checks.map((run) => run.time)),
    peak: Math.max(...checks.map((run) => run.peak ?? 0)),
    engine,
    server,
    peers: peers?.run(folder, pythonFiles(folder)) ?? {},
  };
}

function pythonFiles(root: string): readonly string[] {
  const settings = loadSettings({ rules, root, file: null, overrides: {} });
  return findPythonFiles(root, { exclude: excludesOf(settings) }).files;
}

/** Runs a file of this folder in a process of its own and reads the JSON it prints last. */
function child<T>(file: string, folder: string, flags: readonly string[]): T {
  const args = [...flags, "--import", "tsx", join(__dirname, file), folder];
  const run = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (run.status !== 0) throw new Error(`${file} failed on ${folder}:\n${run.stderr}`);
  return JSON.parse(run.stdout.trim().split("\n").at(-1)!) as T;
}

function table(figures: Figures): string {
  const { engine, server } = figures;
  const unit = engine.parse.cpu;
  const rows: string[][] = [["", "wall ms", "CPU ms", "× parse"]];
  const add = (name: string, { wall, cpu }: Time): void => {
    rows.push([name, ms(wall), ms(cpu), (cpu / unit).toFixed(2)]);
  };
  add("bare parse of all files", engine.parse);
  add("holdfast --version", figures.startUp);
  add("holdfast check, cold", figures.check);
  for (const [name, time] of Object.entries(engine.phases)) add(`  ${name}`, time);
  for (const [name, { p50, p95, computed }] of Object.entries(engine.edits)) {
    add(`edit of a ${name}, p50`, p50);
    add(`  p95 (${computed} values anew)`, p95);
  }
  if (server) {
    add("server until ready", server.ready);
    for (const [name, { lines, p50, p95 }] of Object.entries(server.typing)) {
      rows.push([`key in ${name} (${lines} lines), p50`, ms(p50), "", ""]);
      rows.push(["  p95", ms(p95), "", ""]);
    }
  }
  for (const [name, run] of Object.entries(figures.peers)) if (run) add(name, run.time);
  const memory: [string, number | null][] = [
    ["heap before any file", engine.memory.before],
    ["heap with all files checked", engine.memory.after],
    ["most memory of holdfast check", figures.peak],
    ["memory of the server after typing", server?.rss ?? null],
    ["most memory of the server", server?.peak ?? null],
  ];
  for (const [name, bytes] of memory) if (bytes !== null) rows.push([name, `${Math.round(bytes / 1e6)} MB`, "", ""]);
  const width = Math.max(...rows.map(([name]) => name!.length));
  const lines = rows.map(
    ([name, ...cells]) => `${name!.padEnd(width)}${cells.map((cell) => cell.padStart(10)).join("")}`,
  );
  const size = `${engine.files} files, ${engine.lines} lines, ${engine.findings} findings`;
  return `\n${basename(figures.folder)} (${size})\n${lines.join("\n")}`;
}

function ms(time: number): string {
  return time < 10 ? time.toFixed(1) : String(Math.round(time));
}

function say(line: string): void {
  console.error(`bench: ${line}`);
}

main();
