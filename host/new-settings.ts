/** Settings to start from, every line a comment but the heading. Nothing that is there is changed. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { reasonOf } from "./files.ts";
import { replaceFile } from "./replace.ts";
import { isTable } from "./settings-file.ts";

/** What was done, or why nothing was; for people. */
export type NewSettings = { readonly written: string } | { readonly refused: string };

/** Adds `[tool.holdfast]` to the pyproject.toml of a folder (absolute), or writes a holdfast.toml where there is none. */
export function startSettings(folder: string): NewSettings {
  const own = join(folder, "holdfast.toml");
  const project = join(folder, "pyproject.toml");
  if (existsSync(own)) return { refused: "holdfast.toml is there already; nothing was changed" };
  if (!existsSync(project)) {
    const written = "Wrote holdfast.toml. Everything in it is a comment: nothing changes until you take a # away.";
    return put(own, template(""), written);
  }
  const before = readFileSync(project, "utf8");
  let data: unknown;
  try {
    data = parse(before.replace(/^\ufeff/, ""));
  } catch {
    return { refused: "pyproject.toml is not valid TOML; correct it first, nothing was changed" };
  }
  if (isTable(data) && isTable(data.tool) && data.tool.holdfast !== undefined) {
    return { refused: "pyproject.toml has a [tool.holdfast] already; nothing was changed" };
  }
  const gap = before === "" ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const added = gap + template("tool.holdfast");
  const written =
    "Added [tool.holdfast] to pyproject.toml. All below it is a comment: nothing changes until you take a # away.";
  return put(project, before + (before.includes("\r\n") ? added.replace(/\n/g, "\r\n") : added), written);
}

function put(file: string, text: string, written: string): NewSettings {
  try {
    replaceFile(file, text);
  } catch (error) {
    return { refused: `${file} cannot be written: ${reasonOf(error)}` };
  }
  return { written };
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
