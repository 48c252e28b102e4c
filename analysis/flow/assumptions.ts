/**
 * What is known of names by the way that led here: that one is None, or that it is true, because a test came out so or because it was
 * given that value. A path on which a test would have to come out otherwise does not exist.
 *
 * Known of any local name is whether it is None. Whether it is true is known only of names that hold nothing but answers (`own = given is None`,
 * `done = True`), or that are read by tests alone: what else a name holds may become empty meanwhile. Names that nested functions read or
 * that belong to others are left out, so is what tests tell by comparing, and so are names that are asked about once.
 */
import { blocksOf, childExpressions, walkExpressions } from "../syntax/index.ts";
import type { Expression, FunctionDef, Statement } from "../syntax/tree.ts";
import type { Edge, FlowGraph, FlowNode } from "./graph.ts";
import { expressionsOf, namesBoundBy, namesBoundIn, type Scope } from "./scope.ts";

/** What is known at a place, as a number; 0 is nothing. The same for equal knowledge. */
export type Assumption = number;

export class Assumptions {
  private readonly graph: FlowGraph;
  private readonly names: Names;
  private readonly states: State[] = [new Map()];
  private readonly numbers = new Map<string, Assumption>([["", 0]]);
  private readonly steps = new Map<string, Assumption | null>();
  private found: ReadonlyMap<number, readonly Assumption[]> | null = null;

  constructor(graph: FlowGraph, code: FunctionDef | readonly Statement[], scope: Scope) {
    this.graph = graph;
    this.names = scope.isModule ? NO_NAMES : namesTested("kind" in code ? code : null, scope);
  }

  /** Whether a name is a parameter that is mentioned in tests alone, all of them understood: nothing else hangs on it. */
  isPlainFlag(name: string): boolean {
    return this.names.flags.has(name);
  }

  /** What is known behind an edge of a node before which `before` is known; null where no path goes that way. */
  behind(node: FlowNode, edge: Edge, before: Assumption): Assumption | null {
    if (this.names.tested.size === 0) return before;
    const key = `${before}|${node.id}|${edge.kind}`;
    const known = this.steps.get(key);
    if (known !== undefined) return known;
    const state = this.step(node, edge, this.states[before]!);
    const found = state && this.numberOf(state);
    this.steps.set(key, found);
    return found;
  }

  /** What may be known before a node, by the ways that lead there. */
  at(node: FlowNode): readonly Assumption[] {
    if (this.names.tested.size === 0) return NOTHING;
    return this.entries().get(node.id) ?? NOTHING;
  }

  /** Whether whatever a test of that name tells is known before by every path: it is only ever given True, False or None. */
  isDetermined(name: string): boolean {
    return this.names.determined.has(name) && this.entries().size > 0;
  }

  /** By node; empty where there are too many. */
  private entries(): ReadonlyMap<number, readonly Assumption[]> {
    this.found ??= this.everywhere();
    return this.found;
  }

  private everywhere(): ReadonlyMap<number, readonly Assumption[]> {
    const entries = new Map<number, Assumption[]>([[this.graph.entry.id, [0]]]);
    const waiting: [FlowNode, Assumption][] = [[this.graph.entry, 0]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [node, before] = next;
      for (const edge of node.edges) {
        const behind = this.behind(node, edge, before);
        if (behind === null) continue;
        const known = entries.get(edge.to);
        if (known?.includes(behind)) continue;
        if (known && known.length >= MOST_STATES) return NOWHERE;
        if (known) known.push(behind);
        else entries.set(edge.to, [behind]);
        waiting.push([this.graph.nodes[edge.to]!, behind]);
      }
    }
    return entries;
  }

  private numberOf(state: State): Assumption {
    const key = [...state]
      .map(([name, is]) => `${name}=${is}`)
      .sort()
      .join(",");
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.states.length);
    return this.states.push(state) - 1;
  }

  private step(node: FlowNode, edge: Edge, before: State): State | null {
    const { action } = node;
    const bound = boundBy(node);
    const state = new Map(before);
    for (const { name, value } of bound) {
      const is = edge.kind === "exception" || edge.kind === "given-up" ? null : this.valueOf(value, before);
      if (is === null || !this.isTracked(name, is)) state.delete(name);
      else state.set(name, is);
    }
    if (action.kind !== "test" || (edge.kind !== "true" && edge.kind !== "false")) return state;
    const told = subjectOf(action.test);
    if (told === null || !this.names.tested.has(told.name)) return state;
    const outcome = (edge.kind === "true") === told.whenTrue;
    const is = told.asks === "none" ? (outcome ? "none" : "some") : outcome ? "true" : "false";
    const agreed = agree(state.get(told.name), is);
    if (agreed === null) return null;
    if (this.isTracked(told.name, agreed)) state.set(told.name, agreed);
    else if (agreed === "true") state.set(told.name, "some");
    return state;
  }

  private isTracked(name: string, is: Value): boolean {
    return this.names.tested.has(name) && (is === "none" || is === "some" || this.names.answers.has(name));
  }

  private valueOf(value: Expression | null, before: State): Value | null {
    if (value === null) return null;
    if (value.kind === "literal") return LITERALS.get(value.text) ?? null;
    if (value.kind === "name") return before.get(value.id) ?? null;
    const negated = value.kind === "unary" && value.operator === "not";
    const told = subjectOf(negated ? value.value : value);
    const is = told && before.get(told.name);
    if (!told || !is) return null;
    const outcome = told.asks === "none" ? NONE.get(is) : TRUTH.get(is);
    if (outcome === undefined) return null;
    return (outcome === told.whenTrue) !== negated ? "true" : "false";
  }
}

