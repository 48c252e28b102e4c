/**
 * Findings for programs: one JSON object, `version` 1. Within a version keys are only added.
 *
 * Lines and columns start at 1, columns count UTF-16 code units, `end` is exclusive; files are relative to the working directory with
 * forward slashes. `related` is the path that makes the finding true, outermost first. `fixes` hold those that apply, best first.
 */
import { type Range, rangeOf } from "../../analysis/index.ts";
import { computedFixes, countBySeverity, type Origin, type Report, type Reported } from "../report.ts";

export function formatJson(report: Report): string {
  const output = { version: 1, diagnostics: report.reported.map(diagnostic), summary: summary(report) };
  return `${JSON.stringify(output, null, 2)}\n`;
}

/** The counts of a report and what could not be checked, as a plain object. */
export function summary({ reported, files, suppressed, known, existing, notices, failures, fixed }: Report): object {
  const counts = countBySeverity(reported);
  return {
    files,
    findings: reported.length,
    errors: counts.error,
    warnings: counts.warning,
    information: counts.information,
    hints: counts.hint,
    suppressed,
    known,
    existing,
    fixed,
    notices: notices.map(({ file, message, skipped }) => ({ file, message, skipped })),
    failures: failures.map(({ file, message }) => ({ file, message })),
  };
}

/** One finding as a plain object. */
export function diagnostic({ finding, origin }: Reported): object {
  return {
    file: origin.show(finding.file),
    rule: finding.rule,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    range: plainRange(finding.range),
    related: finding.related.map(({ file, range, message }) => ({
      file: origin.show(file),
      range: plainRange(range),
      message,
    })),
    fixes: computedFixes(finding).map(({ title, safe, edits }) => ({
      title,
      safe,
      edits: edits.map(({ file, span, text }) => ({
        file: origin.show(file),
        range: rangeIn(origin, file, span),
        text,
      })),
    })),
    fingerprint: finding.fingerprint,
  };
}

function rangeIn(origin: Origin, file: string, span: { readonly start: number; readonly end: number }): Range | null {
  const source = origin.source(file);
  return source ? rangeOf(source.lineStarts, span) : null;
}

/** Exactly the documented keys, whatever else the engine keeps in a range. */
function plainRange({ start, end }: Range): Range {
  return { start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } };
}
