/**
 * Containers that are made empty and filled by other functions: `self._clients = {}` here, `self._clients[name] = connect(name)` there.
 *
 * What they hold is known only to those who fill them, so an outline lists them beside those who assign. Only statements of the plainest form count.
 */
import type { Expression, Statement } from "../syntax/tree.ts";
import { blocksOf } from "../syntax/walk.ts";

/** Whether it makes a container with nothing in it: `{}`, `[]`, `dict()`, `defaultdict(list)`. */
export function isEmptyContainer(e: Expression | null): boolean {
  if (e?.kind === "dict") return e.entries.length === 0;
  if (e?.kind === "collection") return e.items.length === 0 && e.form === "list";
  if (e?.kind !== "call") return false;
  const name = e.callee.kind === "name" ? e.callee.id : e.callee.kind === "attribute" ? e.callee.name : "";
  if (name === "defaultdict" || name === "deque") return true;
  return EMPTY.has(name) && e.args.length + e.keywords.length === 0;
}

/** What a statement puts something into; null where it does not. */
export function filledBy(s: Statement): Expression | null {
  if (s.kind === "assign") {
    for (const target of s.targets) if (target.kind === "subscript") return target.value;
    return null;
  }
  if (s.kind !== "expression" || s.value.kind !== "call" || s.value.callee.kind !== "attribute") return null;
  return FILLING.has(s.value.callee.name) ? s.value.callee.value : null;
}

/** Calls `visit` for everything that statements of `body` put something into, nested functions and classes excepted. */
export function visitFilled(body: readonly Statement[], visit: (container: Expression) => void): void {
  for (const s of body) {
    const container = filledBy(s);
    if (container) visit(container);
    for (const block of blocksOf(s)) visitFilled(block, visit);
  }
}

const EMPTY: ReadonlySet<string> = new Set(["dict", "list", "set", "OrderedDict", "WeakValueDictionary"]);
const FILLING: ReadonlySet<string> = new Set(["append", "appendleft", "add", "insert", "extend", "setdefault"]);
