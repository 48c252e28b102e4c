/**
 * From plain settings data to the rules that run.
 *
 * The data is what a TOML file, the command line or an editor gives: nobody has checked it. Every mistake becomes a problem that names the key
 * and what to write instead; the rest of the settings still count, so one typing error does not switch everything off. Nothing here reads
 * files: `host/` finds the data and knows which line a key stands on.
 */
import type { Taught } from "../analysis/index.ts";
import { SEVERITIES, type Severity } from "./finding.ts";
import { suppressionRules } from "./ignore-rules.ts";
import { atMost, PATH_DEFAULTS, type PathKind } from "./path-defaults.ts";
import type { OptionSpec, Rule } from "./rule.ts";
import {
  asTable,
  describe,
  nearest,
  oneOf,
  reportUnknownKeys,
  type SettingsProblem,
  stringsOf,
  type Table,
} from "./setting-values.ts";
import { taughtOf } from "./teaching.ts";

export type { SettingsProblem } from "./setting-values.ts";

/** A rule with what was decided about it. */
export interface EnabledRule {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly options: Readonly<Record<string, readonly string[] | boolean>>;
}

/** The rules that run on a file, in the order they were given. */
export interface RulesInForce {
  readonly enabled: readonly EnabledRule[];
  /** Ids of all rules there are, enabled or not. */
  readonly known: readonly string[];
}

/** Which rules run, and how: for all files, or for those at some paths. What is null or missing is not said. */
export interface Choice {
  readonly select: readonly string[] | null;
  readonly ignore: readonly string[];
  readonly rules: Readonly<Record<string, RuleChoice>>;
}

export interface RuleChoice {
  readonly severity: Severity | "off" | null;
  readonly options: EnabledRule["options"];
}

/** What differs for some files. */
export interface Override extends Choice {
  /** Globs, relative to the folder of the settings. */
  readonly paths: readonly string[];
}

export interface Settings extends RulesInForce {
  readonly general: Choice;
  /** In the order they stand in; later ones win. */
  readonly overrides: readonly Override[];
  /** Whether tests, migrations, scripts and vendored code get the rules that make sense there. */
  readonly pathDefaults: boolean;
  /** Globs of files that are not checked, relative to the folder of the settings. */
  readonly exclude: readonly string[];
  /** Declared source roots, relative to the folder of the settings. */
  readonly src: readonly string[];
  /** What is said about functions by name. */
  readonly taught: Taught;
  /** Folders with the project's own stubs, relative to the folder of the settings. */
  readonly stubs: readonly string[];
  /** Findings at least this severe make a check fail; "never" where none does. */
  readonly failOn: FailOn;
  /** The baseline file, relative to the folder of the settings; null where none is named. */
  readonly baseline: string | null;
}

export type FailOn = Severity | "never";
export const FAIL_ON: readonly FailOn[] = [...SEVERITIES, "never"];

/** Keys of the settings table, with what they mean. */
export const SETTINGS_HELP = {
  select:
    'Rules or families to run, such as "async" or "async/blocking-call". Without it, all of them but those that have to be asked for; "all" means those too.',
  ignore: "Rules or families not to run. Wins over `select`.",
  exclude: "Globs of files and folders not to check, relative to the file with the settings.",
  src: "Folders that imports start from, relative to the file with the settings.",
  "fail-on": 'Findings at least this severe make `holdfast check` exit with 1; "never" for none.',
  baseline:
    "The file of known findings that are not reported, relative to the file with the settings; holdfast-baseline.txt without it.",
  blocking:
    'Functions that hold their thread, by dotted name, such as "acme.client.fetch", or "acme.db.*" for all below. Each waits for a network reply, or, as `{ name = "…", what = "the disk" }`, for what is said.',
  offloads: 'Functions that run one of their arguments in a thread, with its name: "acme.threads.run:func".',
  "ignore-calls": 'Functions, by dotted name, of which no call is ever reported: "acme.cache.get".',
  stubs: "Folders with stubs of your own libraries, relative to the file with the settings.",
  rules: "Settings of single rules, by rule id.",
  overrides:
    "What differs for some files: a list of tables, each with `paths` and any of `select`, `ignore` and `rules`. Later ones win.",
  "path-defaults":
    "Whether tests, migrations, scripts and vendored code get only the rules that make sense there, unless `overrides` say otherwise. On without it.",
  extend: "Another file with settings to start from, relative to this one.",
} as const;

