/**
 * The state of reading one unit: what names hold at this point, the function being read, what was found so far.
 *
 * An environment is a stack of overlays: a branch works on a fork and is joined back, so that the cost of a branch is what it assigns and not
 * how many names there are.
 */
import type { ClassId, Declared, FunctionEntity, FunctionId, Outline } from "../../names/outline.ts";
import type { Program } from "../../names/program.ts";
import type { Expression, FunctionDef } from "../../syntax/tree.ts";
import { type Ancestor, findMember, type Member } from "../classes.ts";
import type { ParameterTest } from "../conditions.ts";
import type { Asked, CallRecord, FunctionInfo, HandedOver, ParameterFacts, Query, Served, Target } from "../record.ts";
import { type Type, union } from "../type.ts";
import { DEBUGGING } from "./debugging.ts";
import type { MutableBody, MutableForm } from "./request-state.ts";

export class Env {
  /** Nothing gets here. */
  dead = false;
  private readonly parent: Env | null;
  /** Most branches set nothing. */
  private values: Map<string, Type | null> | null = null;
  /** What is known to hold here, or no longer, since the fork. */
  private facts: Map<string, boolean> | null = null;

  constructor(parent: Env | null) {
    this.parent = parent;
  }

  get(name: string): Type | undefined {
    for (let env: Env | null = this; env; env = env.parent) {
      const value = env.values?.get(name);
      if (value !== undefined) return value ?? undefined;
    }
    return undefined;
  }

  set(name: string, type: Type): void {
    this.hold(name, type);
  }

  forget(name: string): void {
    this.hold(name, null);
  }

  private hold(name: string, type: Type | null): void {
    this.values ??= new Map();
    this.values.set(name, type);
  }

  /** Whether a fact holds here: `queue.get()`, a call that does not wait; `NO_LOOP`. */
  knows(fact: string): boolean {
    for (let env: Env | null = this; env; env = env.parent) {
      const holds = env.facts?.get(fact);
      if (holds !== undefined) return holds;
    }
    return false;
  }

  learn(fact: string): void {
    this.note(fact, true);
  }

  /** The tests of parameters that came out one way. */
  tests(): readonly ParameterTest[] {
    let start: Env | null = this;
    while (start && start.facts === null) start = start.parent;
    if (start === null) return NO_TESTS;
    const seen = new Set<string>();
    const found: ParameterTest[] = [];
    for (let env: Env | null = start; env; env = env.parent)
      for (const [fact, holds] of env.facts ?? []) {
        if (seen.has(fact)) continue;
        seen.add(fact);
        const test = holds ? PARAMETER_TEST.exec(fact) : null;
        if (test) found.push({ parameter: test[1]!, equals: test[2] || null, holds: test[3] === "holds" });
      }
    return found.length > 1 ? found.sort((a, b) => (factOf(a) < factOf(b) ? -1 : 1)) : found;
  }

  learnTest(test: ParameterTest): void {
    this.learn(factOf(test));
  }

  /** Forgets what is known of `name` and of attributes on it. */
  unlearn(name: string): void {
    for (let env: Env | null = this; env; env = env.parent) {
      if (env.facts === null) continue;
      for (const fact of env.facts.keys())
        if (fact.startsWith(`${name}.`) || fact.startsWith(`${name} `)) this.note(fact, false);
    }
  }

  private note(fact: string, holds: boolean): void {
    this.facts ??= new Map();
    this.facts.set(fact, holds);
  }

  fork(): Env {
    return new Env(this);
  }

  /** Names set since the fork. */
  own(): Iterable<[string, Type | null]> {
    return this.values ?? NOTHING_SET;
  }

  /** Goes on with what holds after any of `branches`, forks of this. */
  join(branches: readonly Env[]): void {
    const live = branches.filter((b) => !b.dead);
    if (live.length === 0) {
      this.dead = true;
      return;
    }
    // A fact holds behind the branches where it holds at the end of all of them.
    if (live.some((b) => b.facts !== null))
      for (const fact of new Set(live.flatMap((b) => [...(b.facts?.keys() ?? [])])))
        this.note(
          fact,
          live.every((b) => b.knows(fact)),
        );
    const changing = live.filter((b) => b.values !== null);
    if (changing.length === 0) return;
    const names = new Set<string>();
    for (const b of changing) for (const name of b.values!.keys()) names.add(name);
    for (const name of names) {
      const types: Type[] = [];
      for (const b of live) {
        const type = b.get(name);
        if (type) types.push(type);
      }
      this.hold(name, types.length > 0 ? union(types) : null);
    }
  }
}

const NOTHING_SET: readonly [string, Type | null][] = [];
const NO_TESTS: readonly ParameterTest[] = [];

function factOf({ parameter, equals, holds }: ParameterTest): string {
  return `${parameter} is ${equals ?? ""}: ${holds ? "holds" : "fails"}`;
}

const PARAMETER_TEST = /^(\w+) is (.*): (holds|fails)$/s;

