/**
 * JUnit XML, as CI systems read it: one suite per file, one case per finding. A finding that does not make the check fail is a skipped case, so
 * that the report is as red as the exit code. A check without findings is one case that has passed, because readers refuse an empty report.
 *
 * Times are left out: a finding takes none.
 */
import type { Report, Reported, ShownNotice } from "../report.ts";
import { byFile } from "./grouped.ts";
import { detailLines, headline } from "./prose.ts";
import { element, textElement, xmlDocument } from "./xml.ts";

export function formatJunit(report: Report): string {
  const suites = [
    ...[...byFile(report.reported)].map(([file, findings]) => suiteOf(file, findings.map(caseOf), findings, 0)),
    ...report.failures.map((failure) => suiteOf(failure.file, [errorOf(failure)], [], 1)),
  ];
  if (suites.length === 0) {
    suites.push(suiteOf("holdfast", [element("testcase", { name: "holdfast", classname: "holdfast" })], [], 0, 1));
  }
  const gating = report.reported.filter(({ gates }) => gates).length;
  const totals = {
    name: "holdfast",
    tests: report.reported.length + report.failures.length || 1,
    failures: gating,
    errors: report.failures.length,
  };
  return xmlDocument(element("testsuites", totals, suites));
}

function suiteOf(
  name: string,
  cases: readonly string[],
  findings: readonly Reported[],
  errors: number,
  tests = findings.length + errors,
): string {
  const failures = findings.filter(({ gates }) => gates).length;
  return element("testsuite", { name, tests, failures, errors, skipped: findings.length - failures }, cases);
}

function caseOf(each: Reported): string {
  const { finding, origin, gates } = each;
  const { line, column } = finding.range.start;
  const file = origin.show(finding.file);
  const message = headline(each);
  const details = [`${file}:${line}:${column}: ${finding.severity}: ${message}`, ...detailLines(each)].join("\n");
  const outcome = gates
    ? textElement("failure", { message, type: finding.severity }, details)
    : textElement("skipped", { message }, details);
  return element("testcase", { name: `${finding.rule} (${line}:${column})`, classname: file }, [outcome]);
}

function errorOf({ file, message }: ShownNotice): string {
  return element("testcase", { name: "holdfast", classname: file }, [
    textElement("error", { message, type: "internal" }, message),
  ]);
}