/** Keys of a table in `overrides`. */
export const OVERRIDE_HELP = {
  paths: 'Globs of files and folders, relative to the file with the settings, such as "tests/**" or "*_pb2.py".',
  select: "Rules or families to run there, instead of those chosen for all files.",
  ignore: "Rules or families not to run there, besides those ignored for all files. Wins over `select`.",
  rules: "Settings of single rules there, by rule id.",
} as const;

/** The severity and the options of all rules that `data` leaves switched on. Never throws. */
export function resolveSettings(
  rules: readonly Rule[],
  data: unknown,
): { readonly settings: Settings; readonly problems: readonly SettingsProblem[] } {
  const problems: SettingsProblem[] = [];
  const all = [...rules, ...suppressionRules];
  const known = all.map((rule) => rule.id);
  const table = asTable(data, [], problems);
  reportUnknownKeys(table, Object.keys(SETTINGS_HELP), [], problems);

  const general = choiceOf(table, all, [], problems);
  const settings: Settings = {
    general,
    overrides: overridesOf(table.overrides, all, problems),
    pathDefaults: booleanOf(table["path-defaults"], ["path-defaults"], problems) ?? true,
    enabled: enabledRules(all, general),
    known,
    exclude: stringsOf(table.exclude, ["exclude"], problems) ?? [],
    src: stringsOf(table.src, ["src"], problems) ?? [],
    taught: taughtOf(table, problems),
    stubs: stringsOf(table.stubs, ["stubs"], problems) ?? [],
    failOn: oneOf(table["fail-on"], FAIL_ON, ["fail-on"], problems) ?? "warning",
    baseline: stringOf(table.baseline, "baseline", 'baseline = "holdfast-baseline.txt"', problems),
  };
  stringOf(table.extend, "extend", 'extend = "../pyproject.toml"', problems);
  return { settings, problems };
}

/** The rules for a file of a kind that `overrides` match, the last of which wins. */
export function rulesFor(
  rules: readonly Rule[],
  { general, pathDefaults, known }: Pick<Settings, "general" | "pathDefaults" | "known">,
  overrides: readonly Choice[],
  kind: PathKind | null,
): RulesInForce {
  return {
    enabled: enabledRules([...rules, ...suppressionRules], general, overrides, pathDefaults ? kind : null),
    known,
  };
}

function enabledRules(
  all: readonly Rule[],
  general: Choice,
  overrides: readonly Choice[] = [],
  kind: PathKind | null = null,
): readonly EnabledRule[] {
  const layers = [general, ...overrides];
  const select = overrides.findLast((each) => each.select !== null)?.select ?? null;
  const ignore = layers.flatMap((each) => each.ignore);
  const limits = kind === null ? [] : Object.entries(PATH_DEFAULTS[kind].atMost);
  return all.flatMap((rule): EnabledRule[] => {
    const own = layers.flatMap(({ rules }) => rules[rule.id] ?? []);
    const said = own.findLast(({ severity }) => severity !== null)?.severity ?? null;
    if (said === "off" || ignore.some((each) => selects(each, rule.id))) return [];
    // What is said about comments is housekeeping: choosing a family does not switch it off, only ignoring it does.
    const always = isSuppressionRule(rule.id) || (rule.optIn && said !== null);
    if (!always && !(select ?? general.select ?? [BY_DEFAULT]).some((each) => chooses(each, rule))) return [];
    let severity = said ?? rule.severity;
    const asked =
      select?.some((each) => chooses(each, rule)) ||
      overrides.some(({ rules }) => (rules[rule.id]?.severity ?? null) !== null);
    if (kind !== null && !asked) {
      if (PATH_DEFAULTS[kind].off.some((each) => selects(each, rule.id))) return [];
      for (const [selector, limit] of limits) if (selects(selector, rule.id)) severity = atMost(severity, limit);
    }
    const defaults = Object.entries(rule.options).map(([name, spec]) => [name, spec.default] as const);
    return [
      { rule, severity, options: Object.assign(Object.fromEntries(defaults), ...own.map((each) => each.options)) },
    ];
  });
}

/** Everything but what has to be asked for. */
const BY_DEFAULT = "";

/** Whether a selector of `select` switches the rule on: one that has to be asked for is asked for by its id, or by `all`. */
function chooses(selector: string, { id, optIn }: Rule): boolean {
  if (optIn) return selector === id || selector === "all";
  return selector === BY_DEFAULT || selects(selector, id);
}

/** Whether a selector, a rule id, a family (`async`) or `all`, means the rule. */
export function selects(selector: string, ruleId: string): boolean {
  return selector === "all" || selector === ruleId || ruleId.startsWith(`${selector}/`);
}

