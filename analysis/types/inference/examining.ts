/**
 * Functions of the project that look at what stands in a body they are given: `check_order(sent)`, with `if not isinstance(sent["count"], int): raise`.
 *
 * Asking whether keys are there, or hold anything at all, is no check: whatever is there goes through. Turning away what is of another type, too long, out of
 * order, no choice or cannot be converted is one, of that key alone; where keys are gone through in a loop it is one of the whole, if nothing else is
 * done with them. Read from the text alone.
 */
import { keptQuestion } from "../../base/memo.ts";
import type { FunctionEntity } from "../../names/outline.ts";
import type { Program } from "../../names/program.ts";
import type { Call, Expression, FunctionDef, Statement } from "../../syntax/tree.ts";
import { blocksOf, childExpressions, expressionsOf } from "../../syntax/walk.ts";

export interface Examined {
  /** Keys whose values are looked at. */
  readonly keys: readonly string[];
  /** So is whatever the rest of it holds. */
  readonly all: boolean;
  /** Something is done with what nobody looks at. */
  readonly goesOn: boolean;
}

/** What a function examines of what it is given as `parameter`; null where that is nothing. Of functions inside of others nobody knows. */
export function examined(program: Program, { id, unit }: FunctionEntity, parameter: string): Examined | null {
  return id === unit ? (program.memo.getNamed(EXAMINED, unit, parameter) ?? null) : null;
}

const EXAMINED = keptQuestion(
  "examined",
  (program: Program, unit, parameter): Examined | null => {
    const def = program.unit(unit)?.def;
    return def ? new Reader(parameter).read(def) : null;
  },
  (a, b) => JSON.stringify(a) === JSON.stringify(b),
);

/** Stands for a key that is not written out. */
const ANY = "";

class Reader {
  private readonly whole: string;
  /** Names of parts, and the key of each. */
  private readonly parts = new Map<string, string>();
  private readonly keys = new Set<string>();
  /** Keys with whose values something else is done. */
  private readonly taken = new Set<string>();
  /** Above 0 where an error is expected. */
  private tries = 0;

  constructor(parameter: string) {
    this.whole = parameter;
  }

  read(def: FunctionDef): Examined | null {
    this.block(def.body);
    if (this.keys.size === 0) return null;
    const keys = [...this.keys].filter((key) => key !== ANY).sort();
    const all = this.keys.has(ANY) && this.taken.size === 0;
    return { keys, all, goesOn: [...this.taken].some((key) => !this.keys.has(key)) };
  }

  private block(body: readonly Statement[]): void {
    for (const s of body) this.statement(s);
  }

  private statement(s: Statement): void {
    if (s.kind === "assign") for (const target of s.targets) this.name(target, this.keyOf(s.value));
    if (s.kind === "annotated-assign" && s.value) this.name(s.target, this.keyOf(s.value));
    if (s.kind === "for") this.name(s.target, this.isWhole(s.iterable) ? ANY : this.keyOf(s.iterable));
    const names = (s.kind === "assign" || s.kind === "annotated-assign") && s.value && this.keyOf(s.value) !== null;
    const refuses = s.kind === "assert" || (s.kind === "if" && isRefusal(s.body));
    const decides =
      refuses || names || /^(if|while|for|raise)$/.test(s.kind) || (s.kind === "expression" && complains(s.value));
    for (const e of expressionsOf(s)) this.expression(e, refuses, !decides);
    const tries = s.kind === "try" && s.handlers.some((h) => isRefusal(h.body));
    if (tries) this.tries++;
    for (const block of blocksOf(s)) this.block(block);
    if (tries) this.tries--;
  }

  /** `refuses`: what is asked here turns values away. `takes`: a part goes on from here. */
  private expression(e: Expression, refuses: boolean, takes: boolean): void {
    const own = this.keyOf(e);
    if (takes && own !== null) this.taken.add(own);
    if (refuses && e.kind === "comparison") this.compare(e.operands, e.operators);
    if (e.kind === "call")
      for (const argument of e.args) {
        const key = this.keyOf(argument);
        const converts = this.tries > 0 && e.callee.kind === "name";
        if (key !== null && (converts || (refuses && !/^(get|len|str|all|any|bool)$/.test(nameOf(e)))))
          this.keys.add(key);
        if (key !== null && converts) return;
      }
    for (const child of childExpressions(e)) this.expression(child, refuses, takes);
  }

  /** `count > 3`, `len(name) > 64`, `kind not in KINDS`: more than whether it is there. */
  private compare(operands: readonly Expression[], operators: readonly string[]): void {
    operators.forEach((operator, i) => {
      const [left, right] = [operands[i]!, operands[i + 1]!];
      if (isNothing(left) || isNothing(right)) return;
      const ordered = /^[<>]/.test(operator) ? [left, right] : [];
      const chosen = /in$/.test(operator) && !this.isWhole(right) ? [left] : [];
      for (const side of [...ordered, ...chosen]) {
        const key = this.keyOf(side.kind === "call" && nameOf(side) === "len" ? (side.args[0] ?? side) : side);
        if (key !== null) this.keys.add(key);
      }
    });
  }

  private name(target: Expression, key: string | null): void {
    if (key === null) return;
    if (target.kind === "name") this.parts.set(target.id, key);
    else if (target.kind === "collection") for (const item of target.items) this.name(item, key);
  }

  private isWhole(e: Expression): boolean {
    if (e.kind === "name") return e.id === this.whole;
    return e.kind === "call" && this.isWhole(holderOf(e)) && /^(items|values|copy)$/.test(nameOf(e));
  }

  /** The key whose value `e` is, or is a part of; null where it is no part. */
  private keyOf(e: Expression): string | null {
    if (e.kind === "name") return this.parts.get(e.id) ?? null;
    if (e.kind === "subscript") return this.isWhole(e.value) ? constantKey(e.index) : this.keyOf(e.value);
    if (e.kind !== "call") return null;
    const holder = holderOf(e);
    if (holder === e.callee) return null;
    if (this.isWhole(holder)) return /^(get|pop|setdefault)$/.test(nameOf(e)) ? constantKey(e.args[0]) : null;
    return this.keyOf(holder);
  }
}

function constantKey(e: Expression | undefined): string {
  return e?.kind === "string" ? e.value : ANY;
}

/** Whether a block says no: it is left, or keeps a complaint. */
function isRefusal(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (last?.kind === "return" || last?.kind === "raise") return true;
  if (last?.kind === "expression") return complains(last.value);
  return last?.kind === "assign" && last.targets.some((t) => t.kind === "name" && /err|problem|msg|valid/i.test(t.id));
}

function complains(e: Expression): boolean {
  return e.kind === "call" && /^(abort|append|add|error|add_error|fail)$/.test(nameOf(e));
}

function holderOf({ callee }: Call): Expression {
  return callee.kind === "attribute" ? callee.value : callee;
}

function nameOf({ callee }: Call): string {
  return callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "";
}

/** What a missing or empty value is compared with. */
function isNothing(e: Expression): boolean {
  if (e.kind === "literal") return /^(None|0|1)$/.test(e.text);
  return (e.kind === "string" && e.value === "") || (e.kind === "collection" && e.items.length === 0);
}
