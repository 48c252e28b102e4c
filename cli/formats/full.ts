/** Findings for people: the place, the code with the finding underlined, the path that makes it true, and the ways out. */
import pc from "picocolors";
import type { Severity } from "../../lint/finding.ts";
import { computedFixes, type FormatOptions, type Report, type Reported, type Source } from "../report.ts";
import { clip, printable, shorten, widthOf } from "./columns.ts";
import { summaryLines } from "./summary.ts";

export function formatFull(report: Report, options: FormatOptions): string {
  const colors = pc.createColors(options.color);
  const blocks = report.reported.map((each) => block(each, options, colors).join("\n"));
  const summary = summaryLines(report, options);
  return [...blocks, ...(summary.length > 0 ? [summary.join("\n")] : [])].map((part) => `${part}\n`).join("\n");
}

type Colors = ReturnType<typeof pc.createColors>;

function block({ finding, origin }: Reported, { width }: FormatOptions, colors: Colors): string[] {
  const { line, column } = finding.range.start;
  const place = `${printable(origin.show(finding.file))}:${line}:${column}`;
  const likely = finding.confidence === "likely" ? colors.dim(" (likely)") : "";
  const severity = colorOf(finding.severity, colors)(`${finding.severity}[${finding.rule}]`);
  const lines = [`${colors.bold(place)}  ${severity} ${printable(finding.message)}${likely}`];

  const gutter = String(line).length + 1;
  const source = origin.source(finding.file);
  if (source)
    lines.push(...frame(source, finding.span, line, gutter, width, colors, colorOf(finding.severity, colors)));
  const margin = `${" ".repeat(gutter)} ${colors.cyan("=")}`;
  for (const step of finding.related) {
    const start = step.range.start.line;
    const code = origin.source(step.file);
    const text = code ? shorten(printable(lineText(code, start).trim()), STEP_WIDTH) : "";
    const where = `${printable(origin.show(step.file))}:${start}`;
    lines.push(`${margin} ${colors.bold("via")} ${where}  ${text}  ${colors.dim(`— ${printable(step.message)}`)}`);
  }
  for (const fix of computedFixes(finding)) {
    const how = fix.safe ? colors.dim(" (--fix does it)") : "";
    lines.push(`${margin} ${colors.bold("help:")} ${printable(fix.title)}${how}`);
  }
  return lines;
}

/** Columns of a source line beside a step of the path. */
const STEP_WIDTH = 60;
/** Least columns of source shown, however narrow the terminal. */
const LEAST_CODE = 40;

/** The line of the finding with carets below. Of a finding on several lines the first is shown; a long line is cut around the finding. */
function frame(
  source: Source,
  span: { readonly start: number; readonly end: number },
  line: number,
  gutter: number,
  width: number,
  colors: Colors,
  paint: (text: string) => string,
): string[] {
  const raw = lineText(source, line);
  const lineStart = source.lineStarts[line - 1]!;
  const before = raw.slice(0, span.start - lineStart);
  const inside = raw.slice(0, Math.max(span.end - lineStart, 0));
  const code = printable(raw);
  const from = widthOf(printable(before));
  const length = Math.max(1, widthOf(printable(inside)) - from);

  const room = Math.max(LEAST_CODE, width - gutter - 3);
  const total = widthOf(code);
  let shift = 0;
  if (total > room) shift = Math.max(0, Math.min(from - Math.floor(room / 3), total - room));
  const head = shift > 0 ? "…" : "";
  const tail = total > shift + room ? "…" : "";
  const shown = head + clip(code, shift + head.length, room - head.length - tail.length) + tail;
  const underline = " ".repeat(from - shift) + "^".repeat(Math.max(1, Math.min(length, room - (from - shift))));
  const bar = colors.cyan("|");
  const number = colors.cyan(String(line).padStart(gutter));
  return [
    `${" ".repeat(gutter)} ${bar}`,
    `${number} ${bar} ${shown.trimEnd()}`,
    `${" ".repeat(gutter)} ${bar} ${paint(underline)}`,
  ];
}

function lineText({ text, lineStarts }: Source, line: number): string {
  return text.slice(lineStarts[line - 1] ?? text.length, lineStarts[line] ?? text.length).replace(/[\r\n]+$/, "");
}

/** How a severity is painted. */
export function colorOf(severity: Severity, colors: Colors): (text: string) => string {
  switch (severity) {
    case "error":
      return colors.red;
    case "warning":
      return colors.yellow;
    case "information":
      return colors.blue;
    case "hint":
      return colors.green;
  }
}
