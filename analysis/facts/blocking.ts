/**
 * What a function waits for while it holds its thread: its own work and that of every function whose body runs within it.
 *
 * Closed over the call graph by strongly connected components (Tarjan), so recursion costs nothing extra. Only functions that somebody asked about, and what
 * they reach, are looked at, and after an edit only those that reach a function whose summary has changed. The way to the work is searched when it is shown, breadth first, so that it is the shortest.
 */
import { type Question, question } from "../base/memo.ts";
import {
  asLikely,
  bitOf,
  type CallSummary,
  callSummary,
  type Edge,
  includesKind,
  underCondition,
  type WorkSet,
  watchSummaries,
} from "../calls/graph.ts";
import { implementationsOf } from "../calls/implementations.ts";
import type { FunctionId } from "../names/outline.ts";
import type { Program } from "../names/program.ts";
import type { Work, WorkKind } from "../names/verbs.ts";
import { asByDefault, decide, type Given, type ParameterTest } from "../types/conditions.ts";
import { functionInfo } from "../types/inference/index.ts";
import type { CallRecord, Target } from "../types/record.ts";

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
  /** The first method on the way that runs only if it is the implementation in use of the abstract one that is called. */
  readonly implementation: FunctionId | null;
}

/** A function as it runs for the constants it is given. */
interface Node {
  readonly key: string;
  readonly fn: FunctionId;
  /** By parameter, those that matter. */
  readonly values: Values;
}
type Values = ReadonlyMap<string, string>;

const NO_VALUES: Values = new Map();

/** The name of the question for the work of a function as it runs for what it is given, asked by the key of the two. */
export const WORK = "work";

/** Between a function and what it is given, in a key. */
const GIVEN = "\u0002";

/** The function in the key of a question for its work. */
export function functionOfKey(key: string): FunctionId {
  return key.split(GIVEN, 1)[0]!;
}

function nodeOfKey(key: string): Node {
  const fn = functionOfKey(key);
  const given = key.slice(fn.length + GIVEN.length);
  return { key, fn, values: given === "" ? NO_VALUES : new Map(JSON.parse(given) as [string, string][]) };
}

export class Blocking {
  private readonly program: Program;
  /** What is closed and still right, but for the functions under suspicion. */
  private readonly known = new Map<string, WorkSet>();
  /** Functions whose summary may have changed since they were closed. */
  private readonly suspects = new Set<FunctionId>();
  /** The summary that a function was closed with. */
  private readonly closedWith = new Map<FunctionId, CallSummary>();
  /** Every node that was ever closed, by its key. */
  private readonly nodes = new Map<string, Node>();
  /** Keys of the nodes of a function. */
  private readonly nodesOf = new Map<FunctionId, Set<string>>();
  /** Keys of nodes that have an edge to a node, now or in an earlier closure. */
  private readonly callers = new Map<string, Set<string>>();
  private readonly work: Question<Program, WorkSet>;

  constructor(program: Program) {
    this.program = program;
    this.work = {
      ...question((_, key) => this.closed(this.nodes.get(key) ?? nodeOfKey(key))),
      handsOn: true,
      kept: WORK,
    };
    program.memo.offer(this.work);
    watchSummaries(program, (fn) => {
      if (this.nodesOf.has(fn)) this.suspects.add(fn);
    });
  }

  /** Has to be called after an edit, before anything is asked here and before work that has asked here is taken for done. */
  settle(): void {
    if (this.suspects.size === 0) return;
    const { program } = this;
    program.memo.aside(() => {
      for (const fn of this.suspects) if (callSummary(program, fn) !== this.closedWith.get(fn)) this.forget(fn);
    });
    this.suspects.clear();
  }

  /** All work that calling the function does on the caller's thread, whatever it is given. */
  workOf(fn: FunctionId): WorkSet {
    return this.workOfNode(this.nodeOf(fn, [], NO_VALUES));
  }

  /** The work of one call. */
  workOfCall(record: CallRecord): WorkSet {
    let set = 0;
    for (const target of record.targets) {
      for (const w of target.works) set |= bitOf(w);
      if (target.runs === null) continue;
      const work = this.workOfNode(this.nodeOf(target.runs, target.given, NO_VALUES));
      set |= target.perhaps ? asLikely(work) : work;
      for (const fn of implementationsOf(this.program, record, target))
        set |= asLikely(underCondition(this.workOfNode(this.nodeOf(fn, target.given, NO_VALUES))));
    }
    return set;
  }

  /**
   * The shortest way from a call to work of one kind; null where there is none. `likely`: there is no certain one. A way that holds whichever implementation of an
   * abstract method is in use goes before the others.
   */
  wayFrom(record: CallRecord, kind: WorkKind, likely: boolean): Way | null {
    const way = this.shortestWay(record, kind, likely, false);
    return way === null && likely && kind !== "loop" ? this.shortestWay(record, kind, likely, true) : way;
  }

