/**
 * `npm run docs`: writes the pages that follow from the code: one per rule, the list of rules (also in README.md), the settings, and the verbs of library
 * stubs. `npm run docs -- --check` writes nothing and says which pages are out of date.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BUILD_FOLDERS, DEFAULT_EXCLUDES } from "../host/exclude.ts";
import { explainRule } from "../lint/explain.ts";
import { suppressionRules } from "../lint/ignore-rules.ts";
import { OVERRIDE_HELP, SETTINGS_HELP } from "../lint/options.ts";
import { PATH_DEFAULTS } from "../lint/path-defaults.ts";
import type { Rule } from "../lint/rule.ts";
import { settingsSchema } from "../lint/schema.ts";
import manifest from "../package.json" with { type: "json" };
import { rules } from "../rules/index.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const GENERATED = "<!-- Written by `npm run docs`; an edit here is lost. -->\n\n";
const TABLE_START = "<!-- rules: written by `npm run docs` -->\n";
const TABLE_END = "<!-- end of rules -->";

/** All generated pages: path from the root of the repository, and text. Reads the stubs' verbs and README.md, writes nothing. */
export function generatedPages(): ReadonlyMap<string, string> {
  const all = [...rules, ...suppressionRules];
  const pages = new Map<string, string>();
  for (const rule of all) pages.set(`docs/rules/${rule.id}.md`, GENERATED + explainRule(rule));
  pages.set("docs/rules/README.md", `${GENERATED}# Rules\n\n${rulesTable(all, "")}`);
  pages.set("docs/settings.md", GENERATED + settingsPage(all));
  pages.set("docs/holdfast.schema.json", `${JSON.stringify(settingsSchema(rules), null, 2)}\n`);
  pages.set("docs/verbs.md", GENERATED + verbsPage(readFileSync(join(ROOT, "knowledge", "verbs.pyi"), "utf8")));
  pages.set("README.md", withRulesTable(readFileSync(join(ROOT, "README.md"), "utf8"), all));
  return pages;
}

/** Generated pages of `docs/rules` that no rule asks for any more. */
export function abandonedPages(pages: ReadonlyMap<string, string>): string[] {
  const folder = join(ROOT, "docs", "rules");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((file) =>
      relative(ROOT, join(folder, String(file)))
        .split(sep)
        .join("/"),
    )
    .filter((file) => file.endsWith(".md") && !pages.has(file));
}

function rulesTable(all: readonly Rule[], prefix: string): string {
  const rows = all.map(({ id, summary, severity, optIn }) => [
    `[\`${id}\`](${prefix}${id}.md)`,
    summary,
    optIn ? "off" : severity,
  ]);
  return `${table(["Rule", "What it says", "Severity"], rows)}\n`;
}

