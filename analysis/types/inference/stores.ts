/** What a function tests and what it stores, as its text has it: which conditions mention a path, which values that were given a name are stored under it later. */
import { blocksOf, expressionsOf, walkExpressions } from "../../syntax/index.ts";
import type { Call, Expression, FunctionDef, Statement } from "../../syntax/tree.ts";
import { pathOf } from "./state.ts";

type Assign = Statement & { readonly kind: "assign" };

const keeping = new WeakMap<readonly Statement[], boolean>();

/** Whether anything but a local name is assigned in a function. */
export function storesAnything(def: FunctionDef): boolean {
  let found = keeping.get(def.body);
  if (found === undefined) {
    found = storesIn(def.body);
    keeping.set(def.body, found);
  }
  return found;
}

function storesIn(body: readonly Statement[]): boolean {
  return body.some((s) => {
    if (s.kind === "global") return true;
    if (s.kind === "assign") return s.targets.some((t) => t.kind === "attribute" || t.kind === "subscript");
    return blocksOf(s).some(storesIn);
  });
}

const stores = new WeakMap<readonly Statement[], ReadonlyMap<Statement, readonly Expression[]>>();

/** Where the value of an assignment to a name is stored by statements that run whenever they are reached from it: `data = load(); cache[key] = data`. */
export function storesOf(def: FunctionDef, s: Assign): readonly Expression[] {
  let found = stores.get(def.body);
  if (!found) {
    found = collectStores(def.body);
    stores.set(def.body, found);
  }
  return found.get(s) ?? [];
}

/** An assignment to a name and those that its value was made of. */
interface Named {
  readonly s: Assign;
  readonly sources: readonly Named[];
}

function collectStores(body: readonly Statement[]): ReadonlyMap<Statement, readonly Expression[]> {
  const found = new Map<Statement, Expression[]>();
  const note = (named: Named, targets: readonly Expression[]): void => {
    const known = found.get(named.s) ?? [];
    if (known.includes(targets[0]!)) return;
    found.set(named.s, [...known, ...targets]);
    for (const source of named.sources) note(source, targets);
  };
  /** `open`: what each name was given in this block and those that always run within it. */
  const visit = (block: readonly Statement[], open: Map<string, Named[]>): void => {
    for (const s of block) {
      if (s.kind === "assign") {
        const sources = namesIn(s.value).flatMap((name) => open.get(name) ?? []);
        for (const source of sources) note(source, s.targets);
        for (const t of s.targets) if (t.kind === "name") open.set(t.id, [...(open.get(t.id) ?? []), { s, sources }]);
        continue;
      }
      const always = s.kind === "with" ? [s.body] : s.kind === "try" ? [s.body, s.orelse, s.finalbody] : [];
      for (const block of blocksOf(s)) {
        const inner = always.includes(block) ? open : new Map<string, Named[]>();
        visit(block, inner);
        if (inner !== open) for (const [name, named] of inner) open.set(name, [...(open.get(name) ?? []), ...named]);
      }
    }
  };
  visit(body, new Map());
  return found;
}

function namesIn(e: Expression): readonly string[] {
  const names = new Set<string>();
  walkExpressions(e, (inner) => {
    if (inner.kind === "name") names.add(inner.id);
  });
  return [...names];
}

const tested = new WeakMap<readonly Statement[], ReadonlyMap<string, number>>();

/** Names and attribute paths that conditions in the function mention, each with the offset of the first that does. */
export function testedPaths(def: FunctionDef): ReadonlyMap<string, number> {
  const known = tested.get(def.body);
  if (known) return known;
  const found = new Map<string, number>();
  /** What was read out of containers under a name: to test the name is to ask the container. */
  const aliases = new Map<string, string[]>();
  const add = (path: string, at: number): void => {
    if (!found.has(path)) found.set(path, at);
    for (const container of aliases.get(path) ?? []) if (!found.has(container)) found.set(container, at);
  };
  const mention = (condition: Expression): void =>
    walkExpressions(condition, (e) => {
      const path = pathOf(e);
      if (path !== null) add(path, e.start);
      const held = e.kind === "call" ? mentionsSelf(e) : null;
      if (held) add(pathOf(held)!, e.start);
    });
  const visit = (body: readonly Statement[]): void => {
    for (const s of body) {
      if (s.kind === "if" || s.kind === "while") mention(s.test);
      // `try: return cache[key] except KeyError:` asks as well.
      if (s.kind === "try") for (const inner of s.body) for (const e of expressionsOf(inner)) mention(e);
      for (const e of expressionsOf(s))
        walkExpressions(e, (inner) => {
          if (inner.kind === "conditional") mention(inner.test);
          if (inner.kind === "boolean") mention(inner.left);
        });
      const container = s.kind === "assign" ? lookedUpIn(s.value) : null;
      if (s.kind === "assign" && container !== null)
        for (const t of s.targets) if (t.kind === "name") aliases.set(t.id, [...(aliases.get(t.id) ?? []), container]);
      for (const block of blocksOf(s)) visit(block);
    }
  };
  visit(def.body);
  tested.set(def.body, found);
  return found;
}

/** The container of `cache.get(key)`, `cache[key]`; the attribute of `getattr(self, "x", None)`. Null for anything else. */
function lookedUpIn(e: Expression): string | null {
  if (e.kind === "subscript") return pathOf(e.value);
  if (e.kind !== "call") return null;
  if (e.callee.kind === "attribute" && e.callee.name === "get") return pathOf(e.callee.value);
  const held = mentionsSelf(e);
  return held && pathOf(held);
}

/** The attribute that `hasattr(self, "x")` and `getattr(self, "x", None)` ask for. */
export function mentionsSelf({ callee, args }: Call): Expression | null {
  const [owner, name] = args;
  if (callee.kind !== "name" || !/^(has|get)attr$/.test(callee.id) || name?.kind !== "string" || !owner) return null;
  if (pathOf(owner) === null) return null;
  return {
    kind: "attribute",
    value: owner,
    name: name.value,
    nameStart: name.start,
    start: owner.start,
    end: owner.end,
  };
}