/** The rule id or family of `known` that is spelt most like `name`; null where none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const families = known.map((id) => id.slice(0, Math.max(id.indexOf("/"), 0))).filter(Boolean);
  const candidates = [...new Set([...families, ...known])];
  const ending = candidates.find((id) => id.endsWith(`/${name}`));
  if (ending) return ending;
  return nearest(name, candidates);
}

/** Whether at least as severe as the gate. */
export function reachesGate(severity: Severity, gate: FailOn): boolean {
  return gate !== "never" && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(gate);
}

function isSuppressionRule(id: string): boolean {
  return suppressionRules.some((rule) => rule.id === id);
}

function choiceOf(table: Table, all: readonly Rule[], at: readonly string[], problems: SettingsProblem[]): Choice {
  const known = all.map((rule) => rule.id);
  const select = selectorsOf(table.select, [...at, "select"], known, problems);
  const ignore = selectorsOf(table.ignore, [...at, "ignore"], known, problems) ?? [];
  const perRule = asTable(table.rules, [...at, "rules"], problems);
  reportUnknownKeys(perRule, known, [...at, "rules"], problems);
  const own = all.filter((rule) => perRule[rule.id] !== undefined);
  const rules = own.map((rule) => [rule.id, ruleChoiceOf(rule, perRule[rule.id], [...at, "rules", rule.id], problems)]);
  return { select, ignore, rules: Object.fromEntries(rules) };
}

function overridesOf(value: unknown, all: readonly Rule[], problems: SettingsProblem[]): readonly Override[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    const remedy = "write its keys below an [[overrides]] header, with two brackets";
    problems.push({ key: ["overrides"], message: `must be a list of tables, not ${describe(value)}`, remedy });
    return [];
  }
  return value.flatMap((entry: unknown, index): Override[] => {
    const at = ["overrides", String(index)];
    const table = asTable(entry, at, problems);
    reportUnknownKeys(table, Object.keys(OVERRIDE_HELP), at, problems);
    const paths = stringsOf(table.paths, [...at, "paths"], problems);
    const choice = choiceOf(table, all, at, problems);
    if (table.paths === undefined) {
      problems.push({ key: at, message: "says nothing about where it counts", remedy: 'write paths = ["tests/**"]' });
    }
    return paths === null ? [] : [{ paths, ...choice }];
  });
}

function ruleChoiceOf(rule: Rule, value: unknown, at: readonly string[], problems: SettingsProblem[]): RuleChoice {
  const table = asTable(value, at, problems);
  reportUnknownKeys(table, ["severity", ...Object.keys(rule.options)], at, problems);
  const options: Record<string, readonly string[] | boolean> = {};
  for (const [name, spec] of Object.entries(rule.options)) {
    if (table[name] !== undefined) options[name] = optionOf(table[name], spec, [...at, name], problems);
  }
  const severity = oneOf(table.severity, [...SEVERITIES, "off"] as const, [...at, "severity"], problems);
  return { severity, options };
}

/** The path of a file; null where the key is missing. */
function stringOf(value: unknown, key: string, example: string, problems: SettingsProblem[]): string | null {
  if (value === undefined || typeof value === "string") return value ?? null;
  problems.push({
    key: [key],
    message: `must be the path of a file, not ${describe(value)}`,
    remedy: `write ${example}`,
  });
  return null;
}

function booleanOf(value: unknown, key: readonly string[], problems: SettingsProblem[]): boolean | null {
  if (value === undefined || typeof value === "boolean") return value ?? null;
  problems.push({ key, message: `must be true or false, not ${describe(value)}`, remedy: "write `true` or `false`" });
  return null;
}

function optionOf(
  value: unknown,
  spec: OptionSpec,
  key: readonly string[],
  problems: SettingsProblem[],
): readonly string[] | boolean {
  if (spec.type === "names") return stringsOf(value, key, problems) ?? spec.default;
  return booleanOf(value, key, problems) ?? spec.default;
}

/** Null where the key is missing: for `select` that means everything. */
function selectorsOf(
  value: unknown,
  key: readonly string[],
  known: readonly string[],
  problems: SettingsProblem[],
): readonly string[] | null {
  const selectors = stringsOf(value, key, problems);
  if (selectors === null) return null;
  for (const selector of selectors) {
    if (known.some((id) => selects(selector, id))) continue;
    problems.push({
      key,
      message: `there is no rule or family "${selector}"`,
      remedy: nameRemedy(selector, known),
    });
  }
  return selectors;
}

function nameRemedy(name: string, known: readonly string[]): string {
  const guess = nearestName(name, known);
  return guess ? `did you mean "${guess}"?` : "`holdfast rules` lists them all";
}
