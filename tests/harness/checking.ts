/** Holdfast as the tests run it: the built knowledge, all rules with their defaults. Needs `npm run build` before. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type FileChange,
  type Parser,
  Project,
  type ProjectMemory,
  type ProjectOptions,
} from "../../analysis/index.ts";
import { knowledgeFor, loadShippedKnowledge } from "../../host/knowledge.ts";
import { loadSettings } from "../../host/settings.ts";
import { applyEdits, mergeFixes } from "../../lint/edit.ts";
import type { Finding } from "../../lint/finding.ts";
import { keptOutcomes } from "../../lint/kept.ts";
import { resolveSettings } from "../../lint/options.ts";
import { checkFile, checkProject } from "../../lint/run.ts";
import { RememberingCheck, type StoredRun } from "../../lint/stored.ts";
import { rules } from "../../rules/index.ts";
import type { SourceFile } from "./fixture.ts";
import { nativeParser } from "./parsers.ts";

const settings = { ...resolveSettings(rules, { select: ["all"] }).settings, today: "2026-01-01" };

/** A snapshot of `files`, handed over in the order given. What a `pyproject.toml` beside them teaches counts. */
export function projectOf(
  files: Iterable<FileChange | SourceFile>,
  parser: Parser = nativeParser,
  memory?: ProjectMemory | null,
): Project {
  const changes = [...files];
  const roots = changes.some((file) => file.path.startsWith("src/")) ? ["", "src"] : [""];
  const remembering = memory === undefined ? {} : { memory };
  const live = memory === undefined;
  return Project.create({ parser, roots, live, ...lessonsOf(changes), ...remembering }).update(changes);
}

type Lessons = Pick<ProjectOptions, "knowledge" | "taught">;

const shipped: Lessons = { knowledge: loadShippedKnowledge() };
const lessons = new Map<string, Lessons>();

function lessonsOf(files: readonly (FileChange | SourceFile)[]): Lessons {
  const file = files.find((each): each is SourceFile => "source" in each);
  const root = file?.source.slice(0, -file.path.length) ?? "";
  if (!existsSync(join(root, "pyproject.toml")) || root === "") return shipped;
  const known = lessons.get(root);
  if (known) return known;
  const own = loadSettings({ rules, root });
  const { knowledge, errors } = knowledgeFor(own, nativeParser);
  assert.deepEqual([...own.errors, ...errors], [], root);
  const learned = { knowledge, taught: own.taught };
  lessons.set(root, learned);
  return learned;
}

/** Everything reported in the project, by file and then by place. Throws where a rule did: an exception is never "nothing found". */
export function findingsIn(project: Project): Finding[] {
  return [...checkProject(project, settings)].flatMap(({ findings, failures }) => {
    if (failures.length > 0) throw new Error(failures.map(({ file, stack }) => `${file}: ${stack}`).join("\n"));
    return findings;
  });
}

/** The same as the editor asks for it: what nothing has changed for since it was last asked is not worked out again. */
export function keptFindingsIn(project: Project): Finding[] {
  return project.paths().flatMap((path) => {
    const { findings, failures } = checkFile(project.file(path)!, settings, keptOutcomes);
    assert.deepEqual(failures, []);
    return findings;
  });
}

export type Remembered = string | null;

/** Checks files as a run does that takes up what an earlier one left, and leaves something itself. Memory goes through text, as on disk. */
export function rememberedCheck(
  files: readonly FileChange[],
  memory: Remembered,
  parser: Parser = nativeParser,
): {
  readonly findings: Finding[];
  /** Files, and units of them. */
  readonly checked: number;
  readonly units: number;
  readonly project: Project;
  readonly memory: Remembered;
} {
  const before = memory === null ? null : (JSON.parse(memory) as StoredRun);
  const project = projectOf(files, parser, before?.memory ?? null);
  const check = new RememberingCheck(project, settings, before);
  const results = [...check.run()];
  for (const { file, failures } of results) assert.deepEqual(failures, [], file);
  const outcome = check.outcome();
  return {
    findings: results.flatMap(({ findings }) => findings),
    checked: check.checked,
    units: check.units,
    project,
    memory: outcome ? JSON.stringify(outcome) : memory,
  };
}

/** A finding as plain data with its edits worked out: equal exactly where people would see the same. */
export function plain(finding: Finding): unknown {
  const { fixes, ...rest } = finding;
  const offered = fixes.map(({ title, safe, edits }) => ({ title, safe, edits: edits() }));
  return JSON.parse(JSON.stringify({ ...rest, fixes: offered.filter(({ edits }) => edits !== null) }));
}

/** `file:line:column rule message`, for failures people read. */
export function describeFinding(finding: Finding): string {
  const { line, column } = finding.range.start;
  const path = finding.related.map((hop) => `\n      ${hop.file}:${hop.range.start.line} ${hop.message}`).join("");
  return `${finding.file}:${line}:${column} ${finding.rule} "${finding.message}" (${finding.confidence})${path}`;
}

/**
 * The first fix of each finding that applies, applied to a set of files, whether it is safe for bulk use or not. Fixes that touch the same text wait for the next
 * round, as they would in an editor.
 */
export function fixOnce(files: readonly SourceFile[], findings: readonly Finding[]): SourceFile[] {
  const first = findings.map((finding) => ({
    ...finding,
    fixes: finding.fixes.flatMap(({ title, edits }) => {
      const own = edits();
      return own === null ? [] : [{ title, safe: true, edits: () => own }];
    }),
  }));
  const { edits } = mergeFixes(first);
  return files.map((file) => ({ ...file, text: applyEdits(file.text, edits.get(file.path) ?? []) }));
}
