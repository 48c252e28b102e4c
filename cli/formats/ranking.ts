/** The order for places that show the first few findings only: what fails the check, then the more severe, then the certain. */
import { SEVERITIES } from "../../lint/finding.ts";
import type { Reported } from "../report.ts";

/** Worst first; equals stay in the order of files. */
export function worstFirst(reported: readonly Reported[]): readonly Reported[] {
  const rank = ({ finding, gates }: Reported): number =>
    (gates ? 0 : 100) + SEVERITIES.indexOf(finding.severity) * 10 + (finding.confidence === "certain" ? 0 : 1);
  return [...reported].sort((a, b) => rank(a) - rank(b));
}
