/**
 * The calls of one function, boiled down to what callers may depend on: which work it does itself, and which project functions run their bodies
 * within it. Where in the body that happens is no part of it, so moving a call changes nothing for anybody else.
 */
import { keptQuestion, type Read } from "../base/memo.ts";
import type { FunctionId } from "../names/outline.ts";
import type { Program } from "../names/program.ts";
import { WORK_KINDS, type Work, type WorkKind } from "../names/verbs.ts";
import type { Given, ParameterTest } from "../types/conditions.ts";
import { functionInfo } from "../types/inference/index.ts";
import { implementationsOf } from "./implementations.ts";

/** Kinds of work as bits: one for certain work and, `LIKELY` places up, one for likely work of each kind. */
export type WorkSet = number;

const LIKELY = 16;

export interface CallSummary {
  /** Sorted, without repetition. */
  readonly edges: readonly Edge[];
  /** Parameters on whose values something depends, sorted. */
  readonly telling: readonly string[];
}

/** Work that is done, or a project function that is run, where tests of parameters came out so. */
export interface Edge {
  readonly when: readonly ParameterTest[];
  readonly work: WorkSet;
  readonly runs: FunctionId | null;
  readonly given: readonly Given[];
  /** It happens under no condition, and behind none that returned. */
  readonly sure: boolean;
  readonly perhaps: boolean;
}

const NOTHING: CallSummary = { edges: [], telling: [] };

export function callSummary(program: Program, id: FunctionId): CallSummary {
  return program.memo.get(SUMMARIES, id) ?? NOTHING;
}

/** The name of the question for the summary of a function. */
export const SUMMARY = "summary";

const SUMMARIES = keptQuestion<Program, CallSummary>(SUMMARY, summarise, same);

/** `told` is called with the function whenever its summary may have changed. */
export function watchSummaries(program: Program, told: (fn: FunctionId) => void): void {
  program.memo.watch(SUMMARIES, told);
}

/** The functions whose work counts as that of the function whose summary was read; none where something else was read. */
export function runsRead({ question, value }: Read): readonly FunctionId[] {
  if (question !== SUMMARIES) return [];
  return ((value as CallSummary | undefined)?.edges ?? []).flatMap(({ runs }) => runs ?? []);
}

/** What of the work of a callee that runs only under a condition counts for its caller: whether a loop is started is said of what surely happens. */
export function underCondition(set: WorkSet): WorkSet {
  const loop = 1 << WORK_KINDS.indexOf("loop");
  return set & ~(loop | (loop << LIKELY));
}

/** What of a set counts where nobody can tell whether it is done. */
export function asLikely(set: WorkSet): WorkSet {
  const certain = (1 << LIKELY) - 1;
  return (set & ~certain) | ((set & certain) << LIKELY);
}

export function bitOf(work: Work): WorkSet {
  return 1 << (WORK_KINDS.indexOf(work.kind) + (work.likely ? LIKELY : 0));
}

/** The kinds in a set, certain ones first where both are there. */
export function kindsOf(set: WorkSet): readonly WorkKindFound[] {
  return WORK_KINDS.flatMap((kind, i): readonly WorkKindFound[] => {
    if (set & (1 << i)) return [{ kind, likely: false }];
    return set & (1 << (i + LIKELY)) ? [{ kind, likely: true }] : [];
  });
}

/** Whether a set has work of a kind; with `likely`, work that is only likely counts as well. */
export function includesKind(set: WorkSet, kind: WorkKind, likely: boolean): boolean {
  const i = WORK_KINDS.indexOf(kind);
  return (set & (1 << i)) !== 0 || (likely && (set & (1 << (i + LIKELY))) !== 0);
}

export interface WorkKindFound {
  readonly kind: WorkKind;
  readonly likely: boolean;
}

function summarise(program: Program, id: FunctionId): CallSummary {
  program.effort.summaries++;
  const info = functionInfo(program, id);
  if (!info) return NOTHING;
  const edges = new Map<string, Edge>();
  const telling = new Set<string>();
  for (const record of info.calls) {
    if (record.once) continue;
    const { tests: when, sure } = record;
    for (const { works, runs, given, perhaps } of record.targets) {
      let work = 0;
      for (const w of works) work |= bitOf(w);
      if (work === 0 && runs === null) continue;
      const edge: Edge = { when, work, runs, given, sure, perhaps };
      edges.set(JSON.stringify(edge), edge);
      for (const { parameter } of when) telling.add(parameter);
      for (const { from } of given) if (from !== null) telling.add(from);
    }
    for (const target of record.targets)
      for (const runs of implementationsOf(program, record, target)) {
        const edge: Edge = { when, work: 0, runs, given: target.given, sure: false, perhaps: true };
        edges.set(JSON.stringify(edge), edge);
      }
  }
  const sorted = [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge);
  return { edges: sorted, telling: [...telling].sort() };
}

function same(a: CallSummary, b: CallSummary): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
