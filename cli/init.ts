/** `holdfast init`: settings to start from, every line a comment but the heading. Nothing that is there is changed. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { reasonOf } from "../host/files.ts";
import { isTable } from "../host/settings-file.ts";
import { EXIT, type ExitCode, UsageError } from "./failure.ts";

/** Adds `[tool.holdfast]` to the pyproject.toml of a folder, or writes a holdfast.toml where there is none. Throws a `UsageError` where settings are there. */
export function init(cwd: string, out: (text: string) => void): ExitCode {
  const own = join(cwd, "holdfast.toml");
  const project = join(cwd, "pyproject.toml");
  if (existsSync(own)) throw new UsageError("holdfast.toml is there already; nothing was changed");
  if (!existsSync(project)) {
    put(own, template(""));
    out("Wrote holdfast.toml. Everything in it is a comment: nothing changes until you take a # away.\n");
    return EXIT.clean;
  }
  const before = readFileSync(project, "utf8");
  let data: unknown;
  try {
    data = parse(before.replace(/^\ufeff/, ""));
  } catch {
    throw new UsageError("pyproject.toml is not valid TOML; correct it first, nothing was changed");
  }
  if (isTable(data) && isTable(data.tool) && data.tool.holdfast !== undefined) {
    throw new UsageError("pyproject.toml has a [tool.holdfast] already; nothing was changed");
  }
  const windows = before.includes("\r\n");
  const gap = before === "" ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const added = gap + template("tool.holdfast");
  put(project, before + (windows ? added.replace(/\n/g, "\r\n") : added));
  out("Added [tool.holdfast] to pyproject.toml. All below it is a comment: nothing changes until you take a # away.\n");
  return EXIT.clean;
}

/** In one step: whoever reads meanwhile finds the old file or the new one. */
function put(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UsageError(`${file} cannot be written: ${reasonOf(error)}`);
  }
}

/** `prefix`: the table everything stands in, "" for the top of the file. */
function template(prefix: string): string {
  const below = (key: string): string => (prefix === "" ? key : `${prefix}.${key}`);
  return `${prefix === "" ? "# Settings of Holdfast" : `[${prefix}]`}
# Rules or families to run; \`holdfast rules\` lists them. Without this line, all but those marked "off" there.
# select = ["async", "db"]

# Rules or families not to run.
# ignore = ["async/blocking-file-io"]

# Files and folders not to check, besides those Git ignores.
# exclude = ["legacy/**"]

# Findings at least this severe make \`holdfast check\` exit with 1: "error", "warning", "information", "hint" or "never".
# fail-on = "warning"

# Folders that imports start from, where they are not found by themselves.
# src = ["backend"]

# Functions of your own that hold their thread, and those that run a function in another one.
# blocking = ["acme.client.fetch"]
# offloads = ["acme.threads.run:func"]

# Severity and options of a rule.
# [${below('rules."db/leaked-session"')}]
# severity = "error"

# What differs for some files. Tests, migrations and scripts get what makes sense there without this.
# [[${below("overrides")}]]
# paths = ["gateway/**"]
# ignore = ["http"]
`;
}
