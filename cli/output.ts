/**
 * Where reports go: `--output FORMAT` prints, `--output FORMAT=FILE` writes, as often as wanted; `--output-format FORMAT` is the short way to say the
 * first. One report at most is printed. Where none is asked for, findings are printed for people anyway, so that a log always says why a check failed.
 */
import { relative, resolve, sep } from "node:path";
import { slashed } from "../host/exclude.ts";
import { appendReport, obstacleTo, sizeOf, writeReport } from "../host/output-file.ts";
import type { Rule } from "../lint/rule.ts";
import { runByAgent } from "./agents.ts";
import { UsageError } from "./failure.ts";
import { formatAgent } from "./formats/agent.ts";
import { formatAzure } from "./formats/azure.ts";
import { formatCheckstyle } from "./formats/checkstyle.ts";
import { formatConcise } from "./formats/concise.ts";
import { formatFull } from "./formats/full.ts";
import { formatGithub } from "./formats/github.ts";
import { githubSummary } from "./formats/github-summary.ts";
import { formatGitlab } from "./formats/gitlab.ts";
import { formatGrouped } from "./formats/grouped.ts";
import { formatJson } from "./formats/json.ts";
import { formatJsonl } from "./formats/jsonl.ts";
import { formatJunit } from "./formats/junit.ts";
import { formatRdjson } from "./formats/rdjson.ts";
import { formatSarif } from "./formats/sarif.ts";
import type { Format, FormatOptions, Report } from "./report.ts";

export const FORMATS: Readonly<Record<string, Format>> = {
  full: formatFull,
  concise: formatConcise,
  grouped: formatGrouped,
  agent: formatAgent,
  json: formatJson,
  jsonl: formatJsonl,
  sarif: formatSarif,
  github: formatGithub,
  gitlab: formatGitlab,
  azure: formatAzure,
  junit: formatJunit,
  checkstyle: formatCheckstyle,
  rdjson: formatRdjson,
};

/** One report to make. `file` is absolute; null prints. */
export interface Output {
  readonly format: string;
  readonly file: string | null;
}

export interface OutputOptions {
  readonly outputFormat?: string;
  readonly output?: readonly string[];
  readonly quiet?: boolean;
  /** What is printed instead of a report. */
  readonly verify?: readonly string[];
  readonly diff?: boolean;
  readonly statistics?: boolean;
}

/** What reports need to know of their surroundings. */
export interface OutputSurroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly color: boolean;
  readonly width: number;
  /** Whether somebody watches what is printed. */
  readonly terminal: boolean;
  readonly rules: readonly Rule[];
  readonly version: string;
  out(text: string): void;
  err(text: string): void;
}

/** The reports that are asked for. Throws a `UsageError` where they cannot be made, before anything is analysed. */
export function outputsOf(options: OutputOptions, around: OutputSurroundings): readonly Output[] {
  const asked = [
    ...(options.outputFormat === undefined ? [] : [{ format: options.outputFormat, file: null }]),
    ...(options.output ?? []).map((spec) => outputOf(spec, around.cwd)),
  ];
  refuseBeside(options, asked);
  const printed = asked.filter(({ file }) => file === null);
  if (printed.length > 1) {
    const names = printed.map(({ format }) => format);
    throw new UsageError(
      `only one report can be printed, not ${names.join(" and ")}; write the others to files: \`--output ${names.at(-1)}=FILE\``,
    );
  }
  const files = asked.flatMap(({ file }) => (file === null ? [] : [file]));
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new UsageError(`two reports would be written to ${shown(around.cwd, twice)}`);
  if (options.statistics) return asked;
  return printed.length > 0 ? asked : [{ format: defaultFormat(around), file: null }, ...asked];
}

/** Makes the reports. Throws a `UsageError` where one cannot be written; the others are there then. */
export function writeOutputs(
  report: Report,
  outputs: readonly Output[],
  options: OutputOptions,
  around: OutputSurroundings,
): void {
  const failed: string[] = [];
  for (const { format, file } of outputs) {
    const text = FORMATS[format]!(report, formatOptions(file === null, options, around));
    if (file === null) {
      around.out(text);
      continue;
    }
    const trouble = writeReport(file, text);
    if (trouble !== null) failed.push(`${shown(around.cwd, file)}: the report is not written: ${trouble}`);
  }
  if (outputs.some(({ format }) => format === "github"))
    summarise(report, formatOptions(false, options, around), around);
  if (failed.length > 0) throw new UsageError(failed.join("\n"));
}

/** The summary of a step on GitHub, which refuses one of more than 1 MiB whole; other commands of the step write to it, too. */
function summarise(report: Report, options: FormatOptions, { env, err }: OutputSurroundings): void {
  const file = env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  const text = githubSummary(report, options, SUMMARY_BYTES - sizeOf(file));
  const trouble = text === "" ? null : appendReport(file, text);
  if (trouble !== null) err(`holdfast: the summary of the job is not written: ${trouble}\n`);
}

const SUMMARY_BYTES = 1024 * 1024;

/** Throws a `UsageError` where a report is asked for that nobody would make. */
function refuseBeside({ verify, diff, statistics }: OutputOptions, asked: readonly Output[]): void {
  if (verify && diff)
    throw new UsageError("--verify asks about the files as they are, and --diff about what they would be");
  const instead = verify ? "--verify prints answers" : diff ? "--diff prints changes" : null;
  if (instead && asked.length > 0) {
    throw new UsageError(`${instead} and no report; leave --output and --output-format out`);
  }
  const printed = asked.find(({ file }) => file === null);
  if (statistics && printed) {
    throw new UsageError(
      `--statistics is printed instead of a report; write that to a file: \`--output ${printed.format}=FILE\``,
    );
  }
}

function outputOf(spec: string, cwd: string): Output {
  const cut = spec.indexOf("=");
  const format = cut < 0 ? spec : spec.slice(0, cut);
  if (!Object.hasOwn(FORMATS, format)) {
    throw new UsageError(
      `--output: there is no output format "${format}"; there are ${Object.keys(FORMATS).join(", ")}`,
    );
  }
  const name = cut < 0 ? "-" : spec.slice(cut + 1);
  if (name === "") throw new UsageError(`--output ${spec}: a file is missing after the "="`);
  if (name === "-") return { format, file: null };
  const file = resolve(cwd, name);
  const obstacle = obstacleTo(file);
  if (obstacle === "a-folder") throw new UsageError(`--output ${spec}: ${name} is a folder; name a file in it`);
  if (obstacle === "no-folder") {
    const folder = shown(cwd, resolve(file, ".."));
    throw new UsageError(`--output ${spec}: there is no folder ${folder}; make it first: \`mkdir -p ${folder}\``);
  }
  return { format, file };
}

/** People get everything. An agent, which reads what people do not look at, gets a line or two for each finding. */
function defaultFormat({ env, terminal }: OutputSurroundings): string {
  return !terminal && runByAgent(env) ? "agent" : "full";
}

function formatOptions(printed: boolean, { quiet }: OutputOptions, around: OutputSurroundings): FormatOptions {
  const { cwd, env, rules, version } = around;
  return {
    color: printed && around.color,
    quiet: quiet === true,
    width: printed ? around.width : WIDTH_OF_FILES,
    cwd,
    rules,
    version,
    env,
  };
}

const WIDTH_OF_FILES = 120;

function shown(cwd: string, absolute: string): string {
  const path = relative(cwd, absolute);
  return path.startsWith(`..${sep}`) ? absolute : slashed(path) || ".";
}
