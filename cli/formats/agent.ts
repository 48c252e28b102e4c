/**
 * Findings for coding agents: no picture of the code they have open anyway, but what they need to act and to check themselves afterwards: the
 * path in one line, the fix in one line, and the fingerprint that `--verify` takes.
 */
import { computedFixes, type FormatOptions, type Report, type Reported } from "../report.ts";
import { printable } from "./columns.ts";
import { conciseLine } from "./concise.ts";
import { summaryLines } from "./summary.ts";

export function formatAgent(report: Report, options: FormatOptions): string {
  const lines = report.reported.flatMap(linesOf);
  const asking =
    report.reported.length > 0 && !options.quiet
      ? ["After an edit, `holdfast check FILE --verify FINGERPRINT,…` says which of them are gone."]
      : [];
  return [...lines, ...summaryLines(report, options), ...asking].map((line) => `${line}\n`).join("");
}

function linesOf(each: Reported): string[] {
  const { finding, origin } = each;
  const lines = [`${conciseLine(each)} {${finding.fingerprint}}`];
  if (finding.related.length > 0) {
    const steps = finding.related.map(({ file, range }) => `${printable(origin.show(file))}:${range.start.line}`);
    const places = steps.filter((step, index) => step !== steps[index - 1]);
    lines.push(`  via ${places.join(" > ")}: ${printable(finding.related.at(-1)!.message)}`);
  }
  const [best] = computedFixes(finding);
  if (best) lines.push(`  fix: ${printable(best.title)}${best.safe ? " (--fix does it)" : ""}`);
  return lines;
}
