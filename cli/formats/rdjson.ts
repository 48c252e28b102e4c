/**
 * The diagnostic format of reviewdog, which comments on changes with it on any forge. Columns count bytes of UTF-8 there. Suggestions are the edits of the
 * best fix, where that stays in the file of the finding: a review cannot accept half of one.
 */
import type { Span } from "../../analysis/index.ts";
import type { Severity } from "../../lint/finding.ts";
import { computedFixes, type Report, type Reported, type Source } from "../report.ts";
import { detailLines, headline } from "./prose.ts";

const SEVERITY: Readonly<Record<Severity, string>> = {
  error: "ERROR",
  warning: "WARNING",
  information: "INFO",
  hint: "INFO",
};

export function formatRdjson({ reported, failures }: Report): string {
  const diagnostics = [
    ...reported.map(diagnostic),
    ...failures.map(({ file, message }) => ({ message, location: { path: file }, severity: "ERROR" })),
  ];
  return `${JSON.stringify({ source: { name: "holdfast" }, diagnostics }, null, 2)}\n`;
}

function diagnostic(each: Reported): object {
  const { finding, origin } = each;
  const { start, end } = finding.range;
  const source = origin.source(finding.file);
  const range = source ? rangeOf(source, finding.span) : { start: { line: start.line }, end: { line: end.line } };
  const [best] = computedFixes(finding);
  const here = best?.edits.every(({ file }) => file === finding.file);
  return {
    message: [headline(each), ...detailLines(each)].join("\n"),
    location: { path: origin.show(finding.file), range },
    severity: SEVERITY[finding.severity],
    code: { value: finding.rule },
    ...(best && here && source
      ? { suggestions: best.edits.map(({ span, text }) => ({ range: rangeOf(source, span), text })) }
      : {}),
  };
}

function rangeOf(source: Source, span: Span): object {
  return { start: positionOf(source, span.start), end: positionOf(source, span.end) };
}

function positionOf({ text, lineStarts }: Source, offset: number): { line: number; column: number } {
  let line = lineStarts.findIndex((start) => start > offset);
  if (line < 0) line = lineStarts.length;
  const column = Buffer.byteLength(text.slice(lineStarts[line - 1]!, offset)) + 1;
  return { line, column };
}
