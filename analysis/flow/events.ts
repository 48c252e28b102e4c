/**
 * What happens to values while one step runs, in the order it happens: what is opened, where a value is handed, what a name comes to hold,
 * where an exception may leave.
 *
 * A value is told by where it comes from: a name, or the expression that opened it while it has no name yet. What becomes of a value
 * depends on what stands around it: `f(x)` asks about the argument, `x.m()` about the receiver, `return x`, `self.x = x` and
 * `[x]` let it escape, a test or an arithmetic operand only uses it.
 */
import { childExpressions } from "../syntax/index.ts";
import type { Call, Collection, Comprehension, Expression, Yield } from "../syntax/tree.ts";
import { CLOSING_NAME } from "./borrowing.ts";
import type { FlowNode } from "./graph.ts";
import type { Effect, Opening, ResourceSemantics } from "./ownership.ts";
import { namesBoundBy, type Scope } from "./scope.ts";
import { evaluatedBy } from "./statements.ts";

/** A name, or the expression that opened the value. */
export type Source = string | Expression;

/** "lends": given out by `yield`, to come back. */
export type Handing = Effect | "lends";

export type FlowEvent =
  | { readonly kind: "opens"; readonly source: Expression; readonly opening: Opening }
  | { readonly kind: "hands"; readonly source: Source; readonly as: () => Handing }
  /** `name` now holds one of `from`; none of them: something else. */
  | { readonly kind: "binds"; readonly name: string; readonly from: readonly Source[] }
  | { readonly kind: "raises"; readonly givenUp: boolean };

export class EventReader {
  private readonly semantics: ResourceSemantics;
  private readonly scope: Scope;
  private readonly known = new Map<number, readonly FlowEvent[]>();
  private readonly openings = new Map<Expression, Opening | null>();
  private events: FlowEvent[] = [];
  /** Names bound by the comprehensions around the expression at hand; they are not those of the function. */
  private shadowed: string[] = [];

  constructor(semantics: ResourceSemantics, scope: Scope) {
    this.semantics = semantics;
    this.scope = scope;
  }

  /** The events of a node, worked out once. */
  of(node: FlowNode): readonly FlowEvent[] {
    const known = this.known.get(node.id);
    if (known) return known;
    this.events = [];
    this.readAction(node);
    this.known.set(node.id, this.events);
    return this.events;
  }

  private readAction({ action }: FlowNode): void {
    switch (action.kind) {
      case "statement":
        this.readStatement(action.statement);
        return;
      case "test":
        this.value(action.test, action.kept ? null : uses);
        // What a kept operand opens counts from the `bind` that takes it up.
        if (action.kept) this.events = this.events.filter(({ kind }) => kind !== "opens");
        return;
      case "evaluate":
        this.value(action.value, uses);
        return;
      case "bind":
        if (!action.evaluated) {
          this.assign(action.targets, action.value);
          return;
        }
        this.reopen(action.value);
        this.bindAll(action.targets, action.value);
        return;
      case "iterate":
        this.target(action.statement.target, []);
        if (action.statement.isAsync) this.raise();
        return;
      case "enter":
        this.enter(action.item.context, action.item.target);
        return;
      case "leave":
        this.raise();
        return;
      case "caught":
        if (action.handler.name) this.bind(action.handler.name.id, []);
        return;
      case "case":
        for (const { id } of action.case.captures) this.bind(id, []);
        return;
    }
  }

  private readStatement(statement: Parameters<typeof evaluatedBy>[0]): void {
    switch (statement.kind) {
      case "assign":
        this.assign(statement.targets, statement.value);
        return;
      case "annotated-assign":
        if (statement.value !== null) this.assign([statement.target], statement.value);
        return;
      case "augmented-assign":
        this.value(statement.target, uses);
        this.value(statement.value, escapes);
        return;
      case "return":
        if (statement.value !== null) this.value(statement.value, escapes);
        return;
      case "delete":
        for (const target of statement.targets) this.value(target, target.kind === "name" ? escapes : uses);
        return;
      case "function":
      case "class":
        for (const e of evaluatedBy(statement)) this.value(e, escapes);
        this.bind(statement.name, []);
        return;
      case "import":
      case "import-from":
        for (const { name, alias } of statement.names) this.bind(alias ?? name.split(".")[0]!, []);
        this.raise();
        return;
      case "raise":
      case "assert":
        for (const e of evaluatedBy(statement)) this.value(e, statement.kind === "raise" ? escapes : uses);
        this.raise();
        return;
      default:
        for (const e of evaluatedBy(statement)) this.value(e, uses);
    }
  }

