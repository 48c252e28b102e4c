/**
 * Follows one opened resource along every path of the graph.
 *
 * A stop on the journey is a node together with the names that hold the resource there and whether an exception has happened since the
 * opening; every stop is visited once, nearest first, so that the way back from a stop is a shortest path. The journey of a path
 * ends where the resource is closed, escapes, or is lost.
 */
import type { Span } from "../base/span.ts";
import type { Expression } from "../syntax/tree.ts";
import type { EventReader, FlowEvent, Source } from "./events.ts";
import type { Branch, Edge, FlowGraph, FlowNode } from "./graph.ts";

export interface Journey {
  readonly stops: readonly Stop[];
  /** Names that came to hold the resource, in order. */
  readonly names: readonly string[];
  /** Whether some path closes it, or may do so under a condition not understood. */
  readonly closed: boolean;
  /** Where it is closed for certain. */
  readonly closedAt: readonly FlowNode[];
  readonly escaped: boolean;
  /** Stops at whose node the last holder was overwritten (or, at the first, no holder was ever made). */
  readonly lost: readonly number[];
}

export interface Stop {
  readonly node: FlowNode;
  /** The stop before it on a shortest path; -1 at the opening. */
  readonly before: number;
  /** Whether an exception was on that path since the opening. */
  readonly excepted: boolean;
  /** Where paths lead from here while the resource is open; `by` is the kind of edge. */
  readonly onward: readonly { readonly stop: number; readonly by: Edge["kind"] }[];
}

/** The journey of what `open` opens; null where that is never reached. */
export function follow(graph: FlowGraph, open: Expression, events: EventReader): Journey | null {
  const starts = graph.nodes.filter((node) => events.of(node).some((event) => opens(event, open)));
  return starts.length === 0 ? null : new Traveller(graph, open, events).travel(starts);
}

/** Beyond this many stops per node the holders are too tangled to say anything. */
const MAX_STOPS_PER_NODE = 12;

interface MutableStop extends Stop {
  readonly holders: readonly string[];
  readonly onward: { stop: number; by: Edge["kind"] }[];
}

class Traveller {
  private readonly graph: FlowGraph;
  private readonly open: Expression;
  private readonly events: EventReader;
  private readonly stops: MutableStop[] = [];
  private readonly known = new Map<string, number>();
  private readonly names = new Set<string>();
  private readonly lost: number[] = [];
  private readonly conditional: boolean;
  private readonly openedInCleanup: boolean;
  private settling: readonly Span[] | null = null;
  private ends: ReadonlyMap<Branch, ReadonlySet<number>> | null = null;
  private closed = false;
  private readonly closedAt: FlowNode[] = [];
  private escaped = false;

  constructor(graph: FlowGraph, open: Expression, events: EventReader) {
    this.graph = graph;
    this.open = open;
    this.events = events;
    this.conditional = graph.nodes.some(
      ({ action }) => action.kind === "arm" && action.branch.arms.some((arm) => arm !== null && within(open, arm)),
    );
    this.openedInCleanup = graph.nodes.some(
      (node) => node.cleanup && events.of(node).some((event) => opens(event, open)),
    );
  }

  travel(starts: readonly FlowNode[]): Journey {
    starts.forEach((node) => {
      this.stops.push({ node, before: -1, holders: [], excepted: false, onward: [] });
    });
    const limit = MAX_STOPS_PER_NODE * this.graph.nodes.length;
    for (let next = 0; next < this.stops.length && this.stops.length <= limit; next++)
      this.pass(next, next < starts.length);
    if (this.stops.length > limit) this.giveUp();
    const { stops, closed, closedAt, escaped, lost } = this;
    return { stops, names: [...this.names], closed, closedAt, escaped, lost };
  }

  /** Says nothing: as if it had escaped at once. */
  private giveUp(): void {
    this.stops.length = 0;
    this.lost.length = 0;
    this.escaped = true;
  }

  private pass(index: number, first: boolean): void {
    const stop = this.stops[index]!;
    const { node } = stop;
    if (this.isDoubtful(node)) {
      this.closed = true;
      return;
    }
    const outcome = this.run(node, first ? null : stop.holders);
    if (outcome.lost) this.lost.push(index);
    for (const edge of node.edges) {
      if (edge.kind === "exception" || edge.kind === "given-up") {
        if (this.isPardoned(node)) continue;
        const ways = edge.kind === "exception" ? outcome.raising : outcome.givenUp;
        for (const holders of ways) this.go(index, edge, holders, true);
      } else if (outcome.holders !== null && isOpenBehind(edge, node, outcome.holders)) {
        this.go(index, edge, outcome.holders, stop.excepted);
      }
    }
  }

  private go(from: number, edge: Edge, holders: readonly string[], excepted: boolean): void {
    const key = `${edge.to}|${excepted ? "!" : ""}|${holders.join(",")}`;
    let to = this.known.get(key);
    if (to === undefined) {
      to = this.stops.length;
      this.known.set(key, to);
      this.stops.push({ node: this.graph.nodes[edge.to]!, before: from, holders, excepted, onward: [] });
    }
    this.stops[from]!.onward.push({ stop: to, by: edge.kind });
  }

