/**
 * Workflow commands of GitHub Actions, which become annotations of the changed files. GitHub shows ten errors, ten warnings and ten notices of a step and drops
 * the rest without a word, so the worst come first, and all of them follow as plain lines in the log.
 *
 * Escaping is that of actions/toolkit (`packages/core/src/command.ts`). The plain lines quote code, so commands are off while they are printed.
 */
import { createHash } from "node:crypto";
import type { Severity } from "../../lint/finding.ts";
import type { FormatOptions, Report, Reported } from "../report.ts";
import { formatConcise } from "./concise.ts";
import { detailLines, headline } from "./prose.ts";
import { worstFirst } from "./ranking.ts";
import { repositoryPath } from "./repository.ts";

const COMMAND: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

export function formatGithub(report: Report, options: FormatOptions): string {
  const annotations = worstFirst(report.reported).map((each) => annotation(each, options));
  const failures = report.failures.map(({ file, message }) =>
    command("error", { file: repositoryPath(options.cwd, options.env.GITHUB_WORKSPACE, file) }, message),
  );
  const plain = formatConcise(report, { ...options, color: false });
  // Nobody can write this word into code that is checked: it depends on all that is printed.
  const word = `holdfast-${createHash("sha256").update(plain).digest("hex")}`;
  const log = plain === "" ? [] : [`::stop-commands::${word}\n`, plain, `::${word}::\n`];
  return [...failures, ...annotations, ...log].join("");
}

function annotation(each: Reported, { cwd, env }: FormatOptions): string {
  const { finding, origin } = each;
  const { start, end } = finding.range;
  const place = {
    file: repositoryPath(cwd, env.GITHUB_WORKSPACE, origin.show(finding.file)),
    line: String(start.line),
    endLine: String(end.line),
    // Columns of a range over several lines are refused.
    ...(start.line === end.line ? { col: String(start.column), endColumn: String(end.column) } : {}),
    title: finding.rule,
  };
  return command(COMMAND[finding.severity], place, [headline(each), ...detailLines(each)].join("\n"));
}

function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const said = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(value)}`);
  return `::${name} ${said.join(",")}::${escapedData(message)}\n`;
}

function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
