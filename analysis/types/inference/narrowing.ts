/** What a condition that held, or did not, says about the types of names. */

import { functionEntity } from "../../names/program.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import { annotationType, dottedNameOf, referenceMeanings } from "../annotations.ts";
import { isSubclass } from "../classes.ts";
import { isAsGiven } from "../conditions.ts";
import { alternatives, instance, NONE, type Type, UNKNOWN, union, withoutNone } from "../type.ts";
import { literalText } from "./arguments.ts";
import { learnFromCall, learnFromName, truthOf } from "./asking.ts";
import { learnFromFlag, learnFromMode } from "./debugging.ts";
import { evaluate } from "./expressions.ts";
import { type Inference, pathOf } from "./state.ts";

/** Refines the environment by `condition` having been true (`holds`) or false. */
export function narrow(inf: Inference, condition: Expression, holds: boolean): void {
  switch (condition.kind) {
    case "unary":
      if (condition.operator === "not") narrow(inf, condition.value, !holds);
      return;
    case "boolean":
      // What both sides of a failed `and`, or a `or` that held, say together is not worked out.
      if ((condition.operator === "and") !== holds) return;
      narrow(inf, condition.left, holds);
      narrow(inf, condition.right, holds);
      return;
    case "walrus":
      narrow(inf, condition.target, holds);
      return;
    case "name":
    case "attribute":
      if (condition.kind === "name") {
        learnFromName(inf, condition.id, holds);
        noteTest(inf, condition, null, holds);
      }
      if (holds) learnFromFlag(inf, condition);
      if (holds) refine(inf, condition, withoutNone);
      return;
    case "comparison":
      narrowComparison(inf, condition.operands, condition.operators, holds);
      return;
    case "call":
      narrowCall(inf, condition, holds);
      return;
  }
}

/** Refines `subject` to instances of `classes` as `isinstance` does. */
export function narrowToClasses(
  inf: Inference,
  subject: Expression,
  classes: readonly Expression[],
  holds: boolean,
): void {
  const wanted = classes.flatMap((c) => {
    const type = inf.quietly(() => evaluate(inf, c));
    const items = type.kind === "tuple" ? type.items : [type];
    return items.flatMap((t) => alternatives(t)).flatMap((t) => (t.kind === "class" ? [t] : []));
  });
  if (wanted.length === 0) return;
  refine(inf, subject, (type) => {
    const inside = (t: Type): boolean =>
      t.kind === "instance" && wanted.some((w) => isSubclass(inf.program, t.cls, w.cls));
    if (!holds) {
      if (type.kind !== "union") return type;
      return union(type.members.filter((t) => !inside(t)));
    }
    // That data of a request is a dict says nothing of what is in it.
    const shaped = wanted.every((w) => /^lib:builtins#(dict|list)$/.test(w.cls));
    const kept = alternatives(type).filter((t) => inside(t) || (shaped && t.kind === "body" && t.whole));
    return kept.length > 0 ? union(kept) : union(wanted.map((w) => instance(w.cls, w.args)));
  });
}

/** Notes that the value a parameter was given is what it is here for: truth, or being a constant. */
function noteTest(inf: Inference, name: Expression, equals: string | null, holds: boolean): void {
  const { def, env } = inf.frame;
  if (def && name.kind === "name" && isAsGiven(def, name)) env.learnTest({ parameter: name.id, equals, holds });
}

function narrowComparison(
  inf: Inference,
  operands: readonly Expression[],
  operators: readonly string[],
  holds: boolean,
): void {
  const [left, right] = operands;
  const [operator] = operators;
  // Keys that are looked up among those that are allowed are no longer the client's choice.
  if (operators.length === 1 && (holds ? operator === "in" : operator === "not in")) {
    refine(inf, left!, (type) => (isPart(type) ? UNKNOWN : type));
    return;
  }
  const truth = operators.length === 1 ? truthOf(operator!, right) : null;
  if (truth !== null && left!.kind === "call") learnFromCall(inf, left!, truth === holds);
  if (truth !== null && left!.kind === "name") learnFromName(inf, left!.id, truth === holds);
  const constant = operators.length === 1 && right ? literalText(right) : null;
  const equal = /^(==|is)$/.test(operator!);
  if (operator === "==" && holds) learnFromMode(inf, right);
  if (constant !== null && (equal || /^(!=|is not)$/.test(operator!))) noteTest(inf, left!, constant, equal === holds);
  const subjectOfType =
    left?.kind === "call" && left.callee.kind === "name" && left.callee.id === "type" ? left.args[0] : null;
  if (subjectOfType && right && operators.length === 1 && (operator === "is" || operator === "==") && holds) {
    narrowToClasses(inf, subjectOfType, [right], true);
    return;
  }
  if (operators.length !== 1 || right?.kind !== "literal" || right.text !== "None") return;
  const subject = left!.kind === "walrus" ? left.target : left!;
  const isNone = (operator === "is" || operator === "==") === holds;
  if (!["is", "is not", "==", "!="].includes(operator!)) return;
  refine(inf, subject, isNone ? () => NONE : withoutNone);
}

function isPart(type: Type): boolean {
  return alternatives(type).some((t) => (t.kind === "body" && !t.whole) || t.kind === "part");
}

function narrowCall(inf: Inference, call: Call, holds: boolean): void {
  learnFromCall(inf, call, holds);
  if (holds) learnFromFlag(inf, call);
  const [subject, classes] = call.args;
  if (!subject) return;
  if (call.callee.kind === "name" && call.callee.id === "isinstance") {
    if (classes && call.args.length === 2) narrowToClasses(inf, subject, [classes], holds);
    return;
  }
  const guarded = holds ? guardedType(inf, call.callee) : null;
  if (guarded) refine(inf, subject, () => guarded);
}

/** What a function declared `-> TypeGuard[T]` says of its argument by being true; null for all others. */
function guardedType(inf: Inference, callee: Expression): Type | null {
  if (callee.kind !== "name" && callee.kind !== "attribute") return null;
  const type = inf.quietly(() => evaluate(inf, callee));
  const entity = type.kind === "function" ? functionEntity(inf.program, type.fn) : undefined;
  if (entity?.returns?.kind !== "subscript") return null;
  const scope = { key: entity.origin.key, owner: entity.owner };
  const isGuard = referenceMeanings(inf.program, entity.returns.value, scope).some((m) =>
    /^(typing|typing_extensions)\.Type(Guard|Is)$/.test(dottedNameOf(inf.program, m) ?? ""),
  );
  return isGuard ? annotationType(inf.program, entity.returns.index, scope) : null;
}

function refine(inf: Inference, subject: Expression, change: (type: Type) => Type): void {
  const path = pathOf(subject);
  if (path === null) return;
  const type = inf.quietly(() => evaluate(inf, subject));
  const refined = change(type);
  if (refined === type) return;
  if (subject.kind !== "name") inf.frame.paths.add(path);
  inf.frame.env.set(path, refined);
}
