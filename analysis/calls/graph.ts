/**
 * The calls of one function, boiled down to what callers may depend on: which work it does itself, and which project functions run their bodies
 * within it. Where in the body that happens is no part of it, so moving a call changes nothing for anybody else.
 */
import { question, type Read } from "../base/memo.ts";
import type { FunctionId } from "../names/outline.ts";
import type { Program } from "../names/program.ts";
import { WORK_KINDS, type Work, type WorkKind } from "../names/verbs.ts";
import { functionInfo } from "../types/inference/index.ts";

/** Kinds of work as bits: one for certain work and, `LIKELY` places up, one for likely work of each kind. */
export type WorkSet = number;

const LIKELY = 16;

export interface CallSummary {
  readonly work: WorkSet;
  /** Sorted, without repetition. */
  readonly runs: readonly FunctionId[];
  /** Those of `runs` that run only under some condition, or behind one that returned. */
  readonly unsure: readonly FunctionId[];
}

const NOTHING: CallSummary = { work: 0, runs: [], unsure: [] };

export function callSummary(program: Program, id: FunctionId): CallSummary {
  return program.memo.get(SUMMARIES, id) ?? NOTHING;
}

const SUMMARIES = question<Program, CallSummary>(summarise, same);

/** The functions whose work counts as that of the function whose summary was read; none where something else was read. */
export function runsRead({ question, value }: Read): readonly FunctionId[] {
  return question === SUMMARIES ? ((value as CallSummary | undefined)?.runs ?? []) : [];
}

/** What of the work of a callee that runs only under a condition counts for its caller: whether a loop is started is said of what surely happens. */
export function underCondition(set: WorkSet): WorkSet {
  const loop = 1 << WORK_KINDS.indexOf("loop");
  return set & ~(loop | (loop << LIKELY));
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

export interface WorkKindFound {
  readonly kind: WorkKind;
  readonly likely: boolean;
}

function summarise(program: Program, id: FunctionId): CallSummary {
  const info = functionInfo(program, id);
  if (!info) return NOTHING;
  let work = 0;
  const runs = new Set<FunctionId>();
  const surely = new Set<FunctionId>();
  for (const record of info.calls) {
    if (record.once) continue;
    for (const target of record.targets) {
      for (const w of target.works) work |= record.sure ? bitOf(w) : underCondition(bitOf(w));
      if (target.runs === null) continue;
      runs.add(target.runs);
      if (record.sure) surely.add(target.runs);
    }
  }
  const sorted = [...runs].sort();
  return { work, runs: sorted, unsure: sorted.filter((id) => !surely.has(id)) };
}

function same(a: CallSummary, b: CallSummary): boolean {
  return a.work === b.work && sameIds(a.runs, b.runs) && sameIds(a.unsure, b.unsure);
}

function sameIds(a: readonly FunctionId[], b: readonly FunctionId[]): boolean {
  return a.join("\n") === b.join("\n");
}
