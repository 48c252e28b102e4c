/**
 * Who owns a resource (a database session, a connection, a client, a file) opened in one function, and what becomes of it.
 *
 * Each opening is followed along the control-flow graph (`graph.ts`) together with the local names that hold it, until it is closed, handed to
 * somebody who may close it, or an exit is reached while it is open. Tests that tell whether a holder is there
 * (`if session:`, `is not None`, `not`) are understood: where the resource is open, its name is not None. So are flags that say who owns it, where
 * they are set to True or False or tell whether something was given (`assumptions.ts`).
 *
 * What it trades away, always in favour of silence:
 * - Once a value escapes (returned, stored on an object, in a container or a global, captured by a nested function that may run later, given to a call that may
 *   keep or close it) it is nobody's concern here. An exception before a value that escapes on the normal ways is not reported either.
 * - Where an `if` closes it in one arm and the arms meet again, its condition may be the one that matters: nothing is said about
 *   what follows from the other arm, unless a parameter decides that does nothing but decide. The same holds for a loop that closes in its body and may run no round. If the opening itself
 *   is conditional, an arm that leaves the function without closing is not reported either while another closes.
 * - An exception raised in a `finally` or `except` block, before that block comes to closing, is not reported, unless by `raise`.
 * - A task that is cancelled while it awaits is not looked at: closing in `except Exception` and on the normal way counts as closing, though a
 *   `CancelledError` passes by.
 * - A value lent by `yield` outside of loops comes back; one yielded in a loop escapes.
 * - Names of a module outlive its run: nothing opened under a name at the top level of a module leaks.
 * - A path that ends the process needs no close.
 *
 * It refuses to look into other functions; what calls do is asked of `ResourceSemantics`.
 */
import type { Span } from "../base/span.ts";
import { blocksOf, walkExpressions } from "../syntax/index.ts";
import type { Call, Expression, FunctionDef, Statement } from "../syntax/tree.ts";
import { Assumptions } from "./assumptions.ts";
import { EventReader } from "./events.ts";
import { buildGraph, type GraphSemantics } from "./graph.ts";
import { judge } from "./leaks.ts";
import { expressionsOf, lonelyParameters, readScope } from "./scope.ts";
import { follow } from "./solver.ts";
import { Terrain } from "./terrain.ts";
import { givesLazily, type NameUses, readNameUses, withFixFor } from "./withfix.ts";

/** What calls do to resources: asked for expressions of the function at hand, answered by whoever knows types and libraries. */
export interface ResourceSemantics extends GraphSemantics {
  /**
   * What evaluating `e` opens, null for nothing. Asked of calls and of `await` expressions: of `await connect()` the `await` first, and
   * the call inside only if the `await` opens nothing.
   */
  opens(e: Expression): Opening | null;
  /** What `value.method(...)` does to `value`. Methods that hand out something made from it "use" it. */
  receiverEffect(call: Call, method: string): Effect;
  /** What a call does to the value of one of its arguments; `index` counts positional arguments from 0, exactly one of both is null. */
  argumentEffect(call: Call, argument: { readonly index: number | null; readonly name: string | null }): Effect;
  /**
   * Whether leaving `with item:` closes the resource. `item` is what opens it, a name that holds it, or a call that was given it and
   * opens nothing itself (`contextlib.closing(session)`). "No" for connections whose block only ends a transaction.
   */
  closedByWith(item: Expression): boolean;
  /** Whether what a call of one of its methods gives is of no use once the resource is closed (a cursor, a lazy result). */
  needsOpen?(call: Call): boolean;
}

export interface Opening {
  /** "database session", "http client", ... */
  readonly what: string;
  /** How it may be closed: "with", or names of methods. */
  readonly closedBy: readonly string[];
  /** Whether closing is awaited. */
  readonly isAsync: boolean;
  /** Whether the first of the methods that close it is a coroutine. */
  readonly awaitsClose?: boolean;
  /** Whether it is an object of the project that keeps such a one. */
  readonly keeps?: boolean;
  /** The opening call, where the one asked about only gives its value back: `connect()` of `connect().execution_options(...)`. */
  readonly from?: Expression;
}

/** "uses": ownership stays where it is. "escapes": somebody else keeps or may close it. */
export type Effect = "closes" | "uses" | "escapes";

export interface ResourceFate extends Opening {
  /** The expression that opens it: a call, or an `await`. */
  readonly open: Expression;
  /** The innermost statement it stands in. */
  readonly statement: Statement;
  /** Local names that come to hold it, in order; empty where it is never named. */
  readonly names: readonly string[];
  /**
   * "closed" on every way, "escaped" on some (also where no exit is ever reached), "unsure" where a condition that is not understood
   * may decide, so that nothing is said of a leak.
   */
  readonly fate: "closed" | "escaped" | "unsure" | "leaked";
  /** Whether some way closes it and none lets it escape. */
  readonly closes: boolean;
  readonly leak: Leak | null;
  readonly withFix: WithFix | null;
}

