/** What a condition that held, or did not, says about the types of names. */
import type { Call, Expression } from "../../syntax/tree.ts";
import { isSubclass } from "../classes.ts";
import { alternatives, instance, NONE, type Type, UNKNOWN, union, withoutNone } from "../type.ts";
import { learnFromCall, learnFromName, truthOf } from "./asking.ts";
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
      if (condition.kind === "name") learnFromName(inf, condition.id, holds);
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
    const kept = alternatives(type).filter(inside);
    return kept.length > 0 ? union(kept) : union(wanted.map((w) => instance(w.cls, w.args)));
  });
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
  if (call.callee.kind !== "name" || call.callee.id !== "isinstance" || call.args.length !== 2) return;
  narrowToClasses(inf, call.args[0]!, [call.args[1]!], holds);
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
