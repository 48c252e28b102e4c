/** `--show-files`, `--show-settings` and `--statistics`: what a check would look at, with which settings, and what it found in sum. */
import { relative } from "node:path";
import pc from "picocolors";
import { slashed } from "../host/exclude.ts";
import { projectPath, readSource } from "../host/project.ts";
import { ADDING_KEYS, type LoadedSettings, type SettingsOverrides } from "../host/settings.ts";
import { isTable, lineOf, shownKey } from "../host/settings-file.ts";
import { kindOf } from "../host/targets.ts";
import { SETTINGS_HELP } from "../lint/options.ts";
import { pathKindOf } from "../lint/path-defaults.ts";
import { computedFixes, type Report } from "./report.ts";

export interface InspectOptions {
  readonly showFiles?: boolean;
  readonly showSettings?: boolean;
  readonly statistics?: boolean;
  readonly showTiming?: boolean;
}

interface Asked {
  readonly root: string;
  readonly settings: LoadedSettings;
  readonly targets: readonly string[];
  readonly files: readonly string[];
}

/** One file a line, relative to the working directory. */
export function filesAsked(tasks: readonly Asked[], cwd: string): string {
  const files = tasks.flatMap((task) => task.files.map((file) => slashed(relative(cwd, file))));
  return [...new Set(files)]
    .sort()
    .map((file) => `${file}\n`)
    .join("");
}

/** Each setting in TOML with where it comes from, then the rules in force: for all files, or for the one that is named. */
export function settingsAsked(tasks: readonly Asked[], said: SettingsOverrides, cwd: string): string {
  return tasks.map((task) => settingsOfTask(task, said, cwd)).join("\n");
}

/** How many findings each rule has, most first, and how many of them have a fix. */
export function statisticsOf({ reported, files }: Report, color: boolean): string {
  const colors = pc.createColors(color);
  const counts = new Map<string, { all: number; safe: number; unsafe: number }>();
  for (const { finding } of reported) {
    const count = counts.get(finding.rule) ?? { all: 0, safe: 0, unsafe: 0 };
    count.all++;
    const fixes = computedFixes(finding);
    if (fixes.some((fix) => fix.safe)) count.safe++;
    else if (fixes.length > 0) count.unsafe++;
    counts.set(finding.rule, count);
  }
  const rows = [...counts].sort(([a, x], [b, y]) => y.all - x.all || (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([id]) => id.length));
  const lines = rows.map(([id, { all, safe, unsafe }]) => {
    const counts = [
      ...(safe > 0 ? [`${safe} with a safe fix`] : []),
      ...(unsafe > 0 ? [`${unsafe} with an unsafe fix`] : []),
    ];
    const fixes = colors.dim(counts.join(", "));
    return `${String(all).padStart(6)}  ${id.padEnd(width)}  ${fixes}`.trimEnd();
  });
  const inFiles = new Set(reported.map(({ finding, origin }) => origin.show(finding.file))).size;
  lines.push(`${String(reported.length).padStart(6)}  in ${inFiles} of ${files} files`);
  return `${lines.join("\n")}\n`;
}

function settingsOfTask({ root, settings: own, targets }: Asked, said: SettingsOverrides, cwd: string): string {
  const named = targets.length === 1 && kindOf(targets[0]!) === "file" ? targets[0]! : null;
  const settings = named === null ? own : own.nearest(named);
  const show = (path: string): string => slashed(relative(cwd, path)) || ".";
  const lines = [`# project: ${show(root)}`];
  for (const [key, lower] of Object.entries(DEFAULTS)) {
    const layers = layersOf(key, settings, said, show);
    const counting = ADDING_KEYS.includes(key) || key === "rules" ? layers : layers.slice(-1);
    const shown = counting.flatMap(({ value, origin }) =>
      key === "rules" && isTable(value) ? ruleLines(value, origin) : [`${key} = ${toToml(value)}  # ${origin}`],
    );
    if (shown.length === 0 && lower !== null) shown.push(`${key} = ${toToml(lower)}  # default`);
    lines.push(...shown);
  }
  const path = named === null ? null : projectPath(root, named);
  const read = named === null ? null : readSource(named);
  const file = path === null || read === null ? null : { path, text: "refused" in read ? "" : read.text };
  const kind = file === null ? null : pathKindOf(file);
  lines.push("", `# rules in force ${file === null ? "where nothing else is said for a path" : `in ${show(named!)}`}`);
  if (kind !== null && settings.pathDefaults) lines.push(`# it counts as one of: ${kind} (path-defaults)`);
  const { enabled, known } = file === null ? settings : own.forFile(file);
  const severities = new Map(enabled.map(({ rule, severity }) => [rule.id, severity]));
  for (const id of known) lines.push(`${JSON.stringify(id)} = "${severities.get(id) ?? "off"}"`);
  return `${lines.join("\n")}\n`;
}

/** In the order of the documentation; null: nothing to show where it is not set. */
const DEFAULTS: Readonly<Record<keyof typeof SETTINGS_HELP, unknown>> = {
  ...(Object.fromEntries(Object.keys(SETTINGS_HELP).map((key) => [key, null])) as Record<
    keyof typeof SETTINGS_HELP,
    unknown
  >),
  ignore: [],
  exclude: [],
  src: [],
  "fail-on": "warning",
  "path-defaults": true,
};

interface Layer {
  readonly value: unknown;
  readonly origin: string;
}

function layersOf(
  key: string,
  { files }: LoadedSettings,
  said: SettingsOverrides,
  show: (path: string) => string,
): readonly Layer[] {
  const layers = files.flatMap(({ path, text, data, prefix }): Layer[] => {
    if (!isTable(data) || data[key] === undefined) return [];
    const line = lineOf(text, [...prefix, key]);
    return [{ value: data[key], origin: show(path) + (line === null ? "" : `:${line}`) }];
  });
  return said[key] === undefined ? layers : [...layers, { value: said[key], origin: "command line" }];
}

function ruleLines(rules: Readonly<Record<string, unknown>>, origin: string): string[] {
  return Object.entries(rules).flatMap(([id, own]) =>
    isTable(own)
      ? Object.entries(own).map(
          ([name, value]) => `rules.${shownKey([id]).replace(/^\./, "")}.${name} = ${toToml(value)}  # ${origin}`,
        )
      : [],
  );
}

/** Values on one line; strings, numbers and lists are written the same in JSON. */
function toToml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toToml).join(", ")}]`;
  if (!isTable(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${shownKey([key])} = ${toToml(each)}`);
  return `{ ${entries.join(", ")} }`;
}
