/** Checkstyle XML, which many dashboards read. The rule is the last part of `source`, as with Checkstyle's own checks. */
import type { Severity } from "../../lint/finding.ts";
import type { Report, Reported } from "../report.ts";
import { byFile } from "./grouped.ts";
import { detailLines, headline } from "./prose.ts";
import { element, xmlDocument } from "./xml.ts";

const SEVERITY: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "info",
  hint: "info",
};

export function formatCheckstyle({ reported, failures }: Report): string {
  const files = [...byFile(reported)].map(([name, findings]) => element("file", { name }, findings.map(errorOf)));
  const broken = failures.map(({ file, message }) =>
    element("file", { name: file }, [element("error", { line: 1, severity: "error", message, source: "holdfast" })]),
  );
  return xmlDocument(element("checkstyle", { version: "4.3" }, [...files, ...broken]));
}

function errorOf(each: Reported): string {
  const { rule, severity, range } = each.finding;
  return element("error", {
    line: range.start.line,
    column: range.start.column,
    severity: SEVERITY[severity],
    message: [headline(each), ...detailLines(each)].join("\n"),
    source: `holdfast.${rule.replace("/", ".")}`,
  });
}