  /** Plays the events of a node. `holders` null: from the opening on, with the value not yet named. */
  private run(node: FlowNode, holders: readonly string[] | null): Outcome {
    const all = this.events.of(node);
    const held = new Set<Source>(holders ?? []);
    const raising = new Map<string, readonly string[]>();
    const givenUp = new Map<string, readonly string[]>();
    let start = 0;
    if (holders === null) {
      start = all.findIndex((event) => opens(event, this.open)) + 1;
      held.add(this.open);
    }
    const done = (lost: boolean): Outcome => ({
      holders: null,
      raising: [...raising.values()],
      givenUp: [...givenUp.values()],
      lost,
    });
    for (let i = start; i < all.length; i++) {
      const event = all[i]!;
      if (event.kind === "raises") {
        // What is not named yet is about to be; an exception at that very moment is too unlikely to tell.
        if (held.has(this.open)) continue;
        const now = namesIn(held);
        raising.set(now.join(","), now);
        if (event.givenUp) givenUp.set(now.join(","), now);
      } else if (event.kind === "hands" && held.has(event.source)) {
        const as = event.as();
        if (as === "closes") {
          this.closed = true;
          this.closedAt.push(node);
        }
        if (as === "escapes") this.escaped = true;
        if (as === "closes" || as === "escapes") return done(false);
      } else if (event.kind === "binds") {
        if (event.from.some((source) => held.has(source))) {
          held.add(event.name);
          this.names.add(event.name);
        } else if (held.delete(event.name) && held.size === 0) {
          return done(true);
        }
      }
    }
    held.delete(this.open);
    if (held.size === 0) return done(true);
    return { holders: namesIn(held), raising: [...raising.values()], givenUp: [...givenUp.values()], lost: false };
  }

  /** Whether an exception from here is not worth telling: cleaning up after something else. */
  private isPardoned(node: FlowNode): boolean {
    if (!node.cleanup || this.openedInCleanup) return false;
    return !(node.action.kind === "statement" && node.action.statement.kind === "raise");
  }

  /** Whether another way through the same decision settles the resource, so that the condition may be the one that matters. */
  private isDoubtful({ action }: FlowNode): boolean {
    if (action.kind === "exhausted") {
      const { statement } = action;
      return (
        !within(this.open, statement) && this.settlesIn({ start: statement.body[0]?.start ?? 0, end: statement.end })
      );
    }
    if (action.kind !== "arm") return false;
    const { branch, arm, at } = action;
    if (at === "start" && (!this.conditional || within(this.open, branch.span) || this.settlesArm(branch, arm)))
      return false;
    return branch.arms.some(
      (_, other) => other !== arm && this.settlesArm(branch, other) && (at === "start" || this.endsArm(branch, other)),
    );
  }

  /** Whether the end of an arm can be reached. */
  private endsArm(branch: Branch, arm: number): boolean {
    this.ends ??= endsOfArms(this.graph);
    return this.ends.get(branch)?.has(arm) ?? false;
  }

  private settlesArm(branch: Branch, arm: number): boolean {
    const span = branch.arms[arm];
    return span !== null && span !== undefined && this.settlesIn(span);
  }

  private settlesIn(span: Span): boolean {
    this.settling ??= this.settlingNodes();
    return this.settling.some((node) => within(node, span));
  }

  /** Where the resource is closed or escapes if it is held by any of the names it may ever have. */
  private settlingNodes(): readonly Span[] {
    const ever = new Set<Source>([this.open]);
    const binds = this.graph.nodes.flatMap((node) => this.events.of(node).filter((event) => event.kind === "binds"));
    for (let size = 0; size !== ever.size; ) {
      size = ever.size;
      for (const { name, from } of binds) if (from.some((source) => ever.has(source))) ever.add(name);
    }
    return this.graph.nodes
      .filter((node) =>
        this.events
          .of(node)
          .some((event) => event.kind === "hands" && ever.has(event.source) && /closes|escapes/.test(event.as())),
      )
      .map((node) => node.span);
  }
}

/** The arms of each decision whose end can be reached. */
function endsOfArms(graph: FlowGraph): ReadonlyMap<Branch, ReadonlySet<number>> {
  const ends = new Map<Branch, Set<number>>();
  for (const { action } of graph.nodes) {
    if (action.kind !== "arm" || action.at !== "end") continue;
    const known = ends.get(action.branch);
    if (known) known.add(action.arm);
    else ends.set(action.branch, new Set([action.arm]));
  }
  return ends;
}

interface Outcome {
  /** The holders when the node is left normally; null where the path ends. */
  readonly holders: readonly string[] | null;
  readonly raising: readonly (readonly string[])[];
  readonly givenUp: readonly (readonly string[])[];
  readonly lost: boolean;
}

/** Whether the resource can be open behind an edge of a test: where it is, its holders are neither None nor false. */
function isOpenBehind(edge: Edge, { action }: FlowNode, holders: readonly string[]): boolean {
  if (action.kind !== "test" || edge.kind === "next") return true;
  const { test } = action;
  const subject = test.kind === "comparison" ? noneTested(test) : { tested: test, whenSet: "true" };
  if (subject === null) return true;
  const { tested, whenSet } = subject;
  const name = tested.kind === "walrus" ? tested.target.id : tested.kind === "name" ? tested.id : null;
  return name === null || !holders.includes(name) || edge.kind === whenSet;
}

/** Of `x is None` and its like: what is tested, and the outcome where it is something. */
function noneTested(
  test: Extract<Expression, { kind: "comparison" }>,
): { readonly tested: Expression; readonly whenSet: string } | null {
  const [left, right] = test.operands;
  const [operator] = test.operators;
  if (test.operators.length !== 1 || !left || !right) return null;
  const tested = isNone(right) ? left : isNone(left) ? right : null;
  if (tested === null) return null;
  if (operator === "is" || operator === "==") return { tested, whenSet: "false" };
  return operator === "is not" || operator === "!=" ? { tested, whenSet: "true" } : null;
}

function isNone(e: Expression): boolean {
  return e.kind === "literal" && e.text === "None";
}

function opens(event: FlowEvent, open: Expression): boolean {
  return event.kind === "opens" && event.source === open;
}

function namesIn(held: ReadonlySet<Source>): readonly string[] {
  return [...held].filter((source) => typeof source === "string").sort();
}

function within(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
