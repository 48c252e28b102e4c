/**
 * Where expressions and statements of one function stand: what is around them, and what runs whenever something else does.
 *
 * It knows text and order only. Functions within the function are part of it; what stands in them may run or not.
 */
import type { Expression, FunctionDef, Statement } from "./syntax/tree.ts";
import { blocksOf, childExpressions, expressionsOf } from "./syntax/walk.ts";

/** A place in a block; `owner` is the compound statement, or the function, that has the block. */
export interface Place {
  readonly statement: Statement;
  readonly block: readonly Statement[];
  readonly index: number;
  readonly owner: Place | null;
  /** Whether it stands in a function within the function. */
  readonly nested: boolean;
}

export interface Terrain {
  readonly def: FunctionDef;
  /** Every expression of the body, in source order as far as they stand in statements of one block. */
  readonly expressions: readonly Expression[];
  parentOf(e: Expression): Expression | null;
  /** The statement an expression stands in, with the blocks around it. */
  placeOf(e: Expression): Place | null;
  placeOfStatement(s: Statement): Place | null;
}

export function terrainOf(def: FunctionDef): Terrain {
  const expressions: Expression[] = [];
  const parents = new Map<Expression, Expression>();
  const places = new Map<Expression, Place>();
  const statements = new Map<Statement, Place>();
  const visit = (e: Expression, place: Place): void => {
    expressions.push(e);
    places.set(e, place);
    for (const child of childExpressions(e)) {
      parents.set(child, e);
      visit(child, place);
    }
    if (e.kind === "lambda") visitBlock(e.def.body, place, true);
  };
  const visitBlock = (block: readonly Statement[], owner: Place | null, nested: boolean): void => {
    for (const [index, statement] of block.entries()) {
      const place: Place = { statement, block, index, owner, nested };
      statements.set(statement, place);
      for (const e of expressionsOf(statement)) visit(e, place);
      for (const inner of blocksOf(statement)) visitBlock(inner, place, nested);
      if (statement.kind === "function") {
        for (const p of statement.parameters) if (p.default) visit(p.default, place);
        visitBlock(statement.body, place, true);
      }
      if (statement.kind === "class") visitBlock(statement.body, place, true);
    }
  };
  visitBlock(def.body, null, false);
  return {
    def,
    expressions,
    parentOf: (e) => parents.get(e) ?? null,
    placeOf: (e) => places.get(e) ?? null,
    placeOfStatement: (s) => statements.get(s) ?? null,
  };
}

/** The innermost place all `places` are in or below: the first of their statements in the deepest block that holds them all. Null where there are none. */
export function firstCommon(places: readonly Place[]): Place | null {
  const chains = places.map((place) => chainOf(place));
  let found: Place | null = null;
  for (let depth = 0; ; depth++) {
    const level = chains.map((chain) => chain[depth]);
    const [first] = level;
    if (!first || level.some((p) => p === undefined || p.block !== first.block)) return found;
    const earliest = level.reduce((a, b) => (b!.index < a!.index ? b : a))!;
    found = earliest;
    if (level.some((p) => p!.index !== first.index)) return found;
  }
}

/** The places around `place`, outermost first, itself last. */
function chainOf(place: Place): readonly Place[] {
  const chain: Place[] = [];
  for (let at: Place | null = place; at; at = at.owner) chain.unshift(at);
  return chain;
}

/**
 * Whether `e` is evaluated whenever `anchor` has been reached (null: the start of the function), apart from what is raised. `matters` says which ways
 * out before it count: those that depend on the value itself.
 */
export function surelyRuns(
  terrain: Terrain,
  e: Expression,
  anchor: Place | null,
  matters: (exit: Statement, over: Statement) => boolean,
): boolean {
  const place = terrain.placeOf(e);
  if (!place || place.nested !== (anchor?.nested ?? false) || isConditional(terrain, e)) return false;
  for (let at: Place | null = place; at; at = at.owner) {
    const start = anchor && at.block === anchor.block ? anchor.index : 0;
    for (const before of at.block.slice(start, at.index))
      if (waysOut(before).some((exit) => matters(exit, before))) return false;
    if (anchor ? at.block === anchor.block : at.owner === null) return true;
    if (!at.owner || !alwaysEnters(at.owner.statement, at.block)) return false;
  }
  return false;
}

/** Whether a block of a statement runs whenever the statement does. */
function alwaysEnters(owner: Statement, block: readonly Statement[]): boolean {
  if (owner.kind === "with") return true;
  if (owner.kind !== "try" || block === owner.orelse) return false;
  return block === owner.finalbody || (block === owner.body && owner.handlers.every((h) => leaves(h.body)));
}

/** Whether the way through a block ends in it. */
export function leaves(block: readonly Statement[]): boolean {
  const last = block.at(-1);
  if (!last) return false;
  if (last.kind === "if") return leaves(last.body) && leaves(last.orelse);
  return last.kind === "return" || last.kind === "raise" || last.kind === "continue" || isAbort(last);
}

function isAbort(s: Statement): boolean {
  if (s.kind !== "expression" || s.value.kind !== "call") return false;
  const { callee } = s.value;
  return /^(abort|fail|bad_request)$/.test(
    callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "",
  );
}

function isConditional(terrain: Terrain, e: Expression): boolean {
  for (let at = e, up = terrain.parentOf(e); up; at = up, up = terrain.parentOf(up)) {
    if (up.kind === "boolean" && up.right === at) return true;
    if (up.kind === "conditional" && up.test !== at) return true;
    if (up.kind === "comprehension" && up.clauses[0]?.iterable !== at) return true;
  }
  return false;
}

/** Statements inside of a compound one that leave the block it stands in, functions within left out. */
function waysOut(s: Statement): readonly Statement[] {
  if (s.kind === "return" || s.kind === "raise" || s.kind === "break" || s.kind === "continue") return [s];
  return blocksOf(s).flatMap((block) => block.flatMap(waysOut));
}

/** Whether a way out answers that something is wrong: it raises, or what it returns says so. */
export function isRefusal(exit: Statement): boolean {
  if (exit.kind === "raise") return true;
  if (exit.kind !== "return" || !exit.value) return false;
  let refuses = false;
  const visit = (e: Expression): void => {
    if (e.kind === "literal" && /^[45]\d\d$/.test(e.text)) refuses = true;
    if (e.kind === "string" && REFUSING.test(e.value)) refuses = true;
    if (e.kind === "name" && REFUSING.test(e.id)) refuses = true;
    if (e.kind === "attribute" && REFUSING.test(e.name)) refuses = true;
    if (e.kind === "call") for (const k of e.keywords) if (k.name && REFUSING.test(k.name)) refuses = true;
    for (const child of childExpressions(e)) visit(child);
  };
  visit(exit.value);
  return refuses;
}

const REFUSING =
  /error|bad_?request|invalid|fail|abort|unprocessable|forbidden|unauthorized|not_?found|required|missing/i;
