/**
 * What all journeys through one graph ask for, worked out once: where values are opened, how names pass values on, which
 * decisions may hide a condition that matters.
 */
import type { Span } from "../base/span.ts";
import type { Expression } from "../syntax/tree.ts";
import type { Assumptions } from "./assumptions.ts";
import type { EventReader, FlowEvent, Handing, Source } from "./events.ts";
import type { Action, Branch, FlowGraph, FlowNode } from "./graph.ts";

export class Terrain {
  readonly graph: FlowGraph;
  readonly assumptions: Assumptions;
  /** How many more stops journeys through this graph may make, all together. */
  budget: number;
  private readonly events: EventReader;
  /** Parameters that are mentioned once: whatever they decide there, nothing else depends on it. */
  private readonly flags: ReadonlySet<string>;
  private readonly loops: readonly Span[];
  private readonly openedAt = new Map<Expression, FlowNode[]>();
  private readonly arms: readonly ArmAction[];
  /** The arms of each decision whose end can be reached. */
  private readonly ends = new Map<Branch, Set<number>>();

  constructor(
    graph: FlowGraph,
    assumptions: Assumptions,
    events: EventReader,
    flags: ReadonlySet<string>,
    loops: readonly Span[],
  ) {
    this.graph = graph;
    this.assumptions = assumptions;
    this.loops = loops;
    this.events = events;
    this.flags = flags;
    this.budget = Math.max(LEAST_BUDGET, STOPS_PER_NODE * graph.nodes.length);
    for (const node of graph.nodes) {
      for (const event of events.of(node)) if (event.kind === "opens") append(this.openedAt, event.source, node);
    }
    this.arms = graph.nodes.flatMap(({ action }) => (action.kind === "arm" ? [action] : []));
    for (const { at, branch, arm } of this.arms) {
      if (at === "end") this.ends.set(branch, (this.ends.get(branch) ?? new Set()).add(arm));
    }
  }

  eventsOf(node: FlowNode): readonly FlowEvent[] {
    return this.events.of(node);
  }

  /** The nodes at which an expression opens its value: several where a `finally` is repeated. */
  opening(open: Expression): readonly FlowNode[] {
    return this.openedAt.get(open) ?? [];
  }

  /** Whether an expression runs under a condition. */
  isConditional(e: Expression): boolean {
    return this.arms.some(({ branch, arm }) => isWithin(e, branch.arms[arm]));
  }

  /** Whether a decision has nothing to do with what else happens in the function: a parameter decides that only decides. */
  isUnrelated(branch: Branch): boolean {
    const flag = flagOf(branch);
    return flag !== null && (this.flags.has(flag) || this.assumptions.isPlainFlag(flag));
  }

  /** Whether how a decision comes out is known on every path. */
  isDetermined(branch: Branch): boolean {
    const flag = flagOf(branch);
    return flag !== null && this.assumptions.isDetermined(flag);
  }

  /** Whether a decision stands in a loop. */
  isRepeated({ span }: Branch): boolean {
    return this.loops.some((loop) => isWithin(span, loop));
  }

  /** Whether the end of an arm can be reached. */
  endsArm(branch: Branch, arm: number): boolean {
    return this.ends.get(branch)?.has(arm) ?? false;
  }

  /** Where what `open` opens is closed or escapes, or does one of both, if it is held by any of the names it may ever have. */
  settling(open: Expression, how: readonly Handing[] = ["closes", "escapes"]): readonly Span[] {
    const all = this.graph.nodes.map((node) => ({ node, events: this.events.of(node) }));
    const ever = new Set<Source>([open]);
    const binds = all.flatMap(({ events }) => events.filter((event) => event.kind === "binds"));
    for (let size = 0; size !== ever.size; ) {
      size = ever.size;
      for (const { name, from } of binds) if (from.some((source) => ever.has(source))) ever.add(name);
    }
    return all.flatMap(({ node, events }) => (events.some((event) => settles(event, ever, how)) ? [node.span] : []));
  }
}

/** The name that decides alone. */
function flagOf({ tests }: Branch): string | null {
  const [test, ...others] = tests;
  const asked = test?.kind === "unary" && test.operator === "not" ? test.value : test;
  return others.length === 0 && asked?.kind === "name" ? asked.id : null;
}

export function isWithin(inner: Span, outer: Span | null | undefined): boolean {
  return !!outer && outer.start <= inner.start && inner.end <= outer.end;
}

/** A journey visits most nodes once or twice; more means that names pass the value around beyond telling. */
const STOPS_PER_NODE = 20;
const LEAST_BUDGET = 50_000;

type ArmAction = Extract<Action, { kind: "arm" }>;

function settles(event: FlowEvent, ever: ReadonlySet<Source>, how: readonly Handing[]): boolean {
  return event.kind === "hands" && ever.has(event.source) && how.includes(event.as());
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}
