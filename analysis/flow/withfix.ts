/**
 * Finds out whether a `with` around the statements after an opening would do, and what it takes.
 */
import type { Span } from "../base/span.ts";
import { blocksOf, walkExpressions } from "../syntax/index.ts";
import type { Expression, Statement } from "../syntax/tree.ts";
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
  { closedBy }: Opening,
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
  if (written?.bindings !== 1 || !isWithin(written, allowed) || streamsOut(moved, name)) return null;
  return {
    statement: spanOf(statement),
    name,
    opener: spanOf(open),
    body: moved.map(spanOf),
    redundant: redundantIn([following.slice(0, end < 0 ? following.length : end + 1)], name, closedBy),
  };
}

/** Whether a reply that is read bit by bit (`stream=True`) is given back: then whoever reads it still needs what it came from. */
function streamsOut(body: readonly Statement[], name: string): boolean {
  const replies = new Set<string>();
  let found = false;
  const visit = (block: readonly Statement[]): void => {
    for (const s of block) {
      const targets = s.kind === "assign" ? s.targets : s.kind === "annotated-assign" ? [s.target] : [];
      const value = s.kind === "assign" || s.kind === "annotated-assign" || s.kind === "return" ? s.value : null;
      if (value && isStreamed(value, name)) {
        for (const t of targets) if (t.kind === "name") replies.add(t.id);
        if (s.kind === "return") found = true;
      }
      if (s.kind === "return" && s.value?.kind === "name" && replies.has(s.value.id)) found = true;
      for (const inner of blocksOf(s)) visit(inner);
    }
  };
  visit(body);
  return found;
}

/** `await client.chat.completions.create(..., stream=True)` */
function isStreamed(e: Expression, name: string): boolean {
  const call = e.kind === "await" ? e.value : e;
  if (call.kind !== "call") return false;
  const streams = call.keywords.some(
    (k) => k.name === "stream" && k.value.kind === "literal" && k.value.text === "True",
  );
  let root: Expression = call;
  while (root.kind === "call" || root.kind === "attribute") root = root.kind === "call" ? root.callee : root.value;
  return streams && root.kind === "name" && root.id === name;
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
