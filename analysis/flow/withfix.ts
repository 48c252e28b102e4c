/**
 * Finds out whether a `with` around the statements after an opening would do, and what it takes.
 */
import type { Span } from "../base/span.ts";
import { walkExpressions } from "../syntax/index.ts";
import type { Expression, Statement } from "../syntax/tree.ts";
import type { Opening, WithFix } from "./ownership.ts";
import { blocksOf, expressionsOf, namesBoundIn } from "./scope.ts";

/**
 * The rewrite for `name = open(...)` in `body` (searched with all its blocks). Everything after the opening moves inside, up to a closing that stands
 * in the same block: what is made from a resource often needs it later than its last mention.
 */
export function withFixFor(
  body: readonly Statement[],
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
  const { mentions, bindings } = readUses(body, name);
  if (bindings !== 1 || mentions.some((mention) => !within(mention, allowed))) return null;
  return {
    statement: spanOf(statement),
    name,
    opener: spanOf(open),
    body: moved.map(spanOf),
    redundant: redundantIn([following.slice(0, end < 0 ? following.length : end + 1)], name, closedBy),
  };
}

interface Place {
  readonly block: readonly Statement[];
  readonly index: number;
}

/** The block and the statement in it that hold an expression most closely. */
function placeOf(body: readonly Statement[], e: Expression): Place | null {
  const index = body.findIndex((statement) => within(e, statement));
  if (index < 0) return null;
  for (const block of blocksOf(body[index]!)) {
    const inner = placeOf(block, e);
    if (inner) return inner;
  }
  return { block: body, index };
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
  return blocks.flatMap((block) =>
    block.flatMap((statement) => {
      // Alone in its block it must stay; closing twice does no harm.
      if (closes(statement, name, closedBy)) return block.length > 1 ? [spanOf(statement)] : [];
      return redundantIn(blocksOf(statement), name, closedBy);
    }),
  );
}

/** Where a name is written in the code, and how often it is bound. */
function readUses(
  body: readonly Statement[],
  name: string,
): { readonly mentions: readonly Span[]; readonly bindings: number } {
  const mentions: Span[] = [];
  let bindings = 0;
  const waiting: Statement[] = [...body];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    bindings += namesBoundIn(next).filter((bound) => bound === name).length;
    for (const root of expressionsOf(next)) {
      walkExpressions(root, (e) => {
        if (e.kind === "name" && e.id === name) mentions.push(e);
        if (e.kind === "walrus" && e.target.id === name) bindings++;
      });
    }
    for (const block of blocksOf(next)) waiting.push(...block);
  }
  return { mentions, bindings };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

function within(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
