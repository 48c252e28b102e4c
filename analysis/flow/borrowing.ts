/**
 * Names that a nested function only uses while it runs, so that what they hold does not live on in it.
 *
 * The function must be called by its name and do nothing else there can be kept: never handed over, returned or stored; a coroutine awaited and a
 * generator gone through on the spot. And all it does with the name is to call its methods, none of which sounds like closing.
 */
import { blocksOf, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Expression, FunctionDef, Statement } from "../syntax/tree.ts";

/** Of the names that the functions nested in `body` take from around them: per function that is only called, those it does more with than to use. */
export function keptByCalled(
  body: readonly Statement[],
  nested: readonly FunctionDef[],
): ReadonlyMap<FunctionDef, ReadonlySet<string>> {
  const kept = new Map<FunctionDef, ReadonlySet<string>>();
  if (nested.length === 0) return kept;
  const mentions = new Mentions();
  mentions.read(body);
  for (const def of nested) {
    if (nested.some((other) => other !== def && other.name === def.name)) continue;
    const own = mentions.of.get(def.name) ?? [];
    const isOnlyCalled = own.every((mention) => fits(def, mention));
    if (isOnlyCalled && (own.length > 0 || def.decorators.length === 0)) kept.set(def, namesKept(def));
  }
  return kept;
}

/** How a name is mentioned: called, and what becomes of the call's value at once. */
type MentionKind = "called" | "awaited" | "iterated" | "other";

function fits(def: FunctionDef, mention: MentionKind): boolean {
  if (def.isGenerator) return mention === "iterated";
  if (def.isAsync) return mention === "awaited";
  return mention !== "other";
}

class Mentions {
  readonly of = new Map<string, MentionKind[]>();
  private readonly kinds = new Map<Expression, MentionKind>();

  read(body: readonly Statement[]): void {
    for (const s of body) {
      if (s.kind === "for") this.kinds.set(s.iterable, "iterated");
      for (const root of expressionsOf(s)) this.expression(root);
      if (s.kind === "function" || s.kind === "class") this.read(s.body);
      for (const block of blocksOf(s)) this.read(block);
    }
  }

  private expression(root: Expression): void {
    walkExpressions(root, (e) => {
      if (e.kind === "comprehension" && e.form !== "generator") {
        for (const { iterable } of e.clauses) this.kinds.set(iterable, "iterated");
      }
      if (e.kind === "await") this.kinds.set(e.value, "awaited");
      if (e.kind === "call") this.kinds.set(e.callee, this.kinds.get(e) ?? "called");
      if (e.kind === "lambda") this.read(e.def.body);
      if (e.kind !== "name") return;
      const known = this.of.get(e.id);
      const kind = this.kinds.get(e) ?? "other";
      if (known) known.push(kind);
      else this.of.set(e.id, [kind]);
    });
  }
}

/** Names that a function does more with than to call their methods and read their attributes. */
function namesKept(def: FunctionDef): ReadonlySet<string> {
  const kept = new Set<string>();
  const receivers = new Set<Expression>();
  const read = (body: readonly Statement[], deeper: boolean): void => {
    for (const s of body) {
      if (s.kind === "nonlocal" || s.kind === "global") for (const name of s.names) kept.add(name);
      for (const root of expressionsOf(s)) {
        walkExpressions(root, (e) => {
          if (e.kind === "call" && e.callee.kind === "attribute" && !CLOSING_NAME.test(e.callee.name))
            receivers.add(e.callee.value);
          if (e.kind === "name" && (deeper || !receivers.has(e))) kept.add(e.id);
          if (e.kind === "lambda") read(e.def.body, true);
        });
      }
      if (s.kind === "function" || s.kind === "class") read(s.body, true);
      for (const block of blocksOf(s)) read(block, deeper);
    }
  };
  read(def.body, false);
  return kept;
}

/** Methods that a value's owner would hand over to have it closed. */
export const CLOSING_NAME = /(close|exit|stop|dispose|release|disconnect|shutdown|terminate|quit)(?!d|ped)/;
