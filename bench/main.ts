/**
 * `npm run bench -- [FOLDER...]`: how fast Holdfast is and how much memory it takes, beside what it is meant to be. On a generated backend where no folder is named,
 * with its growth from a quarter to twice as many lines; on copies of the folders otherwise. No test, and no gate.
 *
 *   --lines N        length of the generated backend (160000)
 *   --json FILE      also writes all figures there
 *   --rounds N       runs of which the median is shown (3)
 *   --peers          also runs other tools, installed into a temporary folder; those on PATH run anyway
 *   --no-peers, --no-server, --no-growth, --no-profile   leave these out
 *   --generate DIR   writes the generated backend there, and measures nothing
 *   --composition    prints what the generated backend and the folders are made of, and measures nothing
 *
 * README.md in this folder says how to read the table.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bareParse } from "./bare-parse.ts";
import { hasWorkers, measureCommandLine, measureStart } from "./command-line.ts";
import { type Composition, compositionOf, compositionTable } from "./composition.ts";
import { corpusOf, writeCorpus } from "./corpus/index.ts";
import { growthTable, measureSize, type Size } from "./growth.ts";
import { installPeers, runPeers } from "./peers.ts";
import { SCRATCH } from "./processes.ts";
import { profileOf } from "./profile.ts";
import { isBusy, type ProjectFigures, parseTime, sectionsOf } from "./rows.ts";
import type { ServerFigures } from "./server.ts";
import { copyProject, pythonFiles, subjectIn } from "./subject.ts";
import { costTable, type Section, tableOf, verdictOf } from "./table.ts";

const ROOT = join(__dirname, "..");
const STARTS_PER_ROUND = 6;
const GROWTH = [0.25, 0.5, 1, 2];

interface Options {
  readonly rounds: number;
  readonly peers: boolean;
  readonly installed: boolean;
  readonly server: boolean;
  readonly profile: boolean;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      lines: { type: "string", default: "160000" },
      json: { type: "string" },
      rounds: { type: "string", default: "3" },
      peers: { type: "boolean" },
      server: { type: "boolean", default: true },
      growth: { type: "boolean", default: true },
      profile: { type: "boolean", default: true },
      generate: { type: "string" },
      composition: { type: "boolean" },
    },
  });
  const from = process.env.INIT_CWD ?? process.cwd();
  const folders = positionals.map((folder) => resolve(from, folder));
  const lines = Number(values.lines);
  if (values.generate !== undefined) return writeCorpus(resolve(from, values.generate), corpusOf(lines));
  if (values.composition) return console.log(compositions(lines, folders));
  const options: Options = {
    rounds: Number(values.rounds),
    peers: values.peers !== false,
    installed: values.peers === true,
    server: values.server,
    profile: values.profile,
  };
  if (options.installed) installPeers(say);
  say("start-up");
  const start = measureStart(options.rounds * STARTS_PER_ROUND);
  const projects: (ProjectFigures & { readonly sections: readonly Section[] })[] = [];
  for (const folder of folders.length > 0 ? folders : [null]) {
    const name = folder === null ? "generated" : basename(folder);
    const root = join(SCRATCH, "projects", name);
    if (folder === null) writeCorpus(root, corpusOf(lines));
    else copyProject(folder, root);
    const figures = await measure(name, root, options);
    const sections = sectionsOf(figures, start);
    projects.push({ ...figures, sections });
    console.log(`\n${name}: ${figures.files} files, ${figures.lines} lines, ${figures.commandLine.findings} findings`);
    console.log(`${tableOf(sections, parseTime(figures))}\n${verdictOf(sections)}`);
    if (figures.profile.length > 0) console.log(`\n${costTable(figures.profile)}`);
    warnIfBusy(figures);
  }
  const growth: Size[] = [];
  const [own] = projects;
  if (folders.length === 0 && values.growth && own)
    for (const factor of GROWTH) {
      const size = Math.round(lines * factor);
      const told = (what: string): void => say(`${size} lines, ${what}`);
      growth.push(factor === 1 ? own : measureSize(size, options.server ? server : null, told));
    }
  if (growth.length > 0) console.log(`\n${growthTable(growth)}`);
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, platform: process.platform };
  if (values.json)
    writeFileSync(resolve(from, values.json), `${JSON.stringify({ machine, start, projects, growth }, null, 2)}\n`);
}

async function measure(name: string, root: string, options: Options): Promise<ProjectFigures> {
  const told = (what: string): void => say(`${name}, ${what}`);
  const subject = subjectIn(root);
  told("bare parse");
  const native = await bareParse(root, "native", 1, options.rounds);
  const wasm = await bareParse(root, "wasm", 1, options.rounds);
  const two = await bareParse(root, "native", 2, options.rounds);
  const commandLine = measureCommandLine(subject, options.rounds, told);
  if (options.server) told("typing");
  const figures = options.server ? server(root, commandLine.foundIn) : null;
  if (options.profile) told("profile");
  const profile = options.profile ? profileOf(root, hasWorkers() ? ["--workers", "1"] : []) : [];
  if (options.peers) told("other tools");
  return {
    name,
    files: subject.files.length,
    lines: subject.lines,
    characters: subject.files.reduce((sum, { text }) => sum + text.length, 0),
    parse: { native, wasm, two },
    commandLine,
    server: figures,
    profile,
    peers: options.peers ? runPeers(root, pythonFiles(root), options.installed) : null,
  };
}

/** Runs the conversations with the server in a process of their own, and reads the JSON it prints last. */
function server(root: string, opened: string | null): ServerFigures {
  const args = ["--import", "tsx", join(__dirname, "server.ts"), root, ...(opened === null ? [] : [opened])];
  const run = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (run.status !== 0) throw new Error(`server.ts failed on ${root}:\n${run.stderr}`);
  return JSON.parse(run.stdout.trim().split("\n").at(-1)!) as ServerFigures;
}

function compositions(lines: number, folders: readonly string[]): string {
  const all: Record<string, Composition> = {};
  const generated = corpusOf(lines).filter(({ path }) => path.endsWith(".py"));
  all.generated = compositionOf(generated.map(({ path, text }) => [path, text] as const));
  for (const folder of folders)
    all[basename(folder)] = compositionOf(
      pythonFiles(folder).map((file) => [relative(folder, file), readFileSync(file, "utf8")] as const),
    );
  return compositionTable(all);
}

function warnIfBusy(figures: ProjectFigures): void {
  const time = parseTime(figures);
  if (time && isBusy(figures))
    console.log(
      `\nThis machine had other things to do (load ${loadavg()[0]!.toFixed(1)}): a parse that took ${Math.round(time.cpu)} ms of CPU took ${Math.round(time.wall)} ms. Wall times are too high; go by CPU, as the aims do here.`,
    );
}

function say(line: string): void {
  console.error(`bench: ${line}`);
}

void main();
