/**
 * What becomes of the value of a call where it stands: thrown away, tested, compared, formatted, or handed to somebody.
 *
 * Read from the text of one function, without types. Whatever is not plainly a dead end is "other": passed on, returned, stored, awaited, iterated with
 * `async for`. A value kept in a local name has the use of that name: if one use is "other", so is the value's.
 */
import type { Expression, FunctionDef, Statement } from "../syntax/tree.ts";
import { blocksOf, childExpressions } from "../syntax/walk.ts";

export type UseKind = "discarded" | "unused" | "condition" | "comparison" | "text" | "operand" | "other";

export interface Use {
  readonly kind: UseKind;
  /** The local name that holds the value, where it was given one. */
  readonly name: string | null;
  /** The statement that throws it away or gives it its name, where the value is the whole of it. */
  readonly statement: Statement | null;
  /** Nothing is waited for behind the statement: the function ends at once. */
  readonly ends: boolean;
}

/** The use of each call in a function, or in a file's own top level (`def` null); calls that are not there are used by others. */
export function usesIn(def: FunctionDef | null, body: readonly Statement[]): ReadonlyMap<Expression, Use> {
  const reader = new Reader(def !== null);
  reader.block(body, 0);
  return reader.finish();
}

const OTHER: Use = { kind: "other", name: null, statement: null, ends: false };

interface Kept {
  readonly name: string;
  readonly statement: Statement;
  readonly loops: readonly Statement[];
}

class Reader {
  private readonly inFunction: boolean;
  private readonly uses = new Map<Expression, Use>();
  private readonly kept = new Map<Expression, Kept>();
  private readonly reads = new Map<string, { readonly at: number; readonly kind: UseKind }[]>();
  /** Names of other scopes: what they hold is seen by others. */
  private readonly foreign = new Set<string>();
  /** Offsets at which the function waits or yields. */
  private readonly waits: number[] = [];
  private readonly loops: Statement[] = [];
  /** Above 0 where calls are expected to fail before they give anything. */
  private misuse = 0;
  /** Above 0 inside of functions or classes nested in the one that is read. */
  private depth = 0;

  constructor(inFunction: boolean) {
    this.inFunction = inFunction;
  }

  finish(): ReadonlyMap<Expression, Use> {
    for (const [call, kept] of this.kept) this.uses.set(call, this.useOf(kept));
    return this.uses;
  }

  private useOf({ name, statement, loops }: Kept): Use {
    if (!this.inFunction || this.foreign.has(name)) return OTHER;
    const reads = this.reads.get(name) ?? [];
    if (reads.some((r) => r.kind === "other")) return OTHER;
    const from = loops[0]?.start ?? statement.start;
    const ends = !this.waits.some((at) => at >= from);
    const first = reads.find((r) => r.at > statement.start) ?? reads[0];
    return { kind: first?.kind ?? "unused", name, statement, ends };
  }

  block(body: readonly Statement[], depth: number): void {
    const before = this.depth;
    this.depth = depth;
    for (const s of body) this.statement(s);
    this.depth = before;
  }

  private statement(s: Statement): void {
    switch (s.kind) {
      case "expression":
        this.read(s.value, this.misuse > 0 ? "other" : "discarded", s);
        return;
      case "assign":
        this.assigned(s, s.targets, s.value);
        return;
      case "annotated-assign":
        if (s.value) this.assigned(s, [s.target], s.value);
        return;
      case "augmented-assign":
        this.read(s.target, "other", null);
        this.read(s.value, "operand", null);
        return;
      case "if":
      case "while":
        this.read(s.test, "condition", null);
        break;
      case "assert":
        this.read(s.test, "condition", null);
        if (s.message) this.read(s.message, "other", null);
        return;
      case "for":
        this.read(s.iterable, s.isAsync ? "other" : "operand", null);
        this.bound(s.target);
        if (s.isAsync) this.wait(s.start);
        break;
      case "with":
        for (const { context, target } of s.items) {
          this.read(context, s.isAsync ? "other" : "operand", null);
          if (target) this.bound(target);
        }
        if (s.isAsync) this.wait(s.end);
        if (s.items.some(({ context }) => expectsWrongArguments(context))) {
          this.misuse++;
          this.block(s.body, this.depth);
          this.misuse--;
          return;
        }
        break;
      case "match":
        this.read(s.subject, "other", null);
        for (const c of s.cases) if (c.guard) this.read(c.guard, "condition", null);
        break;
      case "return":
        if (s.value) this.read(s.value, "other", null);
        return;
      case "raise":
        if (s.exception) this.read(s.exception, "other", null);
        if (s.cause) this.read(s.cause, "other", null);
        return;
      case "try":
        for (const h of s.handlers) if (h.type) this.read(h.type, "other", null);
        break;
      case "delete":
        for (const target of s.targets) this.read(target, "other", null);
        return;
      case "global":
      case "nonlocal":
        for (const name of s.names) this.foreign.add(name);
        return;
      case "function":
        this.nested(s);
        return;
      case "class":
        for (const e of [...s.decorators, ...s.bases, ...s.keywords.map((k) => k.value)]) this.read(e, "other", null);
        this.block(s.body, this.depth + 1);
        return;
    }
    const loop = s.kind === "for" || s.kind === "while";
    if (loop) this.loops.push(s);
    for (const block of blocksOf(s)) this.block(block, this.depth);
    if (loop) this.loops.pop();
  }

