/**
 * Finds out whether a `with` around the statements after an opening would do, and what it takes.
 */
import type { Span } from "../base/span.ts";
import { blocksOf, walkExpressions } from "../syntax/index.ts";
import type { Call, Expression, FunctionDef, Statement } from "../syntax/tree.ts";
import type { Opening, WithFix } from "./ownership.ts";
import { expressionsOf, namesBoundIn } from "./scope.ts";
import { isWithin } from "./terrain.ts";

/** Names of a function: from where to where each is written, and how often it is bound. */
export type NameUses = ReadonlyMap<string, Span & { readonly bindings: number }>;

/** The names written in `body` and its blocks. */
export function readNameUses(body: readonly Statement[]): NameUses {
  const uses = new Map<string, { start: number; end: number; bindings: number }>();
  const waiting: Statement[] = [...body];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const name of namesBoundIn(next)) note(uses, name, next, 1);
    for (const root of expressionsOf(next)) {
      walkExpressions(root, (e) => {
        if (e.kind === "name") note(uses, e.id, e, 0);
        if (e.kind === "walrus") note(uses, e.target.id, e, 1);
      });
    }
    for (const block of blocksOf(next)) waiting.push(...block);
  }
  return uses;
}

/**
 * The rewrite for `name = open(...)` in `body` (searched with all its blocks). Everything after the opening moves inside, up to a closing that stands
 * in the same block: what is made from a resource often needs it later than its last mention.
 */
export function withFixFor(
  body: readonly Statement[],
  uses: NameUses,
  open: Expression,
  names: readonly string[],
  { what, closedBy }: Opening,
  needsOpen: (call: Call) => boolean,
): WithFix | null {
  const place = placeOf(body, open);
  const [name] = names;
  if (place === null || name === undefined || names.length > 1) return null;
  const { block, index } = place;
  const statement = block[index]!;
  if (!assigns(statement, name, open)) return null;
  const following = block.slice(index + 1);
  const end = following.findIndex((each) => closes(each, name, closedBy));
  const moved = end < 0 ? following : following.slice(0, end);
  const first = moved[0];
  if (first === undefined) return null;
  const allowed: Span = { start: statement.start, end: following[Math.max(end, moved.length - 1)]!.end };
  const written = uses.get(name);
  if (written?.bindings !== 1 || !isWithin(written, allowed)) return null;
  if (leavesOpenWork(moved, name, what, needsOpen)) return null;
  return {
    statement: spanOf(statement),
    name,
    opener: spanOf(open),
    body: moved.map(spanOf),
    texts: textsIn(moved),
    redundant: redundantIn([following.slice(0, end < 0 ? following.length : end + 1)], name, closedBy),
  };
}

function note(
  uses: Map<string, { start: number; end: number; bindings: number }>,
  name: string,
  { start, end }: Span,
  bindings: number,
): void {
  const known = uses.get(name);
  if (!known) {
    uses.set(name, { start, end, bindings });
    return;
  }
  known.start = Math.min(known.start, start);
  known.end = Math.max(known.end, end);
  known.bindings += bindings;
}

/**
 * Whether something leaves the statements that needs the resource to be open: `return connection.cursor()`, a name for one that is returned, a part
 * of a database client. Closed on the way out, it would be of no use.
 */
function leavesOpenWork(
  body: readonly Statement[],
  name: string,
  what: string,
  needsOpen: (call: Call) => boolean,
): boolean {
  const tied = new Set([name]);
  const isTied = (e: Expression): boolean => {
    switch (e.kind) {
      case "name":
        return tied.has(e.id);
      case "await":
      case "starred":
      case "walrus":
        return isTied(e.value);
      case "call":
        if (e.callee.kind !== "attribute" || !tied.has(rootOf(e.callee) ?? "")) return false;
        return needsOpen(e) || e.keywords.some(({ name, value }) => name === "stream" && !isFalse(value));
      case "attribute":
      case "subscript":
        return what === "database client" && e.value.kind === "name" && tied.has(e.value.id);
      case "conditional":
        return isTied(e.then) || isTied(e.otherwise);
      case "boolean":
        return isTied(e.left) || isTied(e.right);
      case "collection":
        return e.items.some(isTied);
      case "dict":
        return e.entries.some(({ value }) => isTied(value));
      case "comprehension":
        return e.form === "generator" && e.clauses.some(({ iterable }) => isTied(iterable));
      default:
        return false;
    }
  };
  let leaves = false;
  eachWithin(body, false, (s) => {
    const targets = s.kind === "assign" ? s.targets : s.kind === "annotated-assign" ? [s.target] : [];
    const value = s.kind === "assign" || s.kind === "annotated-assign" || s.kind === "return" ? s.value : null;
    if (value === null || !isTied(value)) return;
    if (s.kind === "return") leaves = true;
    for (const target of targets) {
      if (target.kind === "name") tied.add(target.id);
      else if (target.kind === "attribute" || target.kind === "subscript") leaves = true;
    }
  });
  return leaves;
}

