/**
 * Whether a round of a loop can see what the round before it has left: it reads a name that stands for something only further down, or what an attribute is given in it.
 *
 * Told by the text alone, and carefully: where it says no, a loop need not be read a second time to know what its names hold. An attribute goes by its name, whatever it is looked up
 * on, and what is put into a container counts as given to it.
 */
import { childExpressions, expressionsOf, walkExpressions } from "../../syntax/index.ts";
import type { Call, Expression, For, Statement, While } from "../../syntax/tree.ts";
import { FILLING } from "./filling.ts";

export interface Rounds {
  /** Whether one may read what an earlier one has left. */
  readonly remember: boolean;
  /** Whether one may return under a condition, so that the next one may not happen. */
  readonly mayReturn: boolean;
}

export function roundsOf(loop: For | While): Rounds {
  let rounds = known.get(loop);
  if (!rounds) {
    rounds = new Round().of(loop);
    known.set(loop, rounds);
  }
  return rounds;
}

const known = new WeakMap<For | While, Rounds>();

/** Names that surely stand for something of this round. */
type Given = Set<string>;

class Round {
  private readonly early = new Set<string>();
  private readonly assigned = new Set<string>();
  private definesCode = false;
  private mayReturn = false;

  of(loop: For | While): Rounds {
    const given: Given = new Set();
    if (loop.kind === "for") this.bind(loop.target, given);
    else walkExpressions(loop.test, (e) => this.readName(e, given));
    this.block(loop.body, given);
    const remember = this.definesCode || [...this.assigned].some((name) => this.early.has(name));
    return { remember, mayReturn: this.mayReturn };
  }

  private block(body: readonly Statement[], given: Given): void {
    for (const s of body) this.statement(s, given);
  }

  private statement(s: Statement, given: Given): void {
    switch (s.kind) {
      case "assign":
        this.read(s.value, given);
        for (const target of s.targets) this.bind(target, given);
        return;
      case "annotated-assign":
        if (s.value) this.read(s.value, given);
        this.bind(s.target, given);
        return;
      case "if": {
        this.read(s.test, given);
        const then = new Set(given);
        const otherwise = new Set(given);
        this.block(s.body, then);
        this.block(s.orelse, otherwise);
        if ([s.body, s.orelse].some((block) => block.at(-1)?.kind === "return")) this.mayReturn = true;
        join(given, [...goingOn(s.body, then), ...goingOn(s.orelse, otherwise)]);
        return;
      }
      case "for":
      case "while": {
        for (const e of s.kind === "for" ? [s.iterable] : [s.test]) this.read(e, given);
        const within = new Set(given);
        if (s.kind === "for") this.bind(s.target, within);
        this.block(s.body, within);
        this.block(s.orelse, new Set(given));
        return;
      }
      case "with":
        for (const { context, target } of s.items) {
          this.read(context, given);
          if (target) this.bind(target, given);
        }
        this.block(s.body, given);
        return;
      case "try": {
        const body = new Set(given);
        this.block(s.body, body);
        const handlers = s.handlers.flatMap((h) => {
          const within = new Set(given);
          if (h.type) this.read(h.type, within);
          if (h.name) this.bind(h.name, within);
          this.block(h.body, within);
          return goingOn(h.body, within);
        });
        this.block(s.orelse, body);
        this.block(s.finalbody, new Set(given));
        join(given, [...goingOn(s.body, body), ...handlers]);
        return;
      }
      case "match":
        this.read(s.subject, given);
        for (const { captures, guard, body } of s.cases) {
          const within = new Set(given);
          for (const capture of captures) this.bind(capture, within);
          if (guard) this.read(guard, within);
          this.block(body, within);
        }
        return;
      case "import":
        for (const { name, alias } of s.names) this.give(alias ?? name.split(".", 1)[0]!, given);
        return;
      case "import-from":
        for (const { name, alias } of s.names) this.give(alias ?? name, given);
        return;
      case "function":
      case "class":
        this.definesCode = true;
        return;
      case "unknown-statement":
        this.block(s.body, given);
        return;
      default:
        // What `x += 1` leaves is of the type that it has found.
        for (const e of expressionsOf(s)) this.read(e, given);
    }
  }

  private bind(target: Expression, given: Given): void {
    switch (target.kind) {
      case "name":
        this.give(target.id, given);
        return;
      case "attribute":
      case "subscript":
        if (target.kind === "subscript") this.read(target.index, given);
        this.fill(target.kind === "subscript" ? target.value : target, given);
        return;
      case "starred":
        this.bind(target.value, given);
        return;
      case "collection":
        for (const item of target.items) this.bind(item, given);
        return;
      default:
        this.read(target, given);
    }
  }

  private give(name: string, given: Given): void {
    this.assigned.add(name);
    given.add(name);
  }

  /** Something is put into what a name or an attribute stands for. */
  private fill(place: Expression, given: Given): void {
    if (place.kind === "name") {
      if (!given.has(place.id)) this.assigned.add(place.id);
      return;
    }
    if (place.kind !== "attribute") {
      this.read(place, given);
      return;
    }
    this.read(place.value, given);
    // An object of this round is new, and so is what it has.
    if (place.value.kind !== "name" || !given.has(place.value.id)) this.assigned.add(attribute(place.name));
  }

  private read(e: Expression, given: Given): void {
    switch (e.kind) {
      case "lambda":
        for (const s of e.def.body)
          for (const inner of expressionsOf(s)) walkExpressions(inner, (each) => this.readName(each, new Set()));
        return;
      case "walrus":
        this.read(e.value, given);
        this.bind(e.target, given);
        return;
      case "comprehension": {
        const within = new Set(given);
        for (const { target } of e.clauses)
          walkExpressions(target, (each) => {
            if (each.kind === "name") within.add(each.id);
          });
        for (const child of childExpressions(e)) this.read(child, within);
        return;
      }
      case "call":
        if (isFilling(e)) {
          this.fill(e.callee.value, given);
          for (const child of childExpressions(e).slice(1)) this.read(child, given);
          return;
        }
        break;
      default:
        this.readName(e, given);
    }
    for (const child of childExpressions(e)) this.read(child, given);
  }

  private readName(e: Expression, given: Given): void {
    if (e.kind === "name" && !given.has(e.id)) this.early.add(e.id);
    if (e.kind === "attribute") this.early.add(attribute(e.name));
  }
}

/** No name has a dot in it. */
function attribute(name: string): string {
  return `.${name}`;
}

function isFilling(e: Call): e is Call & { readonly callee: Expression & { readonly kind: "attribute" } } {
  return e.callee.kind === "attribute" && FILLING.has(e.callee.name);
}

/** What is given behind a block, where anything is run there. */
function goingOn(block: readonly Statement[], given: Given): readonly Given[] {
  const last = block.at(-1)?.kind;
  return last === "return" || last === "raise" || last === "continue" || last === "break" ? [] : [given];
}

/** Goes on behind branches with what each of them gives. */
function join(given: Given, [first, ...others]: readonly Given[]): void {
  for (const name of first ?? []) if (others.every((other) => other.has(name))) given.add(name);
}
