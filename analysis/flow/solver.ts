/**
 * Follows one opened resource along every path of the graph.
 *
 * A stop on the journey is a node together with the names that hold the resource there, what is known of other names (`assumptions.ts`) and
 * whether an exception has happened since the opening; every stop is visited once, nearest first, so that the way back from a stop is a shortest path. The journey of a path
 * ends where the resource is closed, escapes, or is lost.
 */
import type { Span } from "../base/span.ts";
import type { Expression } from "../syntax/tree.ts";
import type { Assumption } from "./assumptions.ts";
import type { FlowEvent, Source } from "./events.ts";
import type { Edge, FlowNode } from "./graph.ts";
import { isWithin, type Terrain } from "./terrain.ts";

export interface Journey {
  readonly stops: readonly Stop[];
  /** Names that came to hold the resource, in order. */
  readonly names: readonly string[];
  /** Where some path closes it; a node for each time it is passed. */
  readonly closedAt: readonly FlowNode[];
  /** Whether some path lets it escape. */
  readonly escaped: boolean;
  /** Whether some path ends where it may have been settled under a condition not understood. */
  readonly doubted: boolean;
  /** Stops at whose node the last holder was overwritten (or, at the first, no holder was ever made). */
  readonly lost: readonly number[];
}

export interface Stop {
  readonly node: FlowNode;
  /** The names that hold it there. */
  readonly holders: readonly string[];
  /** The stop before it on a shortest path; -1 at the opening. */
  readonly before: number;
  /** Whether an exception was on that path since the opening. */
  readonly excepted: boolean;
  /** Where paths lead from here while the resource is open; `by` is the kind of edge. */
  readonly onward: readonly { readonly stop: number; readonly by: Edge["kind"] }[];
}

/** The journey of what `open` opens; null where that is never reached. */
export function follow(terrain: Terrain, open: Expression): Journey | null {
  const starts = terrain.opening(open);
  return starts.length === 0 ? null : new Traveller(terrain, open, starts).travel();
}

/** A value with more names than this at once is passed around beyond telling. */
const MAX_HOLDERS = 6;

interface MutableStop extends Stop {
  readonly assumed: Assumption;
  readonly onward: { stop: number; by: Edge["kind"] }[];
}

class Traveller {
  private readonly terrain: Terrain;
  private readonly open: Expression;
  private readonly starts: readonly FlowNode[];
  private readonly conditional: boolean;
  private readonly openedInCleanup: boolean;
  private readonly stops: MutableStop[] = [];
  private readonly known = new Map<string, number>();
  private readonly names = new Set<string>();
  private readonly lost: number[] = [];
  private readonly closedAt: FlowNode[] = [];
  private escaped = false;
  private doubted = false;
  private settling: readonly Span[] | null = null;
  private escaping: readonly Span[] | null = null;

  constructor(terrain: Terrain, open: Expression, starts: readonly FlowNode[]) {
    this.terrain = terrain;
    this.open = open;
    this.starts = starts;
    this.conditional = terrain.isConditional(open);
    this.openedInCleanup = starts.some(({ cleanup }) => cleanup);
  }

  travel(): Journey {
    for (const node of this.starts) {
      for (const assumed of this.terrain.assumptions.at(node))
        this.stops.push({ node, before: -1, holders: [], excepted: false, assumed, onward: [] });
    }
    const starts = this.stops.length;
    for (let next = 0; next < this.stops.length && this.terrain.budget > 0; next++) {
      this.terrain.budget--;
      this.pass(next, next < starts);
    }
    const { names, closedAt, doubted } = this;
    // Beyond the budget nothing is said, as if it had escaped at once.
    if (this.terrain.budget <= 0) {
      return { stops: [], names: [...names], closedAt: [], escaped: true, doubted, lost: [] };
    }
    return { stops: this.stops, names: [...names], closedAt, escaped: this.escaped, doubted, lost: this.lost };
  }

  private pass(index: number, first: boolean): void {
    const stop = this.stops[index]!;
    const { node } = stop;
    if (this.isDoubtful(node)) {
      this.doubted = true;
      return;
    }
    const outcome = this.run(node, first ? null : stop.holders);
    if (outcome.lost) this.lost.push(index);
    for (const edge of node.edges) {
      if (edge.kind === "exception" || edge.kind === "given-up") {
        if (this.isPardoned(node) || assertsAbout(node, stop.holders) !== null) continue;
        const ways = edge.kind === "exception" ? outcome.raising : outcome.givenUp;
        for (const holders of ways) this.go(index, edge, holders, true);
      } else if (outcome.holders !== null && isOpenBehind(edge, node, outcome.holders)) {
        this.go(index, edge, outcome.holders, stop.excepted);
      }
    }
  }