/** A Markdown table with its columns aligned, as the formatter wants it. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) => Math.max(3, head.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(heads), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function withRulesTable(readme: string, all: readonly Rule[]): string {
  const start = readme.indexOf(TABLE_START);
  const end = readme.indexOf(TABLE_END);
  if (start < 0 || end < start) throw new Error(`README.md has no "${TABLE_START.trim()}" … "${TABLE_END}"`);
  return readme.slice(0, start + TABLE_START.length) + rulesTable(all, "docs/rules/") + readme.slice(end);
}

function settingsPage(all: readonly Rule[]): string {
  const own = Object.entries(SETTINGS_HELP).map(([key, help]) => [`\`${key}\``, help]);
  const options = all.flatMap(({ id, options }) =>
    Object.entries(options).map(([name, spec]) => [
      `\`${id}\``,
      `\`${name}\``,
      spec.help,
      `\`${JSON.stringify(spec.default)}\``,
    ]),
  );
  const editor = Object.entries(manifest.contributes.configuration.properties).map(([key, property]) => {
    const help = "markdownDescription" in property ? property.markdownDescription : property.description;
    return [`\`${key}\``, help, `\`${JSON.stringify(property.default)}\``];
  });
  return [
    "# Settings",
    "",
    "Holdfast needs none. Where a project wants its own, they stand in `[tool.holdfast]` of `pyproject.toml`, or, with the same keys at the top level, in",
    "`holdfast.toml`. The nearest of these files at or above the project root counts. The command line and the editor read the same one.",
    "A mistake in it is reported with its line and what to write instead, and the rest still counts; `holdfast check` then ends with exit code 2.",
    "",
    "```toml",
    "[tool.holdfast]",
    'select = ["async", "db"]',
    'exclude = ["legacy/**"]',
    'fail-on = "error"',
    "",
    '[tool.holdfast.rules."db/leaked-session"]',
    'severity = "warning"',
    "",
    "[[tool.holdfast.overrides]]",
    'paths = ["gateway/**"]',
    'ignore = ["http"]',
    "```",
    "",
    table(["Key", "Meaning"], own),
    "",
    "How to say what your own functions and libraries do: [teach.md](teach.md).",
    "",
    'In a rule\'s own table, `severity` is "error", "warning", "information", "hint" or "off".',
    ...(options.length > 0 ? ["Some rules have more:", "", table(["Rule", "Key", "Meaning", "Default"], options)] : []),
    "",
    "## For some files only",
    "",
    "Each table in `overrides` names files and says what differs there:",
    "",
    table(
      ["Key", "Meaning"],
      Object.entries(OVERRIDE_HELP).map(([key, help]) => [`\`${key}\``, help]),
    ),
    "",
    "A glob without a slash means that name at any depth, one with a slash a path from the folder of the settings.",
    "",
    "Without a word from you, files of these kinds get the rules that make sense there:",
    "",
    ...Object.entries(PATH_DEFAULTS).flatMap(([kind, { paths, off, atMost, why }]) => {
      const limits = Object.entries(atMost).map(([rule, severity]) => `\`${rule}\` (${severity})`);
      return [
        `- **${kind[0]!.toUpperCase()}${kind.slice(1)}**: ${paths}. Off: ${off.map((each) => `\`${each}\``).join(", ")}.${limits.length > 0 ? ` At most so severe: ${limits.join(", ")}.` : ""}`,
        `  ${why}`,
      ];
    }),
    "",
    "A rule that an override selects, or gives a severity, runs there after all; `path-defaults = false` switches all of this off.",
    "",
    "## In several files",
    "",
    '`extend = "../base.toml"` starts from another file: `select`, `src`, `fail-on` and `path-defaults` take the place of what stands there, the lists add to it,',
    "and `rules` are merged key by key. Folders and globs of each file are relative to that file. A base may have a base.",
    "",
    "A `pyproject.toml` with a `[tool.holdfast]`, or a `holdfast.toml`, further down in the project decides alone which rules run on the files below it:",
    "its `select`, `ignore`, `rules`, `overrides`, `path-defaults` and `exclude` count. Everything else is one thing for the whole project, and read from the project's own file. A check of the whole project says where a file further down sets it in vain, and the editor marks it there.",
    "",
    "## On the command line",
    "",
    "`--config other.toml` takes that file instead, and `--isolated` none. `--config 'fail-on=\"error\"'` sets one key, in TOML, over what the file says; lists of what to",
    "leave out add to it. Both may be given several times.",
    "",
    "Editors complete and check the table with [the JSON schema of the settings](holdfast.schema.json).",
    "",
    "## What is never checked",
    "",
    "Files Git ignores, and folders that hold other people's code or none:",
    `${DEFAULT_EXCLUDES.map((name) => `\`${name}\``).join(", ")};`,
    `${BUILD_FOLDERS.map((name) => `\`${name}\``).join(" and ")} at the top of a project or beside its \`pyproject.toml\`, \`setup.py\` or \`package.json\`.`,
    "A file that is named on the command line or open in the editor is checked even so.",
    "",
    "## In one place only",
    "",
    "```python",
    "time.sleep(1)  # holdfast: ignore[async/blocking-call]   this line, with a reason if you like",
    "",
    "# holdfast: ignore[async, db/leaked-session]",
    "charge(order)  # the comment above silences this whole statement",
    "",
    "def warm_up():  # holdfast: ignore-function[async]   the whole function; also alone above it",
    "    time.sleep(1)",
    "",
    "# holdfast: ignore-file[async]   above the first statement: the whole file",
    "```",
    "",
    "`until` and a day between brackets and reason ends a comment: [adopt.md](adopt.md#comments-that-end).",
    "A name is a rule or a family; without brackets everything is meant. A comment that silences nothing any more is reported, and so is one that names",
    "no rule.",
    "",
    "## In VS Code",
    "",
    table(["Setting", "Meaning", "Default"], editor),
    "",
  ].join("\n");
}

/** The verbs as a page: their docstrings under the headings of the stub. */
function verbsPage(stub: string): string {
  const [, introduction = ""] = /^"""([\s\S]*?)"""/.exec(stub) ?? [];
  const parts = [`# The verbs of library stubs\n\n${introduction.trim()}\n`];
  const pattern = /^# --- (.+?) -+$|^def (\w+)\((.*)\):\n {4}"""([\s\S]*?)"""/gm;
  for (const [, heading, name, parameters, docstring] of stub.matchAll(pattern)) {
    if (heading) parts.push(`## ${heading[0]!.toUpperCase()}${heading.slice(1)}\n`);
    else parts.push(`### \`${name}(${parameters})\`\n\n${docstring!.replace(/^ {4}/gm, "").trim()}\n`);
  }
  return parts.join("\n");
}

function main(check: boolean): void {
  const pages = generatedPages();
  const stale = [...pages].filter(([path, text]) => {
    const file = join(ROOT, ...path.split("/"));
    return !existsSync(file) || readFileSync(file, "utf8") !== text;
  });
  const abandoned = abandonedPages(pages);
  for (const [path] of stale) console.log(check ? `out of date: ${path}` : `written: ${path}`);
  for (const path of abandoned) console.log(check ? `no rule any more: ${path}` : `removed: ${path}`);
  if (check) {
    if (stale.length + abandoned.length > 0) process.exitCode = 1;
    return;
  }
  for (const [path, text] of stale) {
    const file = join(ROOT, ...path.split("/"));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const path of abandoned) rmSync(join(ROOT, ...path.split("/")));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.includes("--check"));
