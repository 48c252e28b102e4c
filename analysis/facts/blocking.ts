/**
 * What a function waits for while it holds its thread: its own work and that of every function whose body runs within it.
 *
 * Closed over the call graph by strongly connected components (Tarjan), so recursion costs nothing extra. Only functions that somebody asked about, and what
 * they reach, are looked at. The way to the work is searched when it is shown, breadth first, so that it is the shortest.
 */
import { bitOf, callSummary, kindsOf, underCondition, type WorkSet } from "../calls/graph.ts";
import type { FunctionId } from "../names/outline.ts";
import type { Program } from "../names/program.ts";
import type { Work, WorkKind } from "../names/verbs.ts";
import { functionInfo } from "../types/inference/index.ts";
import type { CallRecord } from "../types/record.ts";

/** One step of a way: in this function, this call. */
export interface Step {
  readonly fn: FunctionId;
  readonly record: CallRecord;
  /** What the call runs next, or null where it does the work itself. */
  readonly next: FunctionId | null;
}

export interface Way {
  readonly steps: readonly Step[];
  readonly work: Work;
}

export class Blocking {
  private readonly program: Program;
  private readonly known = new Map<FunctionId, WorkSet>();

  constructor(program: Program) {
    this.program = program;
  }

  /** All work that calling the function does on the caller's thread. */
  workOf(id: FunctionId): WorkSet {
    const known = this.known.get(id);
    if (known === undefined) return this.close(id);
    // Whoever asks depends on it, even if the answer is there.
    callSummary(this.program, id);
    return known;
  }

  /** The work of one call. */
  workOfCall(record: CallRecord): WorkSet {
    let set = 0;
    for (const target of record.targets) {
      for (const w of target.works) set |= bitOf(w);
      if (target.runs !== null) set |= this.workOf(target.runs);
    }
    return set;
  }

  /** The shortest way from a call to work of one kind; null where there is none. */
  wayFrom(record: CallRecord, kind: WorkKind, likely: boolean): Way | null {
    const matches = (w: Work): boolean => w.kind === kind && w.likely === likely;
    const own = record.targets.flatMap((t) => t.works).find(matches);
    if (own) return { steps: [], work: own };
    interface Visit {
      readonly fn: FunctionId;
      readonly from: { readonly visit: Visit; readonly record: CallRecord } | null;
    }
    const seen = new Set<FunctionId>();
    const queue: Visit[] = [];
    const add = (fn: FunctionId, from: Visit["from"]): void => {
      if (seen.has(fn)) return;
      seen.add(fn);
      if (kindsOf(this.workOf(fn)).some((k) => k.kind === kind)) queue.push({ fn, from });
    };
    for (const t of record.targets) if (t.runs !== null) add(t.runs, null);
    for (let i = 0; i < queue.length; i++) {
      const visit = queue[i]!;
      const calls = (functionInfo(this.program, visit.fn)?.calls ?? []).filter(
        (call) => !call.once && (call.sure || kind !== "loop"),
      );
      for (const call of calls) {
        const work = call.targets.flatMap((t) => t.works).find(matches);
        if (!work) continue;
        const steps: Step[] = [{ fn: visit.fn, record: call, next: null }];
        for (let v = visit; v.from; v = v.from.visit)
          steps.unshift({ fn: v.from.visit.fn, record: v.from.record, next: v.fn });
        return { steps, work };
      }
      for (const call of calls) for (const t of call.targets) if (t.runs !== null) add(t.runs, { visit, record: call });
    }
    return null;
  }

  /** Tarjan's algorithm from `root`, without recursion. Gives the root's set. */
  private close(root: FunctionId): WorkSet {
    interface Visit {
      readonly id: FunctionId;
      readonly runs: readonly FunctionId[];
      readonly unsure: readonly FunctionId[];
      next: number;
      low: number;
      readonly index: number;
      set: WorkSet;
    }
    const visits = new Map<FunctionId, Visit>();
    const component: Visit[] = [];
    const path: Visit[] = [];
    const enter = (id: FunctionId): void => {
      const { work, runs, unsure } = callSummary(this.program, id);
      const visit: Visit = { id, runs, unsure, next: 0, low: visits.size, index: visits.size, set: work };
      visits.set(id, visit);
      component.push(visit);
      path.push(visit);
    };
    const add = (caller: Visit, callee: FunctionId, set: WorkSet): void => {
      caller.set |= caller.unsure.includes(callee) ? underCondition(set) : set;
    };
    enter(root);
    while (path.length > 0) {
      const visit = path[path.length - 1]!;
      const callee = visit.runs[visit.next++];
      if (callee !== undefined) {
        const done = this.known.get(callee);
        const open = visits.get(callee);
        if (done !== undefined) add(visit, callee, done);
        else if (!open) enter(callee);
        else visit.low = Math.min(visit.low, open.index);
        continue;
      }
      path.pop();
      if (visit.low === visit.index) {
        const members = component.splice(component.indexOf(visit));
        let set = 0;
        for (const m of members) set |= m.set;
        for (const m of members) this.known.set(m.id, set);
        visit.set = set;
      }
      const caller = path[path.length - 1];
      if (caller) {
        caller.low = Math.min(caller.low, visit.low);
        add(caller, visit.id, visit.set);
      }
    }
    return this.known.get(root)!;
  }
}
