/**
 * SARIF 2.1.0 (OASIS, errata 01), for code scanning and viewers.
 *
 * The path that makes a finding true is told twice, as related locations and as a code flow, because readers show one or the other. Findings silenced by
 * comments are left out. `partialFingerprints` holds our own fingerprint and not GitHub's `primaryLocationLineHash`, which its upload computes itself.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Range, rangeOf } from "../../analysis/index.ts";
import { explainRule } from "../../lint/explain.ts";
import type { Severity } from "../../lint/finding.ts";
import { suppressionRules } from "../../lint/ignore-rules.ts";
import type { Rule } from "../../lint/rule.ts";
import {
  type ComputedFix,
  computedFixes,
  type FormatOptions,
  type Origin,
  type Report,
  type Reported,
  type ShownNotice,
} from "../report.ts";
import { headline } from "./prose.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const ROOT = "%SRCROOT%";
/** The number at the end is that of the way fingerprints are made. */
const FINGERPRINT = "holdfast/v1";

const LEVEL: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

export function formatSarif(report: Report, options: FormatOptions): string {
  const { cwd, version } = options;
  const rules = [...options.rules, ...suppressionRules];
  const indexOf = new Map(rules.map((rule, index) => [rule.id, index]));
  const run = {
    tool: { driver: { name: "Holdfast", semanticVersion: version, version, rules: rules.map(ruleOf) } },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { [ROOT]: { uri: folderUri(cwd) } },
    invocations: [
      {
        executionSuccessful: report.failures.length === 0,
        workingDirectory: { uri: folderUri(cwd) },
        toolExecutionNotifications: [
          ...report.failures.map((failure) => notificationOf(failure, "error", cwd)),
          ...report.notices.map((notice) => notificationOf(notice, "warning", cwd)),
        ],
      },
    ],
    results: report.reported.map((each) => resultOf(each, indexOf, cwd)),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function ruleOf(rule: Rule): object {
  const { id, summary, severity, optIn, docs } = rule;
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: `${summary}.` },
    fullDescription: { text: docs.why },
    help: { text: `${docs.why}\n\n${docs.instead}`, markdown: explainRule(rule) },
    defaultConfiguration: { level: LEVEL[severity], ...(optIn ? { enabled: false } : {}) },
    properties: { tags: [id.split("/")[0]!] },
  };
}

/** `async/blocking-call` as `AsyncBlockingCall`: names of rules are one word in Pascal case by custom. */
function nameOf(id: string): string {
  return id
    .split(/[/-]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}

function resultOf(each: Reported, indexOf: ReadonlyMap<string, number>, cwd: string): object {
  const { finding, origin } = each;
  const index = indexOf.get(finding.rule);
  const own = physicalLocation(origin, finding.file, finding.range, cwd);
  const steps = finding.related.map(({ file, range, message }) => ({
    physicalLocation: physicalLocation(origin, file, range, cwd),
    message: { text: message },
  }));
  const fixes = computedFixes(finding).flatMap((fix) => fixOf(fix, origin, cwd));
  return {
    ruleId: finding.rule,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: LEVEL[finding.severity],
    message: { text: headline(each) },
    locations: [{ physicalLocation: own, ...logicalLocations(finding.function) }],
    partialFingerprints: { [FINGERPRINT]: finding.fingerprint },
    ...(steps.length > 0
      ? {
          relatedLocations: steps.map((step, id) => ({ id: id + 1, ...step })),
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: [
                    { location: { physicalLocation: own, message: { text: headline(each) } } },
                    ...steps.map((location) => ({ location })),
                  ],
                },
              ],
            },
          ],
        }
      : {}),
    ...(fixes.length > 0 ? { fixes } : {}),
    properties: { confidence: finding.confidence },
  };
}

function logicalLocations(name: string): object {
  if (name === "<module>") return {};
  return { logicalLocations: [{ fullyQualifiedName: name, kind: "function" }] };
}

/** Nothing where a file of the fix is not there to count lines in. */
function fixOf({ title, safe, edits }: ComputedFix, origin: Origin, cwd: string): object[] {
  const byFile = new Map<string, object[]>();
  for (const { file, span, text } of edits) {
    const source = origin.source(file);
    if (!source) return [];
    const replacement = {
      deletedRegion: regionOf(rangeOf(source.lineStarts, span)),
      insertedContent: { text },
    };
    const list = byFile.get(file);
    if (list) list.push(replacement);
    else byFile.set(file, [replacement]);
  }
  if (byFile.size === 0) return [];
  const artifactChanges = [...byFile].map(([file, replacements]) => ({
    artifactLocation: artifactLocation(origin.show(file), cwd),
    replacements,
  }));
  return [{ description: { text: title }, artifactChanges, properties: { safe } }];
}

function notificationOf({ file, message }: ShownNotice, level: string, cwd: string): object {
  return {
    level,
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(file, cwd) } }],
  };
}

function physicalLocation(origin: Origin, file: string, range: Range, cwd: string): object {
  return { artifactLocation: artifactLocation(origin.show(file), cwd), region: regionOf(range) };
}

/** Lines and columns from 1, `endColumn` behind the last character, as ours. */
function regionOf({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** Relative to the working directory; what is outside of it cannot be (3.4.3 forbids "..") and is named whole. */
function artifactLocation(shown: string, cwd: string): object {
  if (shown.startsWith("../")) return { uri: pathToFileURL(resolve(cwd, shown)).href };
  return { uri: shown.split("/").map(encodeURIComponent).join("/"), uriBaseId: ROOT };
}

function folderUri(folder: string): string {
  return `${pathToFileURL(folder).href.replace(/\/$/, "")}/`;
}
