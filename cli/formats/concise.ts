/** One line per finding, for `grep`, editors' quickfix lists and logs. */
import type { FormatOptions, Report, Reported } from "../report.ts";
import { printable } from "./columns.ts";
import { summaryLines } from "./summary.ts";

export function formatConcise(report: Report, options: FormatOptions): string {
  return [...report.reported.map(conciseLine), ...summaryLines(report, options)].map((line) => `${line}\n`).join("");
}

/** `path:line:column: severity[rule] message`, without the end of the line. */
export function conciseLine({ finding, origin }: Reported): string {
  const { line, column } = finding.range.start;
  const likely = finding.confidence === "likely" ? " (likely)" : "";
  const place = `${printable(origin.show(finding.file))}:${line}:${column}`;
  return `${place}: ${finding.severity}[${finding.rule}] ${printable(finding.message)}${likely}`;
}