  /** What functions inside do with the names is a use of them; their own calls are theirs. */
  private nested(def: FunctionDef): void {
    for (const d of def.decorators) this.read(d, "other", null);
    for (const p of def.parameters) if (p.default) this.read(p.default, "other", null);
    this.block(def.body, this.depth + 1);
  }

  private assigned(s: Statement, targets: readonly Expression[], value: Expression): void {
    for (const target of targets) this.bound(target);
    const [first] = targets;
    if (first?.kind === "name" && targets.length === 1 && this.depth === 0) {
      this.named(value, { name: first.id, statement: s, loops: [...this.loops] });
      return;
    }
    const unpacks = targets.some((t) => t.kind === "collection");
    this.read(value, unpacks ? "operand" : "other", null);
  }

  /** The value that a name is given; of `a if c else b` either one, of `a or b` the last. */
  private named(e: Expression, kept: Kept): void {
    switch (e.kind) {
      case "call":
        this.kept.set(e, kept);
        this.parts(e);
        return;
      case "conditional":
        this.read(e.test, "condition", null);
        this.named(e.then, kept);
        this.named(e.otherwise, kept);
        return;
      case "boolean":
        this.read(e.left, "condition", null);
        this.named(e.right, kept);
        return;
      default:
        this.read(e, "other", null);
    }
  }

  /** A target: its parts are read, a plain name is not. */
  private bound(target: Expression): void {
    if (target.kind === "name") return;
    if (target.kind === "collection" || target.kind === "starred") {
      for (const part of childExpressions(target)) this.bound(part);
      return;
    }
    for (const part of childExpressions(target)) this.read(part, "other", null);
  }

  private read(e: Expression, kind: UseKind, statement: Statement | null): void {
    switch (e.kind) {
      case "name": {
        const reads = this.reads.get(e.id);
        if (reads) reads.push({ at: e.start, kind });
        else this.reads.set(e.id, [{ at: e.start, kind }]);
        return;
      }
      case "call":
        if (this.depth === 0) this.uses.set(e, { kind, name: null, statement, ends: false });
        this.parts(e);
        return;
      case "await":
        this.wait(e.start);
        this.read(e.value, "other", null);
        return;
      case "yield":
        this.wait(e.start);
        if (e.value) this.read(e.value, "other", null);
        return;
      case "conditional":
        this.read(e.test, "condition", null);
        this.read(e.then, kind, null);
        this.read(e.otherwise, kind, null);
        return;
      case "boolean":
        // `a or b` may give `a` itself; `a and b` gives it only where it is false, and coroutines never are.
        this.read(e.left, e.operator === "or" && kind === "other" ? "other" : "condition", null);
        this.read(e.right, kind, null);
        return;
      case "unary":
        this.read(e.value, e.operator === "not" ? "condition" : "operand", null);
        return;
      case "comparison":
        for (const operand of e.operands) this.read(operand, "comparison", null);
        return;
      case "fstring":
        for (const part of e.parts) this.read(part, "text", null);
        return;
      case "binary":
        this.binary(e.left, e.right, e.operator);
        return;
      case "attribute":
        this.read(e.value, BELONGS_TO_COROUTINES.test(e.name) ? "other" : "operand", null);
        return;
      case "subscript":
        this.read(e.value, "operand", null);
        this.read(e.index, "other", null);
        return;
      case "starred":
        this.read(e.value, "operand", null);
        return;
      case "comprehension":
        for (const clause of e.clauses) {
          if (clause.isAsync) this.wait(e.start);
          this.read(clause.iterable, clause.isAsync ? "other" : "operand", null);
          this.bound(clause.target);
          for (const condition of clause.conditions) this.read(condition, "condition", null);
        }
        this.read(e.element, "other", null);
        if (e.value) this.read(e.value, "other", null);
        return;
      case "lambda":
        this.nested(e.def);
        return;
      default:
        for (const part of childExpressions(e)) this.read(part, "other", null);
    }
  }

  private parts(e: Expression & { kind: "call" }): void {
    const formats = e.callee.kind === "attribute" && e.callee.name === "format" && e.callee.value.kind === "string";
    this.read(e.callee, "operand", null);
    for (const argument of [...e.args, ...e.keywords.map((k) => k.value)])
      this.read(argument, formats ? "text" : "other", null);
  }

  private binary(left: Expression, right: Expression, operator: string): void {
    const formats = operator === "%" && left.kind === "string";
    this.read(left, "operand", null);
    if (formats && right.kind === "collection" && right.form === "tuple")
      for (const item of right.items) this.read(item, "text", null);
    else this.read(right, formats ? "text" : "operand", null);
  }

  private wait(at: number): void {
    if (this.depth === 0) this.waits.push(at);
  }
}

/** `with raises(TypeError):` around a call with arguments that do not fit. */
function expectsWrongArguments(context: Expression): boolean {
  return context.kind === "call" && context.args.some((a) => a.kind === "name" && a.id === "TypeError");
}

/** Attributes a coroutine or task has itself; whoever reads them knows what it is. */
const BELONGS_TO_COROUTINES =
  /^(__\w+__|close|send|throw|cr_\w+|add_done_callback|cancel|result|exception|done|cancelled)$/;