const NOTHING: readonly Assumption[] = [0];
const NOWHERE: ReadonlyMap<number, readonly Assumption[]> = new Map();

/** Each name may double the paths; more of them than this are rarely about a resource. */
const MOST_NAMES = 6;

/** Where more may be known before a node, nothing is known anywhere of what happened before a resource was opened. */
const MOST_STATES = 12;

/** "some" is not None, "false" may be None. */
type Value = "none" | "some" | "true" | "false";
type State = ReadonlyMap<string, Value>;

const LITERALS: ReadonlyMap<string, Value> = new Map([
  ["None", "none"],
  ["True", "true"],
  ["False", "false"],
]);
const NONE: ReadonlyMap<Value, boolean> = new Map([
  ["none", true],
  ["some", false],
  ["true", false],
]);
const TRUTH: ReadonlyMap<Value, boolean> = new Map([
  ["none", false],
  ["true", true],
  ["false", false],
]);

/** What holds where both do; null where they exclude each other. */
function agree(known: Value | undefined, told: Value): Value | null {
  if (known === undefined || known === told) return told;
  const both = new Set([known, told]);
  if (both.has("true")) return both.has("some") ? "true" : null;
  if (both.has("none")) return both.has("false") ? "none" : null;
  // Not None, and false all the same.
  return "false";
}

interface Told {
  readonly name: string;
  readonly asks: "none" | "truth";
  readonly whenTrue: boolean;
}

/** What a test asks about a name: `x`, `x is None`, `(x := ...)`. */
function subjectOf(test: Expression): Told | null {
  if (test.kind === "name") return { name: test.id, asks: "truth", whenTrue: true };
  if (test.kind === "walrus") return { name: test.target.id, asks: "truth", whenTrue: true };
  if (test.kind !== "comparison" || test.operators.length !== 1) return null;
  const [left, right] = test.operands;
  const [operator] = test.operators;
  const name = left?.kind === "walrus" ? left.target.id : left?.kind === "name" ? left.id : null;
  if (name === null || right?.kind !== "literal" || right.text !== "None") return null;
  if (operator === "is" || operator === "==") return { name, asks: "none", whenTrue: true };
  return operator === "is not" || operator === "!=" ? { name, asks: "none", whenTrue: false } : null;
}

interface Bound {
  readonly name: string;
  /** Null: nobody knows. */
  readonly value: Expression | null;
}

function boundBy({ action }: FlowNode): readonly Bound[] {
  switch (action.kind) {
    case "statement":
    case "bind": {
      const walruses = walrusesIn(action.kind === "bind" ? [action.value] : expressionsOf(action.statement));
      if (action.kind === "bind") return [...walruses, ...bindings(action.targets, action.value)];
      const { statement } = action;
      if (statement.kind === "assign") return [...walruses, ...bindings(statement.targets, statement.value)];
      if (statement.kind === "annotated-assign") return [...walruses, ...bindings([statement.target], statement.value)];
      return [...walruses, ...namesBoundIn(statement).map((name) => ({ name, value: null }))];
    }
    case "test":
      return walrusesIn([action.test]);
    case "evaluate":
      return walrusesIn([action.value]);
    case "iterate":
      return bindings([action.statement.target], null);
    case "enter":
      return [...walrusesIn([action.item.context]), ...bindings(action.item.target ? [action.item.target] : [], null)];
    case "caught":
      return action.handler.name ? [{ name: action.handler.name.id, value: null }] : [];
    case "case":
      return bindings(action.case.captures, null);
    default:
      return [];
  }
}

function bindings(targets: readonly Expression[], value: Expression | null): readonly Bound[] {
  return targets.flatMap((target) =>
    namesBoundBy(target).map((name) => ({ name, value: target.kind === "name" ? value : null })),
  );
}

