/**
 * The control-flow graph of one function (or of a list of statements): which step may run after which, exceptions included.
 *
 * A node is one step: a simple statement, one operand of a test, one item of a `with`. `and`, `or` and `not` in tests become branches,
 * and so do assignments of a conditional expression or of `a or b`. An edge says why it is taken. What stands in a `finally` and the way out
 * of a `with` are repeated once for each way that leads through them (falling out, return, break, continue, exception), so that a
 * path never enters by one way and leaves by another; only below several `finally` nested in each other are the ways merged.
 *
 * What may raise: a call, `await`, `yield`, subscript, `import`, `assert` (where its test fails), `raise`, entering and leaving a `with`; reading names and
 * attributes, arithmetic and iterating over what is at hand do not. `except Exception` catches whatever those raise, a narrower handler
 * may or may not. The one exception it does not see is the one thrown into a generator that is given up at its `yield`.
 *
 * It refuses to look into nested functions and classes (a step of their own), to evaluate tests beyond constants, and to
 * contain what cannot be reached. Size and time grow linearly with the text.
 */
import type { Span } from "../base/span.ts";
import type {
  Call,
  ExceptHandler,
  Expression,
  For,
  FunctionDef,
  MatchCase,
  Statement,
  While,
  With,
  WithItem,
} from "../syntax/tree.ts";
import { type Construct, GraphBuilder } from "./builder.ts";
import { conditionalConstructs } from "./conditions.ts";
import { loopConstructs } from "./loops.ts";
import { matchConstructs } from "./match.ts";
import { protectionConstructs } from "./protection.ts";
import { simpleConstructs } from "./statements.ts";

/** What the graph must know about calls and cannot see in the text. */
export interface GraphSemantics {
  /** Whether the code after the call is never reached: "raises" leaves by an exception, "ends" ends the process there and then. */
  neverReturns(call: Call): "raises" | "ends" | false;
  /** Whether the call itself is known to raise nothing worth a thought (logging, `len`). Without an answer every call may raise. */
  cannotRaise?(call: Call): boolean;
  /** The class of what `raise exception` raises, as a key for `catches`; null where nobody knows. */
  raised?(exception: Expression): string | null;
  /** Whether `except type` catches an exception of that class; null where nobody knows. */
  catches?(type: Expression, raised: string): boolean | null;
  /** Whether what follows a `yield` always runs, because whoever drives the generator neither raises there nor gives it up. */
  readonly resumed?: boolean;
  /** Whether leaving a `with` over this item swallows exceptions of the classes it is given (`contextlib.suppress(...)`), and does nothing else. */
  suppresses(item: Expression): boolean;
}

export interface FlowGraph {
  /** Indexed by `FlowNode.id`. Every node can be reached from the entry, except perhaps the two exits. */
  readonly nodes: readonly FlowNode[];
  readonly entry: FlowNode;
  /** Where the function returns, by `return` or by its end. */
  readonly exit: FlowNode;
  /** Where an exception leaves the function. */
  readonly uncaught: FlowNode;
}

export interface FlowNode {
  readonly id: number;
  readonly action: Action;
  /** What stands there, for people. Same offsets as the tree the graph was built from. */
  readonly span: Span;
  /** Whether it stands in a `finally` or `except`. */
  readonly cleanup: boolean;
  readonly edges: readonly Edge[];
}

/**
 * - `next`: it went well. `true`, `false`: the outcome of a test, or whether a loop got another item.
 * - `exception`: it raised.
 * - `given-up`: a generator was closed at its `yield`; only bare `except`, `except BaseException`, `finally` and `with` see that.
 */
export interface Edge {
  readonly to: number;
  readonly kind: EdgeKind;
}
export type EdgeKind = "next" | "true" | "false" | "exception" | "given-up";

export type Action =
  | { readonly kind: "entry" | "exit" | "uncaught" | "join" }
  /** A statement without blocks of its own (nested functions and classes included), evaluated whole. */
  | { readonly kind: "statement"; readonly statement: Statement }
  /** Evaluates an operand of a test. `kept`: it is part of a value, which a `bind` behind the edge takes up. */
  | { readonly kind: "test"; readonly test: Expression; readonly kept: boolean; readonly statement: Statement }
  /** Assigns `value` to `targets`; where `evaluated`, the value was computed by a `test` before. */
  | {
      readonly kind: "bind";
      readonly targets: readonly Expression[];
      readonly value: Expression;
      readonly evaluated: boolean;
      readonly statement: Statement;
    }
  /** Evaluates the iterable of a loop or the subject of a `match`. */
  | { readonly kind: "evaluate"; readonly value: Expression; readonly statement: Statement }
  /** Takes the next item of a loop ("true"), or finds none left ("false"). */
  | { readonly kind: "iterate"; readonly statement: For }
  /** No more rounds of this loop: its test failed or its items ran out. Not passed by `break`. */
  | { readonly kind: "exhausted"; readonly statement: For | While }
  | { readonly kind: "enter" | "leave"; readonly item: WithItem; readonly statement: With }
  | { readonly kind: "caught"; readonly handler: ExceptHandler; readonly statement: Statement }
  | { readonly kind: "case"; readonly case: MatchCase; readonly statement: Statement }
  /** Where an arm of a branch begins, and where it ends if the arms meet again. */
  | { readonly kind: "arm"; readonly at: "start" | "end"; readonly branch: Branch; readonly arm: number };

/** A decision: an `if` with all its `elif`, a `match`, a conditional expression. */
export interface Branch {
  /** From the first test to the end of the last arm. */
  readonly span: Span;
  /** Where each arm stands; null for the arm that is not written. Exactly one arm runs. */
  readonly arms: readonly (Span | null)[];
  /** The tests of an `if` and its `elif`; empty for other decisions. */
  readonly tests: readonly Expression[];
}

/** The graph of a function's body, or of statements that run in sequence (a module's). Never throws, whatever the code. */
export function buildGraph(code: FunctionDef | readonly Statement[], semantics: GraphSemantics): FlowGraph {
  const builder = new GraphBuilder(semantics, CONSTRUCTS);
  return builder.build("kind" in code ? code.body : code);
}

const CONSTRUCTS: ReadonlyMap<Statement["kind"], Construct> = new Map<Statement["kind"], Construct>([
  ...simpleConstructs,
  ...conditionalConstructs,
  ...loopConstructs,
  ...protectionConstructs,
  ...matchConstructs,
]);