  private go(from: number, edge: Edge, holders: readonly string[], excepted: boolean): void {
    const { node, assumed: before } = this.stops[from]!;
    const assumed = this.terrain.assumptions.behind(node, edge, before);
    if (assumed === null) return;
    const key = `${edge.to}|${excepted ? "!" : ""}|${assumed}|${holders.join(",")}`;
    let to = this.known.get(key);
    if (to === undefined) {
      to = this.stops.length;
      this.known.set(key, to);
      const next = this.terrain.graph.nodes[edge.to]!;
      this.stops.push({ node: next, before: from, holders, excepted, assumed, onward: [] });
    }
    this.stops[from]!.onward.push({ stop: to, by: edge.kind });
  }

  /** Plays the events of a node. `holders` null: from the opening on, with the value not yet named. */
  private run(node: FlowNode, holders: readonly string[] | null): Outcome {
    const all = this.terrain.eventsOf(node);
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
        if (as === "closes") this.closedAt.push(node);
        if (as === "escapes") this.escaped = true;
        if (as === "closes" || as === "escapes") return done(false);
      } else if (event.kind === "binds") {
        if (event.from.some((source) => held.has(source))) {
          held.add(event.name);
          this.names.add(event.name);
          if (held.size > MAX_HOLDERS) {
            this.escaped = true;
            return done(false);
          }
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
      const body = { start: statement.body[0]?.start ?? statement.end, end: statement.end };
      const otherwise = statement.orelse[0] && { start: statement.orelse[0].start, end: statement.end };
      return !isWithin(this.open, statement) && this.settlesIn(body) && !this.settlesIn(otherwise);
    }
    if (action.kind !== "arm") return false;
    const { branch, arm, at } = action;
    // What one arm opens no other arm settles, unless the decision is taken again.
    if (isWithin(this.open, branch.span) && !this.terrain.isRepeated(branch)) return false;
    if (this.terrain.isDetermined(branch)) return false;
    if (!this.conditional && this.terrain.isUnrelated(branch) && !this.escapesIn(branch.span)) return false;
    if (at === "start") {
      // Only what is opened under a condition may be closed under the same one before the arms meet.
      if (!this.conditional || isWithin(this.open, branch.span) || this.settlesIn(branch.arms[arm])) return false;
    }
    return branch.arms.some(
      (other, index) =>
        index !== arm && (at === "start" || this.terrain.endsArm(branch, index)) && this.settlesIn(other),
    );
  }

  private escapesIn(span: Span): boolean {
    this.escaping ??= this.terrain.settling(this.open, ["escapes"]);
    return this.escaping.some((place) => isWithin(place, span));
  }

  private settlesIn(span: Span | null | undefined): boolean {
    this.settling ??= this.terrain.settling(this.open);
    return this.settling.some((place) => isWithin(place, span));
  }
}

interface Outcome {
  /** The holders when the node is left normally; null where the path ends. */
  readonly holders: readonly string[] | null;
  readonly raising: readonly (readonly string[])[];
  readonly givenUp: readonly (readonly string[])[];
  readonly lost: boolean;
}

/** Whether the resource can be open behind an edge of a test: where it is, its holders are neither None nor false. */
function isOpenBehind(edge: Edge, node: FlowNode, holders: readonly string[]): boolean {
  const { action } = node;
  if (action.kind === "statement") return assertsAbout(node, holders) !== "false";
  if (action.kind !== "test" || edge.kind === "next") return true;
  const whenSet = outcomeWhenSet(action.test, holders);
  return whenSet === null || edge.kind === whenSet;
}

/** What the test of an `assert` comes to where the resource is open: "false" where it claims that no holder is there. Null where it asks something else. */
function assertsAbout({ action }: FlowNode, holders: readonly string[]): "true" | "false" | null {
  if (action.kind !== "statement" || action.statement.kind !== "assert") return null;
  const { test } = action.statement;
  const isNegated = test.kind === "unary" && test.operator === "not";
  const whenSet = outcomeWhenSet(isNegated ? test.value : test, holders);
  if (whenSet === null || !isNegated) return whenSet;
  return whenSet === "true" ? "false" : "true";
}

/** What a test comes to where the resource is open, as far as it asks whether a holder is there. */
function outcomeWhenSet(test: Expression, holders: readonly string[]): "true" | "false" | null {
  const subject = test.kind === "comparison" ? noneTested(test) : { tested: test, whenSet: "true" as const };
  if (subject === null) return null;
  const { tested, whenSet } = subject;
  const name = tested.kind === "walrus" ? tested.target.id : tested.kind === "name" ? tested.id : null;
  return name === null || !holders.includes(name) ? null : whenSet;
}

/** Of `x is None` and its like: what is tested, and the outcome where it is something. */
function noneTested(
  test: Extract<Expression, { kind: "comparison" }>,
): { readonly tested: Expression; readonly whenSet: "true" | "false" } | null {
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
