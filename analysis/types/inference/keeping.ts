/**
 * Values that are made on first use and kept: `if _client is None: _client = connect()`.
 *
 * Kept for the life of the process is what is assigned to a name declared `global`, an attribute of a class, of a module or of anything else that is no local
 * value, or an entry of a container, in a function that also tests that name, attribute or container; and whatever stands beside it in the `if` that found a
 * global unset. What is first given a name and stored under it further down counts as well, if the test stood above.
 *
 * An attribute of `self`, and an entry of a container that is one, lives as long as the object. Where the module makes an object of the class itself that is the process, else it may be one request,
 * and what is done once for each object is a matter of doubt.
 */

import { keyOfId } from "../../names/program.ts";
import type { Expression, If, Statement } from "../../syntax/tree.ts";
import type { Type } from "../type.ts";
import { evaluate } from "./expressions.ts";
import { type Inference, pathOf } from "./state.ts";
import { mentionsSelf, storesAnything, storesOf, testedPaths } from "./stores.ts";

/** How long a value is kept that is made once. */
export type Kept = "process" | "object" | null;

/** How long the value of an assignment is kept, and so what was done for it. */
export function isKept(inf: Inference, s: Statement & { kind: "assign" }): Kept {
  const { def } = inf.frame;
  if (def === null || !storesAnything(def)) return null;
  const tested = testedPaths(def);
  const direct = s.targets.map((t) => (tested.has(keptPath(t) ?? "") ? lifeOf(inf, t) : null));
  const later = storesOf(def, s).map((t) =>
    (tested.get(keptPath(t) ?? "") ?? s.start) < s.start ? lifeOf(inf, t) : null,
  );
  return longest([...direct, ...later]);
}

/** Whether the body of an `if` sets what its test found unset, so that it runs once: `if not _ready: prepare(); _ready = True`. */
export function runsOnce(inf: Inference, s: If): Kept {
  const asked = unset(s.test);
  return longest(asked.filter((e) => s.body.some((inner) => sets(inner, pathOf(e)!))).map((e) => lifeOf(inf, e)));
}

/** Reads what is done for a value that is kept so long. */
export function whileKept<T>({ frame }: Inference, kept: Kept, read: () => T): T {
  const counter = kept === "process" ? "keeping" : kept === "object" ? "perhaps" : null;
  if (counter === null) return read();
  frame[counter]++;
  const result = read();
  frame[counter]--;
  return result;
}

function longest(lives: readonly Kept[]): Kept {
  if (lives.includes("process")) return "process";
  return lives.includes("object") ? "object" : null;
}

/** Names and attributes that a condition finds unset. */
function unset(test: Expression): readonly Expression[] {
  if (test.kind === "boolean" && test.operator === "and") return [...unset(test.left), ...unset(test.right)];
  if (test.kind === "unary" && test.operator === "not") {
    const held = test.value.kind === "call" ? mentionsSelf(test.value) : test.value;
    return held && pathOf(held) !== null ? [held] : [];
  }
  if (test.kind !== "comparison" || test.operators[0] !== "is") return [];
  const [left, right] = test.operands;
  return left && pathOf(left) !== null && right?.kind === "literal" && right.text === "None" ? [left] : [];
}

function sets(s: Statement, path: string): boolean {
  if (s.kind === "assign") return s.targets.some((t) => pathOf(t) === path);
  return (s.kind === "with" || s.kind === "try") && s.body.some((inner) => sets(inner, path));
}

function lifeOf(inf: Inference, target: Expression): Kept {
  switch (target.kind) {
    case "name":
      return inf.frame.globals.has(target.id) ? "process" : null;
    case "attribute":
      return lifeOfAttribute(inf, target.value);
    case "subscript":
      // A container lives as long as what it is an attribute of.
      if (target.value.kind === "attribute") return lifeOfAttribute(inf, target.value.value);
      return target.value.kind === "name" && inf.frame.env.get(target.value.id) !== undefined ? null : "process";
    default:
      return null;
  }
}

/** How long what `owner` stands for lives. */
function lifeOfAttribute(inf: Inference, owner: Expression): Kept {
  const type = inf.quietly(() => evaluate(inf, owner));
  if (type.kind === "class" || type.kind === "module") return "process";
  let root = owner;
  while (root.kind === "attribute") root = root.value;
  if (root.kind !== "name") return null;
  const self = inf.frame.entity?.owner ? inf.frame.def?.parameters[0]?.name : undefined;
  if (root === owner && root.id === self && type.kind === "instance") return lifeOfObject(inf, type);
  for (let frame: Inference["frame"] | null = inf.frame; frame; frame = frame.parent)
    if (frame.ever.has(root.id)) return null;
  return "process";
}

/** How long an object lives: for the process where the module of its class makes one at its top level. */
export function lifeOfObject({ program }: Inference, object: Type | null): "process" | "object" {
  if (object?.kind !== "instance") return "object";
  const key = keyOfId(object.cls);
  const name = object.cls.slice(key.length + 1);
  const bindings = [...(program.outline(key)?.names.values() ?? [])].flat();
  const made = bindings.some(
    (b) =>
      b.kind === "variable" && b.value?.kind === "call" && b.value.callee.kind === "name" && b.value.callee.id === name,
  );
  return made ? "process" : "object";
}

function keptPath(target: Expression): string | null {
  return pathOf(target.kind === "subscript" ? target.value : target);
}
