/**
 * GitLab's code quality report: what a merge request shows as new and as fixed. GitLab tells findings apart by their fingerprint alone, over all files, so
 * the path goes into it, and a second finding that is equal in all gets a number.
 */
import { createHash } from "node:crypto";
import type { Severity } from "../../lint/finding.ts";
import type { FormatOptions, Report } from "../report.ts";
import { headline } from "./prose.ts";
import { repositoryPath } from "./repository.ts";

const SEVERITY: Readonly<Record<Severity, string>> = {
  error: "critical",
  warning: "major",
  information: "minor",
  hint: "info",
};

export function formatGitlab({ reported }: Report, { cwd, env }: FormatOptions): string {
  const seen = new Map<string, number>();
  const issues = reported.map((each) => {
    const { finding, origin } = each;
    const path = repositoryPath(cwd, env.CI_PROJECT_DIR, origin.show(finding.file));
    const identity = `${path}\0${finding.fingerprint}`;
    const count = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, count);
    return {
      description: headline(each),
      check_name: finding.rule,
      fingerprint: createHash("sha256").update(`${identity}\0${count}`).digest("hex"),
      severity: SEVERITY[finding.severity],
      location: { path, lines: { begin: finding.range.start.line, end: finding.range.end.line } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