export interface Leak {
  /**
   * - `never`: no path closes it or hands it on.
   * - `reassigned`: some path closes it, but a name that alone held it is given another value first (a loop that opens in every round).
   * - `early-return`: some path returns, or reaches the end, without closing, and no exception is involved.
   * - `exception-path`: closed when all goes well, but not when something in between raises.
   * - `after-yield`: the same, when whoever got the value lent by `yield` raises or gives up the generator.
   */
  readonly kind: "never" | "reassigned" | "early-return" | "exception-path" | "after-yield";
  /** An `exception-path` on which only calls `child = name.method(...)` stand between the opening and the `try` or `with` that closes. */
  readonly narrow: boolean;
  /** A shortest path on which it stays open, in order, without the opening. */
  readonly path: readonly LeakStep[];
}

export interface LeakStep {
  readonly span: Span;
  readonly step: "may-raise" | "raises" | "yields" | "caught" | "overwrites" | "returns" | "ends";
  /** The step in words: "may raise", "returns while it is open", ... */
  readonly what: string;
}

/**
 * What to rewrite so that a `with` or `try` closes the resource: `statement` becomes the header, `body` moves inside, `redundant` goes. Null where the
 * opening is not `name = open(...)`, nobody knows what closes it, or the name is used outside of the block that opens it.
 */
export interface WithFix {
  readonly statement: Span;
  readonly name: string;
  readonly opener: Span;
  /** Statements of the same block that move inside, in order; at least one. Several may share a line (`a(); b()`). */
  readonly body: readonly Span[];
  /** Texts in `body`, nested functions included: lines that begin in one must stay as they are. */
  readonly texts: readonly Span[];
  /** Statements that only close it. None of them is alone in its block: taking them away leaves valid code. */
  readonly redundant: readonly Span[];
}

/**
 * What becomes of each resource opened in the body of a function, or in statements that run as a module's top level; nested functions and
 * classes are left to themselves. In source order, spans as in the tree given. Never throws if `semantics` does not.
 */
export function resourceFates(
  code: FunctionDef | readonly Statement[],
  semantics: ResourceSemantics,
): readonly ResourceFate[] {
  const body = "kind" in code ? code.body : code;
  const openings = openingsIn(body, semantics);
  if (openings.size === 0) return [];
  const known: ResourceSemantics = { ...bind(semantics), opens: (e) => openings.get(e)?.opening ?? null };
  const graph = buildGraph(code, known);
  const scope = readScope(code);
  const assumptions = new Assumptions(graph, code, scope);
  const terrain = new Terrain(graph, assumptions, new EventReader(known, scope), lonelyParameters(code), scope.loops);
  const fates: ResourceFate[] = [];
  let uses: NameUses | null = null;
  const lazy = "kind" in code && givesLazily(code);
  for (const [open, { opening, statement }] of openings) {
    const journey = follow(terrain, open);
    if (journey === null) continue;
    const { names, fate, closes, leak } = judge(graph, journey);
    let withFix: WithFix | null = null;
    if (leak && opening.closedBy.length > 0) {
      uses ??= readNameUses(body);
      withFix = withFixFor(body, uses, open, names, opening, (call) => lazy || known.needsOpen?.(call) === true);
    }
    fates.push({ ...opening, open, statement, names, fate, closes, leak, withFix });
  }
  return fates;
}

interface Found {
  readonly opening: Opening;
  readonly statement: Statement;
}

/** Every opening in source order, with its innermost statement. */
function openingsIn(body: readonly Statement[], semantics: ResourceSemantics): ReadonlyMap<Expression, Found> {
  const found: [Expression, Found][] = [];
  const waiting: Statement[] = [...body];
  for (let statement = waiting.pop(); statement !== undefined; statement = waiting.pop()) {
    const at = statement;
    const given = new Set<Expression>();
    for (const root of expressionsOf(at)) {
      walkExpressions(root, (e) => {
        if (e.kind !== "call" && e.kind !== "await") return;
        const opening = semantics.opens(e);
        if (opening?.from) given.add(opening.from);
        if (opening === null || given.has(e)) return;
        if (e.kind === "await") given.add(e.value);
        found.push([e, { opening, statement: at }]);
      });
    }
    for (const block of blocksOf(at)) waiting.push(...block);
  }
  return new Map(found.sort(([a], [b]) => a.start - b.start || b.end - a.end));
}

/** The semantics as free functions: they may be methods of a class. */
function bind(semantics: ResourceSemantics): ResourceSemantics {
  return {
    opens: (e) => semantics.opens(e),
    receiverEffect: (call, method) => semantics.receiverEffect(call, method),
    argumentEffect: (call, argument) => semantics.argumentEffect(call, argument),
    closedByWith: (item) => semantics.closedByWith(item),
    suppresses: (item) => semantics.suppresses(item),
    neverReturns: (call) => semantics.neverReturns(call),
    cannotRaise: (call) => semantics.cannotRaise?.(call) ?? false,
    needsOpen: (call) => semantics.needsOpen?.(call) ?? false,
    resumed: semantics.resumed ?? false,
    raised: (exception) => semantics.raised?.(exception) ?? null,
    catches: (type, raised) => semantics.catches?.(type, raised) ?? null,
  };
}
