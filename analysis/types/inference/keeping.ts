/**
 * Values that are made on first use and kept: `if _client is None: _client = connect()`.
 *
 * Taken for kept is what is assigned to a name declared `global`, an attribute of a class, or an entry of a container, in a function that also
 * tests that name, attribute or container; and whatever stands beside it in the `if` that found a global unset. Attributes of `self` live as long as the object, which may be one request, and do not count.
 */

import { blocksOf, expressionsOf, walkExpressions } from "../../syntax/index.ts";
import type { Expression, FunctionDef, If, Statement } from "../../syntax/tree.ts";
import { evaluate } from "./expressions.ts";
import { type Inference, pathOf } from "./state.ts";

/** Whether the value of an assignment to `targets` is kept for the life of the process. */
export function isKept(inf: Inference, targets: readonly Expression[]): boolean {
  const { def } = inf.frame;
  return def !== null && targets.some((t) => outlives(inf, t) && testedPaths(def).has(keptPath(t) ?? ""));
}

/** Whether the body of an `if` sets the global that its test found unset, so that it runs once: `if not _ready: prepare(); _ready = True`. */
export function runsOnce(inf: Inference, s: If): boolean {
  const asked = unsetNames(s.test).filter((name) => inf.frame.globals.has(name));
  return asked.length > 0 && s.body.some((inner) => sets(inner, asked));
}

function unsetNames(test: Expression): readonly string[] {
  if (test.kind === "boolean" && test.operator === "and") return [...unsetNames(test.left), ...unsetNames(test.right)];
  if (test.kind === "unary" && test.operator === "not" && test.value.kind === "name") return [test.value.id];
  if (test.kind !== "comparison" || test.operators[0] !== "is") return [];
  const [left, right] = test.operands;
  return left?.kind === "name" && right?.kind === "literal" && right.text === "None" ? [left.id] : [];
}

function sets(s: Statement, names: readonly string[]): boolean {
  if (s.kind === "assign") return s.targets.some((t) => t.kind === "name" && names.includes(t.id));
  return (s.kind === "with" || s.kind === "try") && s.body.some((inner) => sets(inner, names));
}

function outlives(inf: Inference, target: Expression): boolean {
  switch (target.kind) {
    case "name":
      return inf.frame.globals.has(target.id);
    case "attribute":
      return inf.quietly(() => evaluate(inf, target.value)).kind === "class";
    case "subscript":
      return !(target.value.kind === "name" && inf.frame.env.get(target.value.id) !== undefined);
    default:
      return false;
  }
}

function keptPath(target: Expression): string | null {
  return pathOf(target.kind === "subscript" ? target.value : target);
}

const tested = new WeakMap<readonly Statement[], ReadonlySet<string>>();

/** Names and attribute paths that conditions in the function mention. */
function testedPaths(def: FunctionDef): ReadonlySet<string> {
  const known = tested.get(def.body);
  if (known) return known;
  const found = new Set<string>();
  const mention = (condition: Expression): void =>
    walkExpressions(condition, (e) => {
      const path = pathOf(e);
      if (path !== null) found.add(path);
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
      for (const block of blocksOf(s)) visit(block);
    }
  };
  visit(def.body);
  tested.set(def.body, found);
  return found;
}
