/**
 * The state of building one graph: the nodes so far, and what encloses the statement at hand.
 *
 * The files named after a construct each bring functions that append it. Such a function is given the loose ends that lead to it and gives
 * back the loose ends that lead on. What encloses a statement is a chain of frames; a way out (`return`, `break`, an
 * exception) asks the innermost frame where it leads.
 */
import type { Span } from "../base/span.ts";
import type { Expression, Statement } from "../syntax/tree.ts";
import type { Action, Edge, EdgeKind, FlowGraph, FlowNode, GraphSemantics } from "./graph.ts";
import { raises, yields } from "./raising.ts";

/** Ends of edges not yet attached: what is built next continues there. None: it cannot be reached. */
export type Loose = readonly { readonly from: number; readonly kind: EdgeKind }[];

/** Appends a statement; `frame` is what encloses it. */
export type Construct = (builder: GraphBuilder, statement: Statement, loose: Loose, frame: Frame) => Loose;

/** A way out of a block other than falling out of its end. */
export type WayOut = "return" | "break" | "continue" | "exception" | "given-up" | Raised;

/** An exception whose class is known, by the key of `GraphSemantics.raised`. */
export type Raised = `raise ${string}`;

export function isRaised(way: WayOut): way is Raised {
  return way.startsWith("raise ");
}

/** What encloses a statement. */
export interface Frame {
  /** The node where this way out leads; made on demand. */
  leave(way: WayOut): number;
}

export class GraphBuilder {
  readonly semantics: GraphSemantics;
  /** Whether what is being built stands in a `finally` or `except`. */
  cleanup = false;
  /** How many `finally` nested in each other are being built. */
  finallyDepth = 0;
  private readonly nodes: MutableNode[] = [];
  private readonly constructs: ReadonlyMap<Statement["kind"], Construct>;

  constructor(semantics: GraphSemantics, constructs: ReadonlyMap<Statement["kind"], Construct>) {
    this.semantics = semantics;
    this.constructs = constructs;
  }

  build(statements: readonly Statement[]): FlowGraph {
    const start = statements[0]?.start ?? 0;
    const end = statements.at(-1)?.end ?? start;
    const entry = this.node({ kind: "entry" }, { start, end: start });
    const exit = this.node({ kind: "exit" }, { start: end, end });
    const uncaught = this.node({ kind: "uncaught" }, { start: end, end });
    // Broken code may hold a `break` outside of any loop; it leaves the function.
    const outermost: Frame = { leave: (way) => (isException(way) ? uncaught : exit) };
    this.attach(this.block(statements, [{ from: entry, kind: "next" }], outermost), exit);
    return { nodes: this.nodes, entry: this.nodes[entry]!, exit: this.nodes[exit]!, uncaught: this.nodes[uncaught]! };
  }

  /** Appends statements in sequence; what follows a statement that does not go on is left out. */
  block(statements: readonly Statement[], loose: Loose, frame: Frame): Loose {
    let ends = loose;
    for (const statement of statements) {
      if (ends.length === 0) return ends;
      const construct = this.constructs.get(statement.kind);
      if (construct) ends = construct(this, statement, ends, frame);
    }
    return ends;
  }

  node(action: Action, span: Span): number {
    const id = this.nodes.length;
    this.nodes.push({ id, action, span, cleanup: this.cleanup, edges: [] });
    return id;
  }

  /** A new node that all loose ends lead to. */
  append(action: Action, span: Span, loose: Loose): number {
    const id = this.node(action, span);
    this.attach(loose, id);
    return id;
  }

  /** A new node that all loose ends lead to, with edges for what evaluating `evaluated` may raise. */
  step(action: Action, span: Span, evaluated: readonly Expression[], loose: Loose, frame: Frame): number {
    const id = this.append(action, span, loose);
    if (evaluated.some((e) => raises(e, this.semantics))) this.edge(id, frame.leave("exception"), "exception");
    if (!this.semantics.resumed && evaluated.some(yields)) this.edge(id, frame.leave("given-up"), "given-up");
    return id;
  }

  edge(from: number, to: number, kind: EdgeKind): void {
    const edges = this.nodes[from]!.edges;
    if (!edges.some((edge) => edge.to === to && edge.kind === kind)) edges.push({ to, kind });
  }

  attach(loose: Loose, to: number): void {
    for (const { from, kind } of loose) this.edge(from, to, kind);
  }

  /** Builds with `cleanup` set. */
  inCleanup<T>(build: () => T): T {
    const before = this.cleanup;
    this.cleanup = true;
    const built = build();
    this.cleanup = before;
    return built;
  }
}

/** The loose end behind a node. */
export function after(node: number, kind: EdgeKind = "next"): Loose {
  return [{ from: node, kind }];
}

function isException(way: WayOut): boolean {
  return way === "exception" || way === "given-up" || isRaised(way);
}

interface MutableNode extends FlowNode {
  readonly edges: Edge[];
}
