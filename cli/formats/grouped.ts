/** Findings below the name of their file, for reading through a few files with many. */
import pc from "picocolors";
import type { FormatOptions, Report, Reported } from "../report.ts";
import { printable } from "./columns.ts";
import { colorOf } from "./full.ts";
import { summaryLines } from "./summary.ts";

export function formatGrouped(report: Report, options: FormatOptions): string {
  const colors = pc.createColors(options.color);
  const blocks = [...byFile(report.reported)].map(([file, findings]) => {
    const places = findings.map(({ finding }) => `${finding.range.start.line}:${finding.range.start.column}`);
    const width = Math.max(...places.map((place) => place.length));
    const lines = findings.map(({ finding }, index) => {
      const likely = finding.confidence === "likely" ? colors.dim(" (likely)") : "";
      const severity = colorOf(finding.severity, colors)(`${finding.severity}[${finding.rule}]`);
      return `  ${places[index]!.padStart(width)}  ${severity} ${printable(finding.message)}${likely}`;
    });
    return [colors.bold(printable(file)), ...lines].join("\n");
  });
  const summary = summaryLines(report, options);
  return [...blocks, ...(summary.length > 0 ? [summary.join("\n")] : [])].map((part) => `${part}\n`).join("\n");
}

/** Findings by the shown name of their file, in the order they come. */
export function byFile(reported: readonly Reported[]): ReadonlyMap<string, readonly Reported[]> {
  const groups = new Map<string, Reported[]>();
  for (const each of reported) {
    const file = each.origin.show(each.finding.file);
    const group = groups.get(file);
    if (group) group.push(each);
    else groups.set(file, [each]);
  }
  return groups;
}
