/** What the command line says about settings: `--config`, `--isolated`, and the options named like a setting. */
import { resolve } from "node:path";
import { mergedTables, type SettingsError, type SettingsOverrides, type SettingsRequest } from "../host/settings.ts";
import { parseSetting } from "../host/settings-file.ts";
import { kindOf } from "../host/targets.ts";
import { UsageError } from "./failure.ts";

export interface SettingsOptions {
  /** Files, the last of which counts, and `key=value`. */
  readonly config?: readonly string[];
  readonly isolated?: boolean;
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly failOn?: string;
}

/** What to load settings with. Throws a `UsageError` where `--config` is neither a file nor `key=value`. */
export function settingsFromOptions(
  options: SettingsOptions,
  cwd: string,
): Pick<SettingsRequest, "file" | "isolated" | "overrides"> {
  let file: string | null = null;
  let overrides: SettingsOverrides = {};
  for (const value of options.config ?? []) {
    if (isInline(value, cwd)) overrides = mergedTables(overrides, inlineTable(value));
    else file = resolve(cwd, value);
  }
  if (file !== null && options.isolated) {
    throw new UsageError("--isolated takes no settings file, --config names one; leave one of them out");
  }
  const { select, ignore, failOn } = options;
  const own = {
    ...(select && { select }),
    ...(ignore && { ignore }),
    ...(failOn !== undefined && { "fail-on": failOn }),
  };
  return { file, isolated: options.isolated === true, overrides: mergedTables(overrides, own) };
}

/** The error as it is to be shown: what no file says was said by an option. */
export function namedByOption(error: SettingsError, options: SettingsOptions): SettingsError {
  if (error.path !== null) return error;
  const key = error.key.split(".", 1)[0]!;
  const { select, ignore, failOn } = options;
  const byOption = { select, ignore, "fail-on": failOn }[key] !== undefined;
  return { ...error, key: byOption ? `--${error.key}` : `--config ${error.key}` };
}

/** A file whose name holds "=" is a file. */
function isInline(value: string, cwd: string): boolean {
  return /^\s*[\w"'.\-/]+?\s*=/.test(value) && kindOf(resolve(cwd, value)) === null;
}

function inlineTable(value: string): SettingsOverrides {
  const table = parseSetting(value);
  if (table !== null) return table;
  const example = `--config 'rules."async/blocking-call".severity="error"'`;
  throw new UsageError(`--config ${value}: this is neither a file nor a setting in TOML; write for example ${example}`);
}
