/** Holdfast as the tests run it: the built knowledge, all rules with their defaults. Needs `npm run build` before. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FileChange, loadKnowledge, type Parser, Project } from "../../analysis/index.ts";
import { applyEdits, mergeFixes } from "../../lint/edit.ts";
import type { Finding } from "../../lint/finding.ts";
import { resolveSettings } from "../../lint/options.ts";
import { checkProject } from "../../lint/run.ts";
import { rules } from "../../rules/index.ts";
import { ROOT, type SourceFile } from "./fixture.ts";
import { nativeParser } from "./parsers.ts";

const knowledge = loadKnowledge(readFileSync(join(ROOT, "dist", "knowledge.json"), "utf8"));
const { settings } = resolveSettings(rules, {});

/** A snapshot of `files`, handed over in the order given. */
export function projectOf(files: Iterable<FileChange>, parser: Parser = nativeParser): Project {
  const changes = [...files];
  const roots = changes.some((file) => file.path.startsWith("src/")) ? ["", "src"] : [""];
  return Project.create({ parser, knowledge, roots }).update(changes);
}

/** Everything reported in the project, by file and then by place. Throws where a rule did: an exception is never "nothing found". */
export function findingsIn(project: Project): Finding[] {
  return [...checkProject(project, settings)].flatMap(({ findings, failures }) => {
    if (failures.length > 0) throw new Error(failures.map(({ file, stack }) => `${file}: ${stack}`).join("\n"));
    return findings;
  });
}

/** A finding as plain data with its edits worked out: equal exactly where people would see the same. */
export function plain(finding: Finding): unknown {
  const { fixes, ...rest } = finding;
  return JSON.parse(
    JSON.stringify({ ...rest, fixes: fixes.map(({ title, safe, edits }) => ({ title, safe, edits: edits() })) }),
  );
}

/** `file:line:column rule message`, for failures people read. */
export function describeFinding(finding: Finding): string {
  const { line, column } = finding.range.start;
  const path = finding.related.map((hop) => `\n      ${hop.file}:${hop.range.start.line} ${hop.message}`).join("");
  return `${finding.file}:${line}:${column} ${finding.rule} "${finding.message}" (${finding.confidence})${path}`;
}

/**
 * The first fix of each finding applied to a set of files, whether it is safe for bulk use or not. Fixes that touch the same text wait for the next
 * round, as they would in an editor.
 */
export function fixOnce(files: readonly SourceFile[], findings: readonly Finding[]): SourceFile[] {
  const first = findings.map((finding) => ({
    ...finding,
    fixes: finding.fixes.slice(0, 1).map((fix) => ({ title: fix.title, safe: true, edits: () => fix.edits() })),
  }));
  const { edits } = mergeFixes(first);
  return files.map((file) => ({ ...file, text: applyEdits(file.text, edits.get(file.path) ?? []) }));
}