function walrusesIn(roots: readonly Expression[]): readonly Bound[] {
  const found: Bound[] = [];
  for (const root of roots) {
    walkExpressions(root, (e) => {
      if (e.kind === "walrus") found.push({ name: e.target.id, value: null });
    });
  }
  return found;
}

interface Names {
  /** Those that tests ask about. */
  readonly tested: ReadonlySet<string>;
  /** Those of which it is known whether they are true, for as long as they are not bound again. */
  readonly answers: ReadonlySet<string>;
  /** Those that are only ever given True, False or None. */
  readonly determined: ReadonlySet<string>;
  /** Parameters that nothing but such tests mentions. */
  readonly flags: ReadonlySet<string>;
}

const NO_NAMES: Names = { tested: new Set(), answers: new Set(), determined: new Set(), flags: new Set() };

function namesTested(def: FunctionDef | null, scope: Scope): Names {
  if (def === null) return NO_NAMES;
  /** How often each is asked about. */
  const tested = new Map<string, number>();
  const readElsewhere = new Set<string>();
  /** Part of a test that is not understood, or of a value. */
  const compared = new Set<string>();
  const rebound = new Set<string>();
  const answered = new Set<string>();
  /** Bound to what is no literal. */
  const given = new Set<string>();
  const boundToOthers = new Set(def.parameters.map(({ name }) => name));
  const test = (e: Expression): void => {
    const told = subjectOf(e);
    if (told) tested.set(told.name, (tested.get(told.name) ?? 0) + 1);
    if (e.kind === "name") return;
    if (e.kind === "unary" && e.operator === "not") test(e.value);
    else if (e.kind === "boolean") for (const side of [e.left, e.right]) test(side);
    else if (e.kind === "comparison") {
      for (const side of e.operands) if (side.kind !== "name") read(side);
      if (!told) for (const side of e.operands) if (side.kind === "name") compared.add(side.id);
    }
    if (e.kind !== "unary" && e.kind !== "boolean" && e.kind !== "comparison") read(e);
  };
  const read = (e: Expression): void => {
    if (e.kind === "name") readElsewhere.add(e.id);
    if (e.kind === "walrus") boundToOthers.add(e.target.id);
    if (e.kind === "boolean") for (const side of [e.left, e.right]) test(side);
    if (e.kind === "conditional") test(e.test);
    for (const child of childExpressions(e)) if (e.kind !== "conditional" || child !== e.test) read(child);
  };
  const visit = (body: readonly Statement[]): void => {
    for (const s of body) {
      if (s.kind === "if" || s.kind === "while" || s.kind === "assert") test(s.test);
      else if (s.kind === "assign" || s.kind === "annotated-assign") {
        const targets = s.kind === "assign" ? s.targets : [s.target];
        const answer = s.value !== null && isAnswer(s.value);
        if (s.value !== null) (answer ? test : read)(s.value);
        if (answer) walkExpressions(s.value!, (e) => e.kind === "name" && compared.add(e.id));
        for (const target of targets) {
          if (target.kind !== "name") read(target);
          for (const name of namesBoundBy(target)) {
            rebound.add(name);
            if (s.value?.kind !== "literal") given.add(name);
            if (answer) answered.add(name);
            if (!answer || target.kind !== "name") boundToOthers.add(name);
          }
        }
      } else {
        for (const e of expressionsOf(s)) read(e);
        for (const name of namesBoundIn(s)) {
          rebound.add(name);
          boundToOthers.add(name);
        }
      }
      for (const block of blocksOf(s)) visit(block);
    }
  };
  visit(def.body);
  // One test alone tells nothing that another would need, unless the name is given an answer.
  const told = [...tested].filter(([name, times]) => times > 1 || answered.has(name)).map(([name]) => name);
  const own = told.filter((name) => !scope.captured.has(name) && !scope.declared.has(name)).slice(0, MOST_NAMES);
  const flags = def.parameters.map(({ name }) => name).filter((name) => own.includes(name));
  return {
    tested: new Set(own),
    answers: new Set(own.filter((name) => !(readElsewhere.has(name) && boundToOthers.has(name)))),
    determined: new Set(own.filter((name) => rebound.has(name) && !given.has(name) && !boundToOthers.has(name))),
    flags: new Set(flags.filter((name) => !readElsewhere.has(name) && !compared.has(name) && !rebound.has(name))),
  };
}

/** Whether a value is True, False or None whatever happens. */
function isAnswer(e: Expression): boolean {
  if (e.kind === "literal") return LITERALS.has(e.text);
  return e.kind === "comparison" || (e.kind === "unary" && e.operator === "not");
}
