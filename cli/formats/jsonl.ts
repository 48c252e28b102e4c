/**
 * Findings for programs that read line by line: each line is a finding as in the JSON format, the last one `{"version": 1, "summary": …}`. Where that
 * is missing the report is not whole.
 */
import type { Report } from "../report.ts";
import { diagnostic, summary } from "./json.ts";

export function formatJsonl(report: Report): string {
  const lines = [...report.reported.map(diagnostic), { version: 1, summary: summary(report) }];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}
