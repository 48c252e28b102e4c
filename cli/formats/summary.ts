/** The last lines of the formats for people. */
import { SEVERITIES } from "../../lint/finding.ts";
import { computedFixes, countBySeverity, counted, type FormatOptions, type Report } from "../report.ts";

/** Empty when quiet. */
export function summaryLines(
  { reported, files, suppressed, known, existing, fixed }: Report,
  { quiet }: FormatOptions,
): string[] {
  if (quiet) return [];
  const hidden = [
    ...(known > 0 ? [`${counted(known, "known finding")} hidden by the baseline.`] : []),
    ...(existing > 0
      ? [`${counted(existing, "finding")} not shown that ${existing === 1 ? "was" : "were"} there before.`]
      : []),
  ];
  const silenced = suppressed > 0 ? ` (${suppressed} silenced by comments)` : "";
  const cured = fixed > 0 ? [`Fixed ${counted(fixed, "problem")}.`] : [];
  if (reported.length === 0) return [...cured, `No problems in ${counted(files, "file")}${silenced}.`, ...hidden];
  const counts = countBySeverity(reported);
  const kinds = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    PLURALS[severity](counts[severity]),
  );
  const lines = [
    `Found ${counted(reported.length, "problem")} in ${counted(files, "file")}: ${kinds.join(", ")}${silenced}.`,
  ];
  const remedy = remedyFor(reported);
  return [...cured, ...lines, ...(remedy === null ? [] : [remedy]), ...hidden];
}

/** How many can be fixed, and by what; null where none can. */
function remedyFor(reported: Report["reported"]): string | null {
  const ways = reported.map(({ finding }) => computedFixes(finding)).filter((fixes) => fixes.length > 0);
  const safe = ways.filter((fixes) => fixes.some((fix) => fix.safe)).length;
  const others = ways.length - safe;
  if (safe === 0) return others === 0 ? null : `${others} can be fixed with --fix --unsafe-fixes.`;
  return `${safe} can be fixed with --fix${others === 0 ? "" : `, ${others} more with --unsafe-fixes`}.`;
}

const PLURALS = {
  error: (count: number) => counted(count, "error"),
  warning: (count: number) => counted(count, "warning"),
  information: (count: number) => `${count} information`,
  hint: (count: number) => counted(count, "hint"),
};