  private shortestWay(record: CallRecord, kind: WorkKind, likely: boolean, implementing: boolean): Way | null {
    const matches = (w: Work): boolean => w.kind === kind && (likely || !w.likely);
    const own = record.targets.flatMap((t) => t.works).find(matches);
    if (own) return { steps: [], work: own, implementation: null };
    interface Visit {
      readonly node: Node;
      readonly from: { readonly visit: Visit; readonly record: CallRecord } | null;
      readonly implements: boolean;
    }
    const seen = new Set<string>();
    const queue: Visit[] = [];
    const enter = (runs: FunctionId, given: readonly Given[], from: Visit["from"], isImplementation: boolean): void => {
      const node = this.nodeOf(runs, given, from?.visit.node.values ?? NO_VALUES);
      if (seen.has(node.key)) return;
      seen.add(node.key);
      if (includesKind(this.workOfNode(node), kind, likely)) queue.push({ node, from, implements: isImplementation });
    };
    const add = (call: CallRecord, target: Target, from: Visit["from"]): void => {
      if (target.runs === null || (target.perhaps && !likely)) return;
      enter(target.runs, target.given, from, false);
      if (!implementing) return;
      for (const fn of implementationsOf(this.program, call, target)) enter(fn, target.given, from, true);
    };
    for (const t of record.targets) add(record, t, null);
    for (let i = 0; i < queue.length; i++) {
      const visit = queue[i]!;
      const { fn, values } = visit.node;
      const calls = (functionInfo(this.program, fn)?.calls ?? []).filter((call) => {
        if (call.once || (kind === "loop" && !call.sure)) return false;
        const happens = happensFor(call.tests, values);
        return happens === "certainly" || (happens === "perhaps" && likely);
      });
      for (const call of calls) {
        const work = call.targets.flatMap((t) => t.works).find(matches);
        if (!work) continue;
        const steps: Step[] = [{ fn, record: call, next: null }];
        let implementation = visit.implements ? fn : null;
        for (let v = visit; v.from; v = v.from.visit) {
          steps.unshift({ fn: v.from.visit.node.fn, record: v.from.record, next: v.node.fn });
          if (v.from.visit.implements) implementation = v.from.visit.node.fn;
        }
        return { steps, work, implementation };
      }
      for (const call of calls) for (const t of call.targets) add(call, t, { visit, record: call });
    }
    return null;
  }

  private workOfNode(node: Node): WorkSet {
    if (!this.nodes.has(node.key)) this.nodes.set(node.key, node);
    return this.program.memo.get(this.work, node.key) ?? 0;
  }

  private closed(node: Node): WorkSet {
    // Whoever asks depends on it, even if the answer is there.
    callSummary(this.program, node.fn);
    return this.known.get(node.key) ?? this.close(node);
  }

  /** Forgets what follows from the summary of a function. */
  private forget(fn: FunctionId): void {
    const open = [...(this.nodesOf.get(fn) ?? [])];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (!this.known.delete(key)) continue;
      this.program.memo.invalidate(this.work, key);
      for (const caller of this.callers.get(key) ?? []) open.push(caller);
    }
  }

  private nodeOf(fn: FunctionId, given: readonly Given[], caller: Values): Node {
    const { telling } = callSummary(this.program, fn);
    if (telling.length === 0 || given.length === 0) return { key: fn, fn, values: NO_VALUES };
    const values = new Map<string, string>();
    for (const { parameter, value, from } of given) {
      const known = from === null ? value : (caller.get(from) ?? value);
      if (telling.includes(parameter)) values.set(parameter, known);
    }
    return { key: values.size === 0 ? fn : fn + GIVEN + JSON.stringify([...values]), fn, values };
  }

  /** Tarjan's algorithm from `root`, without recursion. Gives the root's set. */
  private close(root: Node): WorkSet {
    interface Visit {
      readonly node: Node;
      readonly edges: readonly Edge[];
      next: number;
      low: number;
      readonly index: number;
      set: WorkSet;
    }
    const visits = new Map<string, Visit>();
    const component: Visit[] = [];
    const path: Visit[] = [];
    const enter = (node: Node): void => {
      const summary = callSummary(this.program, node.fn);
      const { edges } = summary;
      this.closedWith.set(node.fn, summary);
      const visit: Visit = { node, edges, next: 0, low: visits.size, index: visits.size, set: 0 };
      visits.set(node.key, visit);
      setIn(this.nodesOf, node.fn).add(node.key);
      component.push(visit);
      path.push(visit);
    };
    const add = (visit: Visit, { when, sure, perhaps }: Edge, set: WorkSet): void => {
      const happens = happensFor(when, visit.node.values);
      const counts = sure ? set : underCondition(set);
      if (happens !== "never") visit.set |= perhaps || happens === "perhaps" ? asLikely(counts) : counts;
    };
    enter(root);
    while (path.length > 0) {
      const visit = path[path.length - 1]!;
      const edge = visit.edges[visit.next];
      if (edge) {
        if (edge.runs !== null && happensFor(edge.when, visit.node.values) !== "never") {
          const callee = this.nodeOf(edge.runs, edge.given, visit.node.values);
          setIn(this.callers, callee.key).add(visit.node.key);
          const done = this.known.get(callee.key);
          const open = visits.get(callee.key);
          if (done === undefined && !open) {
            enter(callee);
            continue;
          }
          if (done !== undefined) add(visit, edge, done);
          else visit.low = Math.min(visit.low, open!.low);
        }
        add(visit, edge, edge.work);
        visit.next++;
        continue;
      }
      path.pop();
      if (visit.low === visit.index) {
        const members = component.splice(component.indexOf(visit));
        let set = 0;
        for (const m of members) set |= m.set;
        for (const m of members) this.known.set(m.node.key, set);
      }
      const caller = path[path.length - 1];
      if (caller) caller.low = Math.min(caller.low, visit.low);
    }
    return this.known.get(root.key)!;
  }
}

function setIn(sets: Map<string, Set<string>>, key: string): Set<string> {
  let set = sets.get(key);
  if (!set) {
    set = new Set();
    sets.set(key, set);
  }
  return set;
}

/** Whether what stands under tests of parameters happens for these values. */
function happensFor(when: readonly ParameterTest[], values: Values): "certainly" | "perhaps" | "never" {
  let happens: "certainly" | "perhaps" = "certainly";
  for (const test of when) {
    const value = values.get(test.parameter);
    if (decide(test, value) === false) return "never";
    if (asByDefault(test, value)) happens = "perhaps";
  }
  return happens;
}
