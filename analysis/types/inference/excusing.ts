/** Takes back reads of unchecked data that come to nothing: they are only logged, a parser refuses what it cannot read, who sent them has signed them. */

import { functionEntity } from "../../names/program.ts";
import type { Call, Comprehension, Expression, For } from "../../syntax/tree.ts";
import { walkExpressions } from "../../syntax/walk.ts";
import type { Target } from "../record.ts";
import { alternatives, type Type, UNKNOWN } from "../type.ts";
import type { Argument } from "./arguments.ts";
import { isShaped } from "./asked-names.ts";
import { type Body, bodyAt, bodyIn } from "./bodies.ts";
import { clear } from "./request-parameters.ts";
import type { Inference } from "./state.ts";
import { expectsRefusal, mayRefuse, recordsOnly, takesBodyOnly } from "./vouching.ts";

/** Going through items that are only logged. */
export function excuseItems(inf: Inference, { iterable, body }: For): void {
  if (!recordsOnly(body)) return;
  const { start, end } = iterable;
  for (const { uses } of inf.frame.bodies) {
    const index = uses.findIndex((u) => u.start === start && u.end === end && u.key === null);
    if (index >= 0) uses.splice(index, 1);
  }
}

/** Whoever sent the request has signed it. */
export function vouch(inf: Inference): void {
  inf.frame.vouched = true;
  for (const body of inf.frame.bodies) Object.assign(body, { checked: true, vetted: true });
}

/** Whether a call takes something apart that it may refuse, where that is expected, by its name or because it is the project's own. */
export function isRefusal({ frame, program }: Inference, e: Call, targets: readonly Target[]): boolean {
  if (frame.tries === 0 || frame.def === null) return false;
  if (mayRefuse(e)) return true;
  const own = targets.some((t) => t.id !== null && functionEntity(program, t.id)?.origin.isStub === false);
  return own && expectsRefusal(frame.def.body, e);
}

/** Whether the function being read handles requests with a body, and no others. */
export function takesOnlyBodies({ frame }: Inference): boolean {
  const { entity } = frame;
  return entity !== null && takesBodyOnly(entity.decorators, entity.name, entity.owner !== null);
}

/** `{key: value for key, value in data.items()}`: the same data in another shape; null for what is anything else. */
export function reshaped(inf: Inference, e: Comprehension, key: Type): Type | null {
  const [clause] = e.clauses;
  if (e.form !== "dict" || e.clauses.length > 1 || clause?.iterable.kind !== "call") return null;
  const part = bodyIn(key);
  const [, value] = clause.target.kind === "collection" ? clause.target.items : [];
  if (!part || e.value?.kind !== "name" || value?.kind !== "name" || value.id !== e.value.id) return null;
  const { iterable } = clause;
  const { uses } = bodyAt(inf, part);
  const index = uses.findIndex((u) => u.start === iterable.start && u.end === iterable.end && u.key === null);
  if (index < 0) return null;
  uses.splice(index, 1);
  const { from: _, deep: __, ...others } = part;
  return { ...others, whole: true };
}

/** Takes back the read of a part that a parser took which may refuse it, where that is expected. */
export function refused(inf: Inference, part: Body, node: Expression | null): boolean {
  if (part.deep || !node) return false;
  const { uses } = bodyAt(inf, part);
  const index = uses.findIndex((u) => u.start === part.from);
  if (index >= 0) uses.splice(index, 1);
  return true;
}

/** Whether it is text, read out of a form. */
export function isText(inf: Inference, e: Expression): boolean {
  if (isShaped(e)) return isText(inf, e.callee.value);
  return inf.bodies.some(
    ({ kind, uses }) => kind === "form" && uses.some((u) => u.start === e.start && u.end === e.end),
  );
}

/** `str(data.get("on")).lower()`: the part that becomes text, whatever it is; null for anything else. */
export function textOfPart(e: Expression): Expression | null {
  if (e.kind !== "call") return null;
  const { callee, args } = e;
  if (callee.kind === "name") return callee.id === "str" && args.length === 1 ? args[0]! : null;
  const reshapes = callee.kind === "attribute" && /^([lr]?strip|lower|upper|casefold)$/.test(callee.name);
  return reshapes && callee.value.kind === "call" ? textOfPart(callee.value) : null;
}

/** Parts of unchecked data among what is given to somebody who checks it: their reads are no uses. */
export function excuseParts(inf: Inference, { node, type }: Argument, deep: boolean): void {
  const parts = alternatives(type).flatMap((t) => {
    if (t.kind === "instance") return t.args.flatMap(alternatives);
    return t.kind === "tuple" ? t.items.flatMap(alternatives) : [t];
  });
  // Of what is wrapped once more its names tell: `Form(MultiDict({"mail": mail}))`.
  if (deep && node && node.kind !== "name")
    walkExpressions(node, (e) => {
      if (e.kind === "name") parts.push(...alternatives(inf.frame.env.get(e.id) ?? UNKNOWN));
    });
  for (const t of parts) if (t.kind === "body" && t.parameter && !t.whole) clear(inf, t);
  const reads = new Set(parts.flatMap((t) => (t.kind === "body" && !t.whole && (deep || !t.deep) ? [t.from] : [])));
  for (const { uses } of inf.frame.bodies) {
    const left = uses.filter(
      (u) => !reads.has(u.start) && !(node && node.start <= u.start && u.end <= node.end && u.key !== null),
    );
    if (left.length < uses.length) uses.splice(0, uses.length, ...left);
  }
}
