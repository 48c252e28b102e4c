/**
 * Logging commands of Azure Pipelines: issues of the build, with their place. There are two kinds of issue, errors and warnings; what is less is printed and
 * nothing more.
 *
 * Escaping is that of microsoft/azure-pipelines-task-lib (`taskcommand.ts`): "%AZP25" stands for "%", because agents decode that last.
 */
import type { FormatOptions, Report, Reported } from "../report.ts";
import { conciseLine } from "./concise.ts";
import { detailLines, headline } from "./prose.ts";
import { worstFirst } from "./ranking.ts";
import { summaryLines } from "./summary.ts";

export function formatAzure(report: Report, options: FormatOptions): string {
  const lines = [
    ...worstFirst(report.reported).map(lineOf),
    ...report.failures.map(({ file, message }) => issue("error", { sourcepath: file }, message)),
    ...summaryLines(report, options),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function lineOf(each: Reported): string {
  const { finding, origin } = each;
  const { severity, rule, range } = finding;
  if (severity !== "error" && severity !== "warning") return harmless(conciseLine(each));
  const place = {
    sourcepath: origin.show(finding.file),
    linenumber: String(range.start.line),
    columnnumber: String(range.start.column),
    code: rule,
  };
  return issue(severity, place, [headline(each), ...detailLines(each)].join("\n"));
}

function issue(type: "error" | "warning", place: Readonly<Record<string, string>>, message: string): string {
  const properties = Object.entries({ type, ...place }).map(([key, value]) => `${key}=${escapedProperty(value)};`);
  return `##vso[task.logissue ${properties.join("")}]${escapedData(message)}`;
}

function escapedData(text: string): string {
  return text.replaceAll("%", "%AZP25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll("]", "%5D").replaceAll(";", "%3B");
}

/** Agents obey a command wherever it stands in a line, and a line may quote code. */
function harmless(line: string): string {
  return line.replace(/##(?=(vso)?\[)/g, "# #");
}
