/** The settings with which a team says what its own functions do; docs/teach.md is the guide. */
import { type Project, type Taught, WAITS } from "../analysis/index.ts";
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

/** What a function waits for may be said in these words. */
export const WAITED_FOR: readonly string[] = Object.keys(WAITS);

/** Of names in settings: dotted, `.*` at the end means everything below. */
export const NAME_PATTERN = "^[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*(\\.\\*)?$";
/** The same with the name of a parameter. */
export const PARAMETER_PATTERN = "^[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*(\\.\\*)?:[A-Za-z_]\\w*$";

const UNSAID = "a network reply";

/** Reads `blocking`, `offloads` and `ignore-calls`. */
export function taughtOf(table: Table, problems: SettingsProblem[]): Taught {
  return {
    blocking: blockingOf(table.blocking, problems),
    offloads: namesOf(table, "offloads", PARAMETER_PATTERN, problems).map((each) => {
      const [name, parameter] = each.split(":");
      return { name: name!, parameter: parameter! };
    }),
    ignored: namesOf(table, "ignore-calls", NAME_PATTERN, problems),
  };
}

/** Names in the settings that should be of the project and are not, as problems nobody has to mend. */
export function unknownNames(project: Project): readonly SettingsProblem[] {
  const unknown = project.unknownNames();
  if (unknown.length === 0) return [];
  const all = project.dottedNames();
  return unknown.map(({ setting, name, missing, known }) => {
    const key = [setting === "ignored" ? "ignore-calls" : setting];
    if (missing === "parameter") {
      const [fn, parameter] = name.split(":");
      const guess = nearest(parameter!, known);
      const list = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
      return {
        key,
        message: `${fn} has no parameter "${parameter}"`,
        remedy: guess ? `did you mean "${fn}:${guess}"?` : list,
      };
    }
    const guess = nearest(name.replace(/\.\*$/, ""), [...known, ...all]);
    return {
      key,
      message: `nothing in this project is called "${name}" (files that are excluded do not count)`,
      remedy: guess ? `did you mean "${guess}"?` : "write it as another file would import it",
    };
  });
}

function blockingOf(value: unknown, problems: SettingsProblem[]): Taught["blocking"] {
  if (value === undefined) return [];
  const key = ["blocking"];
  if (!Array.isArray(value)) {
    stringsOf(value, key, problems);
    return [];
  }
  return value.flatMap((entry): Taught["blocking"] => {
    if (typeof entry === "string") return said(entry, UNSAID, problems);
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
      const remedy = 'write "acme.client.fetch" or { name = "acme.client.fetch", what = "the disk" }';
      problems.push({ key, message: `must hold names or tables, not ${describe(entry)}`, remedy });
      return [];
    }
    const table = asTable(entry, key, problems);
    reportUnknownKeys(table, ["name", "what"], key, problems);
    if (typeof table.name !== "string") {
      problems.push({ key, message: "an entry has no name", remedy: 'write name = "acme.client.fetch"' });
      return [];
    }
    return said(table.name, oneOf(table.what, WAITED_FOR, key, problems) ?? UNSAID, problems);
  });
}

function said(name: string, what: string, problems: SettingsProblem[]): Taught["blocking"] {
  return isWritten(name, NAME_PATTERN, ["blocking"], problems) ? [{ name, kind: WAITS[what]!, what }] : [];
}

function namesOf(table: Table, key: string, pattern: string, problems: SettingsProblem[]): readonly string[] {
  const names = stringsOf(table[key], [key], problems) ?? [];
  return names.filter((name) => isWritten(name, pattern, [key], problems));
}

function isWritten(name: string, pattern: string, key: readonly string[], problems: SettingsProblem[]): boolean {
  if (new RegExp(pattern).test(name)) return true;
  const withParameter = pattern === PARAMETER_PATTERN;
  const message = withParameter
    ? `"${name}" is not a dotted name with a parameter`
    : `"${name}" is not a dotted name; "*" may only stand at the end`;
  const remedy = withParameter ? 'write "acme.threads.run:func"' : 'write "acme.client.fetch" or "acme.db.*"';
  problems.push({ key, message, remedy });
  return false;
}