function isFalse(e: Expression): boolean {
  return e.kind === "literal" && (e.text === "False" || e.text === "None");
}

/** Whether what a function gives is said to be taken bit by bit. */
export function givesLazily({ returns }: Pick<FunctionDef, "returns">): boolean {
  let found = false;
  if (returns) {
    walkExpressions(returns, (e) => {
      const name = e.kind === "name" ? e.id : e.kind === "attribute" ? e.name : e.kind === "string" ? e.value : "";
      if (/Stream|Iterator|Iterable|Generator|Cursor/.test(name)) found = true;
    });
  }
  return found;
}

function rootOf(e: Expression): string | null {
  let at = e;
  while (at.kind === "attribute" || at.kind === "call" || at.kind === "subscript") {
    at = at.kind === "call" ? at.callee : at.value;
  }
  return at.kind === "name" ? at.id : null;
}

/** The strings in statements, nested functions included. */
function textsIn(body: readonly Statement[]): readonly Span[] {
  const found: Span[] = [];
  eachWithin(body, true, (s) => {
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "string" || e.kind === "fstring") found.push(spanOf(e));
      });
    }
  });
  return found;
}

function eachWithin(body: readonly Statement[], nested: boolean, visit: (s: Statement) => void): void {
  for (const s of body) {
    visit(s);
    for (const block of blocksOf(s)) eachWithin(block, nested, visit);
    if (nested && (s.kind === "function" || s.kind === "class")) eachWithin(s.body, nested, visit);
  }
}

interface Place {
  readonly block: readonly Statement[];
  readonly index: number;
}

/** The block and the statement in it that hold an expression most closely. */
function placeOf(body: readonly Statement[], e: Expression): Place | null {
  const index = indexAround(body, e);
  if (index < 0) return null;
  for (const block of blocksOf(body[index]!)) {
    const inner = placeOf(block, e);
    if (inner) return inner;
  }
  return { block: body, index };
}

/** The statement of a block that an expression stands in, by binary search; -1 for none. */
function indexAround(block: readonly Statement[], e: Span): number {
  let low = 0;
  let high = block.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (block[middle]!.start <= e.start) low = middle;
    else high = middle - 1;
  }
  const found = block[low];
  return found !== undefined && isWithin(e, found) ? low : -1;
}

function assigns(statement: Statement, name: string, open: Expression): boolean {
  if (statement.kind !== "assign" && statement.kind !== "annotated-assign") return false;
  const targets = statement.kind === "assign" ? statement.targets : [statement.target];
  const [target] = targets;
  return targets.length === 1 && target?.kind === "name" && target.id === name && statement.value === open;
}

/** `name.close()`, awaited or not. */
function closes(statement: Statement, name: string, closedBy: readonly string[]): boolean {
  if (statement.kind !== "expression") return false;
  const call = statement.value.kind === "await" ? statement.value.value : statement.value;
  if (call.kind !== "call" || call.callee.kind !== "attribute") return false;
  const { value, name: method } = call.callee;
  return value.kind === "name" && value.id === name && closedBy.includes(method);
}

function redundantIn(
  blocks: readonly (readonly Statement[])[],
  name: string,
  closedBy: readonly string[],
): readonly Span[] {
  return blocks.flatMap((block) => {
    // A block of nothing else would be left empty; closing twice does no harm.
    const removable = block.some((statement) => !closes(statement, name, closedBy));
    return block.flatMap((statement) => {
      if (!closes(statement, name, closedBy)) return redundantIn(blocksOf(statement), name, closedBy);
      return removable ? [spanOf(statement)] : [];
    });
  });
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