  /** Entering `with context as target`. A block that closes its value closes it on every way out, so entering settles it. */
  private enter(context: Expression, target: Expression | null): void {
    const sources = this.sourcesOf(context);
    const direct = sources.length > 0;
    // `closing(x)`: the item itself opens nothing, so what it closes is what it was given.
    if (!direct && context.kind === "call") {
      const closes = memoized(() => this.semantics.closedByWith(context));
      this.call(context, () => (closes() ? "closes" : null));
    } else {
      this.value(context, null);
    }
    for (const source of sources) {
      const item = typeof source === "string" ? context : source;
      this.hand(
        source,
        memoized(() => (this.semantics.closedByWith(item) ? "closes" : "uses")),
      );
    }
    this.raise();
    if (target !== null) this.target(target, sources);
  }

  /**
   * Evaluates `e` and says what happens to its value; `handing` null: the caller takes it up (binds it).
   */
  private value(e: Expression, handing: (() => Handing) | null): void {
    switch (e.kind) {
      case "name":
        this.hand(e.id, handing);
        return;
      case "await": {
        const opening = this.openingOf(e);
        if (opening === null && e.value.kind === "call") this.value(e.value, handing);
        else if (e.value.kind === "call") this.call(e.value);
        else this.value(e.value, opening ? uses : handing);
        this.raise();
        this.open(e, opening, handing);
        return;
      }
      case "call":
        this.call(e);
        this.open(e, this.openingOf(e), handing);
        return;
      case "walrus":
        this.value(e.value, null);
        this.target(e.target, this.sourcesOf(e.value));
        this.hand(e.target.id, handing);
        return;
      case "conditional":
        this.value(e.test, uses);
        this.value(e.then, handing);
        this.value(e.otherwise, handing);
        return;
      case "boolean":
        this.value(e.left, handing);
        this.value(e.right, handing);
        return;
      case "attribute":
        this.attribute(e.value, e.name, handing);
        return;
      case "subscript":
        this.value(e.value, uses);
        this.value(e.index, uses);
        this.raise();
        return;
      case "yield":
        this.yielded(e);
        return;
      case "collection":
      case "dict":
      case "starred":
      case "unknown":
        for (const child of childExpressions(e)) this.value(child, escapes);
        return;
      case "lambda":
        for (const { default: value } of e.def.parameters) if (value !== null) this.value(value, escapes);
        return;
      case "comprehension":
        this.comprehension(e, e.form === "generator");
        return;
      default:
        for (const child of childExpressions(e)) this.value(child, uses);
    }
  }

  private hand(source: Source, handing: (() => Handing) | null): void {
    if (handing === null || handing === uses) return;
    if (typeof source === "string" && this.shadowed.includes(source)) return;
    this.events.push({ kind: "hands", source, as: handing });
  }

  private open(e: Expression, opening: Opening | null, handing: (() => Handing) | null): void {
    if (opening === null) return;
    this.events.push({ kind: "opens", source: e, opening });
    this.hand(e, handing);
  }

  /** The value of a test that went on to be the value of the whole: it was opened there, and counts from here. */
  private reopen(e: Expression): void {
    for (const source of this.sourcesOf(e)) {
      if (typeof source !== "string") this.open(source, this.openingOf(source), null);
    }
  }

  private call(call: Call, override: () => Effect | null = () => null): void {
    const { callee, args, keywords } = call;
    if (callee.kind === "attribute") {
      this.value(
        callee.value,
        memoized(() => this.semantics.receiverEffect(call, callee.name)),
      );
    } else {
      this.value(callee, uses);
    }
    for (const [index, value] of args.entries()) this.argument(call, value, { index, name: null }, override);
    for (const { name, value } of keywords) this.argument(call, value, { index: null, name }, override);
    if (!this.semantics.cannotRaise?.(call)) this.raise();
  }

  /** A closing method handed over uncalled (`stack.callback(conn.close)`, `to_thread(conn.close)`) will be called. */
  private argument(call: Call, value: Expression, argument: Argument, override: () => Effect | null): void {
    if (value.kind === "comprehension") {
      this.comprehension(value, false);
      return;
    }
    if (value.kind === "attribute" && CLOSING_NAME.test(value.name)) {
      this.value(value.value, closes);
      return;
    }
    if (argument.index === null && argument.name === null) {
      this.value(value, escapes);
      return;
    }
    this.value(
      value,
      memoized(() => override() ?? this.semantics.argumentEffect(call, argument)),
    );
  }

  /**
   * A closing method that is kept uncalled lets whoever has it close the value, so that is an escape; any other attribute is only
   * read.
   */
  private attribute(value: Expression, name: string, handing: (() => Handing) | null): void {
    this.value(value, handing !== uses && CLOSING_NAME.test(name) ? escapes : uses);
  }

  private yielded(e: Yield): void {
    const again = this.scope.loops.some(({ start, end }) => start <= e.start && e.end <= end);
    const { value } = e;
    // `yield connection, cursor` lends both.
    const items =
      value?.kind === "collection" && value.form === "tuple" && !e.from ? value.items : value ? [value] : [];
    for (const item of items) this.value(item, e.from ? uses : again ? escapes : lends);
    this.events.push({ kind: "raises", givenUp: true });
  }