export interface Frame {
  readonly id: FunctionId;
  readonly entity: FunctionEntity | null;
  readonly def: FunctionDef | null;
  readonly parent: Frame | null;
  env: Env;
  /** Whatever a name ever held, for functions inside. */
  readonly ever: Map<string, Type>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
  /** Attribute paths (`self.client`) whose type the environment knows. */
  readonly paths: Set<string>;
  readonly calls: CallRecord[];
  readonly byNode: Map<Expression, CallRecord>;
  /** Types of what `with` statements enter. */
  readonly contexts: Map<Expression, Type>;
  readonly returns: Type[];
  readonly yields: Type[];
  /** What its `return` statements say about whether a loop runs. */
  readonly answers: Set<"answers" | "unrelated">;
  readonly called: Set<string>;
  readonly kept: Set<string>;
  readonly read: Set<string>;
  readonly assigned: Set<string>;
  readonly looped: Set<string>;
  readonly offloaded: Set<string>;
  /** Parameters of functions around this one that it calls. */
  readonly borrowed: { readonly of: FunctionId; readonly name: string }[];
  readonly bodies: MutableBody[];
  readonly forms: MutableForm[];
  /** Whether the signature of the request is verified in it. */
  vouched: boolean;
  /** The call that is a statement of its own. */
  bare: Expression | null;
  readonly breaks: Env[][];
  /** The class whose body is being read. */
  classBody: ClassId | null;
  /** Above 0 nothing is recorded: code is read a first time for what it assigns. */
  quiet: number;
  /** Above 0 the value being worked out is kept for the life of the process. */
  keeping: number;
  /** Above 0 where nobody can tell whether what is read matters to whoever calls: once for each object, in a debugging mode. */
  perhaps: number;
  /** Whether an `await` may stand here, if the function is an `async def`, and no lock of threads is held. */
  awaitable: boolean;
  /** Above 0 inside a `try` that has handlers. */
  tries: number;
  /** Above 0 inside a `try` that expects what running a loop inside of a loop raises. */
  expectsNesting: number;
  /** Whether a loop runs was asked above. */
  askedLoop: boolean;
  /** Above 0 where what is read may not happen: in a branch, and behind one that returns. */
  doubt: number;
}

export class Inference {
  readonly program: Program;
  readonly unit: FunctionId;
  /** The class of `self` where the unit is a method read for a class that inherits it. */
  readonly selfClass: ClassId | null;
  readonly key: string;
  readonly outline: Outline;
  readonly declared: Declared | undefined;
  readonly functions = new Map<FunctionId, FunctionInfo>();
  readonly globals = new Map<string, Type>();
  readonly attributes = new Map<string, Type>();
  readonly asked: Asked[] = [];
  readonly handed: HandedOver[] = [];
  readonly served: Served[] = [];
  /** Unchecked request data of the whole unit; types refer to it by index. */
  readonly bodies: MutableBody[] = [];
  /** Keys seen to be there, by the words in which the data is read. */
  readonly present = new Map<string, Set<string>>();
  /** Keys whose type was asked for, likewise. */
  readonly typed = new Map<string, Set<string>>();
  /** Forms of the whole unit, likewise. */
  readonly forms: MutableForm[] = [];
  /** Classes of forms that were asked about data, with the words in which that is read. */
  readonly covered: { readonly text: string; readonly cls: ClassId }[] = [];
  /** Nested functions met and not yet read. */
  readonly pending = new Map<FunctionId, { readonly def: FunctionDef; readonly parent: Frame }>();
  private readonly members = new Map<ClassId, Map<string, Member | null>>();
  readonly ask: (query: Query) => Type;
  /** What another function does with its parameters; null while that is unknown. */
  readonly askParameters: (fn: FunctionId) => ParameterFacts | null;
  frame!: Frame;

  constructor(
    program: Program,
    unit: FunctionId,
    selfClass: ClassId | null,
    outline: Outline,
    answer: (query: Query) => Type,
    answerParameters: (fn: FunctionId) => ParameterFacts | null,
  ) {
    this.program = program;
    this.unit = unit;
    this.selfClass = selfClass;
    this.outline = outline;
    this.key = outline.origin.key;
    this.declared = outline.declared.get(unit);
    const seen = new Set<string>();
    const note = (query: Query, said: Asked["answer"]): void => {
      const key = `${query.what}:${query.id}:${query.name}`;
      if (seen.has(key)) return;
      seen.add(key);
      this.asked.push({ query, answer: said });
    };
    this.ask = (query) => {
      const type = answer(query);
      note(query, type);
      return type;
    };
    this.askParameters = (fn) => {
      const facts = answerParameters(fn);
      note({ what: "parameters", id: fn, name: "" }, facts);
      return facts;
    };
  }

