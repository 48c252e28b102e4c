/**
 * Judges the journey of a resource: what became of it, which kind of leak it is, and the path that shows it.
 */
import type { FlowGraph, FlowNode } from "./graph.ts";
import type { Leak, LeakStep, ResourceFate } from "./ownership.ts";
import type { Journey, Stop } from "./solver.ts";

export function judge(graph: FlowGraph, journey: Journey): Pick<ResourceFate, "names" | "fate" | "closes" | "leak"> {
  const { names, closedAt, escaped, doubted } = journey;
  const closes = closedAt.length > 0 && !escaped;
  const leak = leakIn(graph, journey);
  if (leak) return { names, fate: "leaked", closes, leak };
  return { names, fate: doubted ? "unsure" : closes ? "closed" : "escaped", closes, leak: null };
}

function leakIn(graph: FlowGraph, journey: Journey): Leak | null {
  const { stops, lost, escaped, doubted } = journey;
  const closed = journey.closedAt.length > 0;
  const ends = stops.flatMap(({ node }, index) => (node === graph.exit || node === graph.uncaught ? [index] : []));
  const plain = ends.filter((index) => stops[index]!.node === graph.exit && !stops[index]!.excepted);
  const lostPlain = lost.filter((index) => !stops[index]!.excepted);
  if (!closed && !escaped && !doubted) {
    const end = lost[0] ?? plain[0] ?? ends[0];
    return end === undefined ? null : { kind: "never", narrow: false, path: pathTo(journey, end) };
  }
  if (lostPlain[0] !== undefined) return { kind: "reassigned", narrow: false, path: pathTo(journey, lostPlain[0]) };
  if (plain[0] !== undefined) return { kind: "early-return", narrow: false, path: pathTo(journey, plain[0]) };
  const leaking = [...ends, ...lost];
  return closed && leaking.length > 0 ? exceptionLeak(journey, leaking) : null;
}

/** A leak on paths that all begin with an exception: the moments at which it may be raised tell which kind. Stops are numbered nearest first. */
function exceptionLeak(journey: Journey, ends: readonly number[]): Leak {
  const { stops } = journey;
  const leading = leadingTo(stops, ends);
  const leaks = (stop: Stop): boolean => stop.onward.some(({ stop: to, by }) => isException(by) && leading.has(to));
  const raising = stops.filter((stop) => !stop.excepted && stop.onward.some(({ by }) => isException(by)));
  const unprotected = raising.filter(leaks);
  const lent = unprotected.find(({ node }) => node.edges.some(({ kind }) => kind === "given-up"));
  const isProtected =
    raising.some((stop) => !leaks(stop)) || journey.closedAt.some(({ action }) => action.kind === "enter");
  const narrow = isProtected && unprotected.length > 0 && unprotected.every(makesChild);
  if (lent) return { kind: "after-yield", narrow: false, path: pathThrough(journey, stops.indexOf(lent), ends) };
  return { kind: "exception-path", narrow, path: pathTo(journey, Math.min(...ends)) };
}

/** The stops from which an end can be reached. */
function leadingTo(stops: readonly Stop[], ends: readonly number[]): ReadonlySet<number> {
  const before = new Map<number, number[]>();
  stops.forEach(({ onward }, from) => {
    for (const { stop } of onward) {
      const known = before.get(stop);
      if (known) known.push(from);
      else before.set(stop, [from]);
    }
  });
  const leading = new Set(ends);
  for (const stop of leading) for (const from of before.get(stop) ?? []) leading.add(from);
  return leading;
}

/** `child = name.method(...)`, awaited or not: nothing but the resource itself was asked for something. */
function makesChild({ node: { action }, holders }: Stop): boolean {
  const statement = action.kind === "statement" ? action.statement : null;
  if (statement?.kind !== "assign" && statement?.kind !== "annotated-assign") return false;
  const value = statement.value?.kind === "await" ? statement.value.value : statement.value;
  if (value?.kind !== "call" || value.callee.kind !== "attribute") return false;
  const { value: parent } = value.callee;
  return parent.kind === "name" && holders.includes(parent.id);
}

function isException(kind: string): boolean {
  return kind === "exception" || kind === "given-up";
}

/** The shortest path that goes through a stop and leaves it by an exception. */
function pathThrough(journey: Journey, through: number, ends: readonly number[]): readonly LeakStep[] {
  const before = new Map<number, number>();
  const waiting = [through];
  for (const from of waiting) {
    for (const { stop, by } of journey.stops[from]!.onward) {
      if (before.has(stop) || (from === through && !isException(by))) continue;
      before.set(stop, from);
      waiting.push(stop);
    }
  }
  const end = waiting.find((stop, index) => index > 0 && ends.includes(stop));
  const tail: number[] = [];
  for (let at = end; at !== undefined && at !== through; at = before.get(at)) tail.unshift(at);
  return stepsOf(journey, [...chainTo(journey, through), ...tail]);
}

function pathTo(journey: Journey, end: number): readonly LeakStep[] {
  return stepsOf(journey, chainTo(journey, end));
}

function chainTo({ stops }: Journey, end: number): number[] {
  const chain: number[] = [];
  for (let at = end; at >= 0; at = stops[at]!.before) chain.push(at);
  return chain.reverse();
}

/** What of a chain of stops is worth telling. */
function stepsOf({ stops, lost }: Journey, chain: readonly number[]): readonly LeakStep[] {
  const steps: LeakStep[] = [];
  let last: FlowNode | null = null;
  chain.forEach((index, position) => {
    const { node, onward } = stops[index]!;
    const next = chain[position + 1];
    const by = onward.find(({ stop }) => stop === next)?.by;
    const { action } = node;
    if (action.kind === "caught") steps.push({ span: node.span, step: "caught", what: "the exception is caught here" });
    if (by !== undefined && isException(by)) steps.push(raisingStep(node));
    else if (action.kind === "statement" && action.statement.kind === "return" && chain.length > 1) {
      steps.push({ span: node.span, step: "returns", what: "returns while it is open" });
    }
    if (next === undefined && lost.includes(index) && position > 0) {
      steps.push({ span: node.span, step: "overwrites", what: "gives the name another value while it is open" });
    }
    if (next === undefined && action.kind === "exit" && last && steps.at(-1)?.step !== "returns") {
      steps.push({ span: last.span, step: "ends", what: "the function ends while it is open" });
    }
    if (next === undefined && action.kind === "uncaught" && last && steps.length === 0) {
      steps.push({ span: last.span, step: "ends", what: "an exception goes on from here while it is open" });
    }
    if (VISIBLE.has(action.kind)) last = node;
  });
  return steps;
}

function raisingStep(node: FlowNode): LeakStep {
  const { action, span } = node;
  if (action.kind === "statement" && action.statement.kind === "raise") return { span, step: "raises", what: "raises" };
  if (node.edges.some(({ kind }) => kind === "given-up")) {
    return { span, step: "yields", what: "whoever receives it may raise or never come back" };
  }
  return { span, step: "may-raise", what: "may raise" };
}

const VISIBLE: ReadonlySet<string> = new Set(["statement", "bind", "test", "evaluate", "iterate", "enter", "caught"]);