  /** `later`: a generator that is kept, so that what it mentions lives on in it. */
  private comprehension(e: Comprehension, later: boolean): void {
    const before = this.shadowed;
    const mark = this.events.length;
    e.clauses.forEach((clause) => {
      this.value(clause.iterable, later ? escapes : uses);
      this.shadowed = [...this.shadowed, ...namesBoundBy(clause.target)];
      for (const condition of clause.conditions) this.value(condition, uses);
      if (clause.isAsync) this.raise();
    });
    this.value(e.element, escapes);
    if (e.value !== null) this.value(e.value, escapes);
    if (later) {
      this.events.length = mark;
      this.mention(e);
    }
    this.shadowed = before;
  }

  private mention(e: Expression): void {
    if (e.kind === "name") this.hand(e.id, escapes);
    for (const child of childExpressions(e)) this.mention(child);
  }

  private assign(targets: readonly Expression[], value: Expression): void {
    this.assigned(value, targets);
    this.bindAll(targets, value);
  }

  /** Evaluates a value about to be bound; the items of a tuple that is taken apart at once are values of their own. */
  private assigned(value: Expression, targets: readonly Expression[]): void {
    const apart = value.kind === "collection" ? targets.find((target) => takesApart(target, value)) : undefined;
    if (apart === undefined || value.kind !== "collection") {
      this.value(value, null);
      return;
    }
    const inner = apart.kind === "collection" ? apart.items : [];
    value.items.forEach((item, index) => {
      this.assigned(item, inner.slice(index, index + 1));
    });
  }

  private bindAll(targets: readonly Expression[], value: Expression): void {
    for (const target of targets) this.pair(target, value);
  }

  /** `a, b = x, y` binds each to its own; any other value is bound as a whole. */
  private pair(target: Expression, value: Expression): void {
    if (value.kind === "collection" && target.kind === "collection" && takesApart(target, value)) {
      for (const [index, item] of target.items.entries()) this.pair(item, value.items[index]!);
      return;
    }
    const own = target.kind === "name" ? derivedFrom(value, target.id) : [];
    this.target(target, [...this.sourcesOf(value), ...own]);
  }

  private target(target: Expression, from: readonly Source[]): void {
    if (target.kind === "name") {
      this.bind(target.id, from);
      return;
    }
    for (const source of from) this.hand(source, escapes);
    for (const name of namesBoundBy(target)) this.bind(name, []);
    if (target.kind === "attribute" || target.kind === "subscript") this.value(target, uses);
  }

  private bind(name: string, from: readonly Source[]): void {
    const { captured, declared, isModule } = this.scope;
    this.events.push({ kind: "binds", name, from });
    if (from.length > 0 && (isModule || captured.has(name) || declared.has(name))) this.hand(name, escapes);
  }

  private raise(): void {
    this.events.push({ kind: "raises", givenUp: false });
  }

  /** What the value of `e` may be: names and openings it passes on unchanged. */
  private sourcesOf(e: Expression): readonly Source[] {
    switch (e.kind) {
      case "name":
        return [e.id];
      case "await":
        return this.openingOf(e) ? [e] : this.sourcesOf(e.value);
      case "call":
        return this.openingOf(e) ? [e] : [];
      case "walrus":
        return [e.target.id, ...this.sourcesOf(e.value)];
      case "conditional":
        return [...this.sourcesOf(e.then), ...this.sourcesOf(e.otherwise)];
      case "boolean":
        return [...this.sourcesOf(e.left), ...this.sourcesOf(e.right)];
      default:
        return [];
    }
  }

  private openingOf(e: Expression): Opening | null {
    const known = this.openings.get(e);
    if (known !== undefined) return known;
    const opening = this.semantics.opens(e);
    this.openings.set(e, opening);
    return opening;
  }
}

type Argument = { readonly index: number | null; readonly name: string | null };

const uses = (): Handing => "uses";
const closes = (): Handing => "closes";
const escapes = (): Handing => "escapes";
const lends = (): Handing => "lends";

function takesApart(target: Expression, value: Collection): boolean {
  if (target.kind !== "collection" || target.items.length !== value.items.length) return false;
  return ![...target.items, ...value.items].some(({ kind }) => kind === "starred");
}

/** `x = x.configured(...)`: the new value stands for the old one. */
function derivedFrom(value: Expression, name: string): readonly Source[] {
  let root = value;
  while (root.kind === "call" || root.kind === "attribute" || root.kind === "await") {
    root = root.kind === "call" ? root.callee : root.value;
  }
  return root !== value && root.kind === "name" && root.id === name ? [name] : [];
}

function memoized<T>(compute: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