  /** The member `name` of a class or its ancestors; null where there is none. In one unit the same few are looked for again and again, through long lines of ancestors. */
  member(receiver: Ancestor, name: string): Member | null {
    // What type variables stand for is of the one receiver.
    if (receiver.args.length > 0) return findMember(this.program, receiver, name);
    let known = this.members.get(receiver.cls);
    if (!known) {
      known = new Map();
      this.members.set(receiver.cls, known);
    }
    let found = known.get(name);
    if (found === undefined) {
      found = findMember(this.program, receiver, name);
      known.set(name, found);
    }
    return found;
  }

  /** Assigns a name in the function being read. */
  assign(name: string, type: Type): void {
    const frame = this.frame;
    if (frame.paths.size > 0) {
      const start = `${name}.`;
      for (const path of frame.paths) if (path.startsWith(start)) frame.env.forget(path);
    }
    frame.env.unlearn(name);
    if (frame.globals.has(name)) {
      this.noteGlobal(name, type);
      frame.env.set(name, type);
      return;
    }
    if (frame.nonlocals.has(name)) {
      for (let p = frame.parent; p; p = p.parent)
        if (p.ever.has(name)) {
          p.ever.set(name, union([p.ever.get(name)!, type]));
          break;
        }
    }
    frame.env.set(name, type);
    if (frame.classBody !== null) return;
    const before = frame.ever.get(name);
    frame.ever.set(name, before ? union([before, type]) : type);
    if (frame.entity === null) this.noteGlobal(name, type);
  }

  noteGlobal(name: string, type: Type): void {
    const before = this.globals.get(name);
    this.globals.set(name, before ? union([before, type]) : type);
  }

  noteAttribute(cls: ClassId, name: string, type: Type): void {
    const key = `${cls}.${name}`;
    const before = this.attributes.get(key);
    this.attributes.set(key, before ? union([before, type]) : type);
  }

  record(record: CallRecord): void {
    const frame = this.frame;
    if (frame.quiet > 0 || frame.env.dead) return;
    const known =
      frame.perhaps > 0 || frame.env.knows(DEBUGGING)
        ? { ...record, targets: record.targets.map(perhapsOnly) }
        : record;
    frame.calls.push(known);
    if (!frame.byNode.has(record.node) || record.how === "call") frame.byNode.set(record.node, known);
  }

  /** Takes back what only its name says of a call: whoever writes `async with` or `async for` over it knows better. */
  excuseName(node: Expression): void {
    const { calls, byNode } = this.frame;
    const record = byNode.get(node);
    if (!record?.targets.some((t) => t.id === null && t.works.length > 0)) return;
    const excused = { ...record, targets: record.targets.map((t) => (t.id === null ? { ...t, works: [] } : t)) };
    calls[calls.indexOf(record)] = excused;
    byNode.set(node, excused);
  }

  /** Runs `read` without leaving records. */
  quietly<T>(read: () => T): T {
    const frame = this.frame;
    frame.quiet++;
    try {
      return read();
    } finally {
      frame.quiet--;
    }
  }
}

/** What a call does that may not happen, or may do something else. */
export function perhapsOnly(target: Target): Target {
  return { ...target, works: target.works.map((w) => ({ ...w, likely: true })), perhaps: true };
}

export function newFrame(
  id: FunctionId,
  entity: FunctionEntity | null,
  def: FunctionDef | null,
  parent: Frame | null,
): Frame {
  return {
    id,
    entity,
    def,
    parent,
    env: new Env(null),
    ever: new Map(),
    globals: new Set(),
    nonlocals: new Set(),
    paths: new Set(),
    calls: [],
    byNode: new Map(),
    contexts: new Map(),
    returns: [],
    yields: [],
    answers: new Set(),
    called: new Set(),
    kept: new Set(),
    read: new Set(),
    assigned: new Set(),
    looped: new Set(),
    offloaded: new Set(),
    borrowed: [],
    bodies: [],
    forms: [],
    vouched: false,
    bare: null,
    breaks: [],
    classBody: null,
    quiet: 0,
    keeping: 0,
    perhaps: 0,
    awaitable: def !== null && def.name !== "<lambda>",
    tries: 0,
    expectsNesting: 0,
    askedLoop: false,
    doubt: 0,
  };
}

/** The key under which the environment knows `name` or a path of attributes on it; null for anything else. */
export function pathOf(e: Expression): string | null {
  if (e.kind === "name") return e.id;
  if (e.kind !== "attribute") return null;
  const base = pathOf(e.value);
  return base === null ? null : `${base}.${e.name}`;
}

/** An expression as a few words: `self.client.get`, `connect(…)`, `rows[…]`. */
export function textOf(e: Expression): string {
  switch (e.kind) {
    case "name":
      return e.id;
    case "attribute":
      return `${textOf(e.value)}.${e.name}`;
    case "call":
      return `${textOf(e.callee)}(${e.args.length + e.keywords.length > 0 ? "…" : ""})`;
    case "subscript":
      return `${textOf(e.value)}[…]`;
    case "await":
      return `await ${textOf(e.value)}`;
    case "string":
      return "'…'";
    default:
      return "…";
  }
}
