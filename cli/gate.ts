/** Which findings make a check fail, and which are shown: two questions, because a team may want to see more than it fails for, or fail for what a report leaves out. */
import { SEVERITIES, type Severity } from "../lint/finding.ts";
import { EXIT, type ExitCode } from "./failure.ts";
import { counted, type Report } from "./report.ts";

export interface GateOptions {
  /** So many findings at the gate are let through. */
  readonly maxFindings?: number;
  /** The least severe findings to show; it has no say in the exit code. */
  readonly show?: Severity;
}

export interface Gate {
  readonly code: ExitCode;
  /** What the exit code does not explain by itself. */
  readonly remark: string | null;
}

/** Findings at the gate outweigh what failed: they are true anyway. */
export function gateOf(report: Report, { maxFindings = 0, show }: GateOptions): Gate {
  const gating = report.reported.filter(({ gates }) => gates);
  const failed = gating.length > maxFindings;
  const code = failed ? EXIT.findings : report.failures.length > 0 ? EXIT.internal : EXIT.clean;
  const unseen = gating.filter(({ finding }) => !isShown(finding.severity, show)).length;
  if (maxFindings > 0) {
    const verdict = `${counted(gating.length, "finding")} at the gate, ${maxFindings} allowed`;
    const lower = gating.length < maxFindings ? `; --max-findings ${gating.length} holds what is won` : "";
    return { code, remark: failed || lower ? verdict + lower : null };
  }
  return {
    code,
    remark: failed && unseen > 0 ? `${counted(unseen, "finding")} at the gate not shown (--show ${show})` : null,
  };
}

/** The report with what is to be shown. */
export function shownOf(report: Report, { show }: GateOptions): Report {
  return show === undefined
    ? report
    : { ...report, reported: report.reported.filter(({ finding }) => isShown(finding.severity, show)) };
}

function isShown(severity: Severity, show: Severity | undefined): boolean {
  return show === undefined || SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(show);
}
