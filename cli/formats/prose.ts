/** A finding as plain sentences, for formats that have one field for all that is said. */
import { computedFixes, type Reported } from "../report.ts";
import { printable } from "./columns.ts";

/** The message, with a word about how sure it is. One line. */
export function headline({ finding }: Reported): string {
  return `${printable(finding.message)}${finding.confidence === "likely" ? " (likely)" : ""}`;
}

/** The path that makes it true and the ways out, a line each; empty where there are none. */
export function detailLines({ finding, origin }: Reported): string[] {
  return [
    ...finding.related.map(
      ({ file, range, message }) => `via ${printable(origin.show(file))}:${range.start.line}: ${printable(message)}`,
    ),
    ...computedFixes(finding).map(({ title, safe }) => `help: ${printable(title)}${safe ? " (--fix does it)" : ""}`),
  ];
}
