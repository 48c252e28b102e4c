/** What settings further down say in vain, because it is one thing for the whole project. */
import { dirname, relative, resolve } from "node:path";
import { slashed } from "./exclude.ts";
import type { LoadedSettings, SettingsError } from "./settings.ts";
import { errorAt, isTable, type SettingsFile } from "./settings-file.ts";

/** Keys that are read from the project's own file alone. */
const OF_PROJECT: readonly string[] = ["src", "fail-on", "baseline", "blocking", "offloads", "ignore-calls", "stubs"];

/** Keys whose values are paths from the folder of the file. */
const PATHS: readonly string[] = ["src", "baseline", "stubs"];

/** What is said in vain in the settings that decide about files of the project at `root` (absolute); silent where the project's own settings say it, too. */
export function saidInVain(
  root: string,
  settings: LoadedSettings,
  nested: readonly LoadedSettings[],
): readonly SettingsError[] {
  const own = new Set(settings.files.map(({ path }) => path));
  return nested.flatMap(({ files }) =>
    files
      .filter(({ path }) => !own.has(path))
      .flatMap((file) =>
        OF_PROJECT.filter((key) => {
          const known = new Set(settings.files.flatMap((each) => valuesOf(each, key)));
          return valuesOf(file, key).some((value) => !known.has(value));
        }).map((key) => remarkOn(file, key, root, settings)),
      ),
  );
}

function remarkOn(file: SettingsFile, key: string, root: string, { source }: LoadedSettings): SettingsError {
  const from = (path: string): string => slashed(relative(root, path)) || ".";
  const place = source === null ? "a holdfast.toml at the top of the project" : from(source);
  const message = "counts for whole projects only, and is not heeded below another one";
  return errorAt(file, [key], message, `set it in ${place}, or check ${from(dirname(file.path))} by itself`);
}

/** The entries of a list, or the one value, each as a text to compare. */
function valuesOf({ path, data }: SettingsFile, key: string): readonly string[] {
  const value = isTable(data) ? data[key] : undefined;
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((each: unknown) =>
    typeof each === "string" && PATHS.includes(key) ? resolve(dirname(path), each) : JSON.stringify(each),
  );
}
