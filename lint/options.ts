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

export interface Settings {
  /** The rules that run, in the order they were given. */
  readonly enabled: readonly EnabledRule[];
  /** Ids of all rules there are, enabled or not. */
  readonly known: readonly string[];
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
  blocking:
    'Functions that hold their thread, by dotted name, such as "acme.client.fetch", or "acme.db.*" for all below. Each waits for a network reply, or, as `{ name = "…", what = "the disk" }`, for what is said.',
  offloads: 'Functions that run one of their arguments in a thread, with its name: "acme.threads.run:func".',
  "ignore-calls": 'Functions, by dotted name, of which no call is ever reported: "acme.cache.get".',
  stubs: "Folders with stubs of your own libraries, relative to the file with the settings.",
  rules: "Settings of single rules, by rule id.",
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

  const select = selectorsOf(table.select, "select", known, problems);
  const ignore = selectorsOf(table.ignore, "ignore", known, problems) ?? [];
  const perRule = asTable(table.rules, ["rules"], problems);
  reportUnknownKeys(perRule, known, ["rules"], problems);

  const enabled: EnabledRule[] = [];
  for (const rule of all) {
    const own = asTable(perRule[rule.id], ["rules", rule.id], problems);
    const resolved = resolveRule(rule, own, problems);
    // What is said about comments is housekeeping: choosing a family does not switch it off, only ignoring it does.
    const chosen =
      isSuppressionRule(rule.id) || (rule.optIn && own.severity !== undefined)
        ? true
        : (select ?? [BY_DEFAULT]).some((each) => chooses(each, rule));
    if (resolved !== null && chosen && !ignore.some((each) => selects(each, rule.id))) enabled.push(resolved);
  }
  const settings: Settings = {
    enabled,
    known,
    exclude: stringsOf(table.exclude, ["exclude"], problems) ?? [],
    src: stringsOf(table.src, ["src"], problems) ?? [],
    taught: taughtOf(table, problems),
    stubs: stringsOf(table.stubs, ["stubs"], problems) ?? [],
    failOn: oneOf(table["fail-on"], FAIL_ON, ["fail-on"], problems) ?? "warning",
  };
  return { settings, problems };
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
  const candidates = [...new Set([...known, ...families])];
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

function resolveRule(rule: Rule, table: Table, problems: SettingsProblem[]): EnabledRule | null {
  const at = ["rules", rule.id];
  reportUnknownKeys(table, ["severity", ...Object.keys(rule.options)], at, problems);
  const options: Record<string, readonly string[] | boolean> = {};
  for (const [name, spec] of Object.entries(rule.options)) {
    options[name] = optionOf(table[name], spec, [...at, name], problems);
  }
  const severity = oneOf(table.severity, [...SEVERITIES, "off"] as const, [...at, "severity"], problems);
  if (severity === "off") return null;
  return { rule, severity: severity ?? rule.severity, options };
}

function optionOf(
  value: unknown,
  spec: OptionSpec,
  key: readonly string[],
  problems: SettingsProblem[],
): readonly string[] | boolean {
  if (value === undefined) return spec.default;
  if (spec.type === "names") return stringsOf(value, key, problems) ?? spec.default;
  if (typeof value === "boolean") return value;
  problems.push({ key, message: `must be true or false, not ${describe(value)}`, remedy: "write `true` or `false`" });
  return spec.default;
}

/** Null where the key is missing: for `select` that means everything. */
function selectorsOf(
  value: unknown,
  key: string,
  known: readonly string[],
  problems: SettingsProblem[],
): readonly string[] | null {
  const selectors = stringsOf(value, [key], problems);
  if (selectors === null) return null;
  for (const selector of selectors) {
    if (known.some((id) => selects(selector, id))) continue;
    problems.push({
      key: [key],
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
