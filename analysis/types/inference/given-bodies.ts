/**
 * Unchecked data of a request on its way between functions of the project: what a `return` gives to callers, and where it enters there.
 *
 * What was checked before it is returned is nobody's worry any more. A part that is returned as it came is reported where the function is called, like
 * the whole; where nobody can follow it there (a handler, a result that is declared to be something else) it is reported where it is read.
 */
import type { FunctionEntity, FunctionId } from "../../names/outline.ts";
import { functionEntity } from "../../names/program.ts";
import type { Expression } from "../../syntax/tree.ts";
import { classInfo, findMember } from "../classes.ts";
import { declaredReturn, shapeOf } from "../functions.ts";
import type { Query, Target } from "../record.ts";
import { registeredRequest } from "../registration.ts";
import { alternatives, instance, type Type, UNKNOWN, union } from "../type.ts";
import { type Body, bodyAt, noteUse, partAt, source } from "./bodies.ts";
import { type Inference, textOf } from "./state.ts";

/** What a `return` of the function being read gives to its callers. To be asked before the value counts as let go. */
export function returned(inf: Inference, e: Expression, type: Type): Type {
  if (!alternatives(type).some((t) => t.kind === "body" && t.source >= 0)) return type;
  return union(
    alternatives(type).map((t) => (t.kind === "body" && t.source >= 0 && !t.parameter ? given(inf, e, t) : t)),
  );
}

function given(inf: Inference, e: Expression, body: Body): Type {
  const read = bodyAt(inf, body);
  if (read.vetted) return UNKNOWN;
  if (body.whole) {
    read.given = true;
    return body;
  }
  const index = read.uses.findIndex((u) => u.start === body.from);
  // Somebody has looked at it.
  if (index < 0) return UNKNOWN;
  const { entity } = inf.frame;
  // Functions inside of others are read with them.
  if (!entity || entity.parent !== null) return body;
  if (!isRead(e, body) || answersRequests(inf, entity) || !isFollowed(inf, entity)) return UNKNOWN;
  read.uses.splice(index, 1);
  read.given = true;
  return body;
}

/** Whether it is a read of that part, or a name for one, and nothing was made of it. */
function isRead(e: Expression, body: Body): boolean {
  switch (e.kind) {
    case "name":
      return true;
    case "boolean":
      return isRead(e.left, body) || isRead(e.right, body);
    case "conditional":
      return isRead(e.then, body) || isRead(e.otherwise, body);
    case "await":
      return isRead(e.value, body);
    default:
      return e.start === body.from;
  }
}

/** Whether a framework may be the one who calls the function. */
function answersRequests(inf: Inference, entity: FunctionEntity): boolean {
  const { property, static: isStatic, class: isClass } = shapeOf(inf.program, entity);
  if (entity.decorators.length > (property || isStatic || isClass ? 1 : 0)) return true;
  if (entity.owner === null) return registeredRequest(inf.program, entity.id) !== null;
  // Nobody knows what a base class does with it.
  if (classInfo(inf.program, entity.owner).open) return true;
  const overridden = findMember(inf.program, instance(entity.owner), entity.name, entity.owner);
  return (overridden?.bindings ?? []).some(
    (b) => b.kind === "function" && functionEntity(inf.program, b.id)?.origin.isStub !== false,
  );
}

/** Whether callers see what is returned, and not what the function is declared to return. */
function isFollowed(inf: Inference, entity: FunctionEntity): boolean {
  const declared = declaredReturn(inf.program, entity);
  return declared === null || declared.kind === "unknown" || isPlain(declared);
}

/** A dict or a list: what a client sent may be declared as one. */
export function isPlain(type: Type): boolean {
  return type.kind === "instance" && (type.cls === "lib:builtins#dict" || type.cls === "lib:builtins#list");
}

/** Unchecked data in what another function, a property or an attribute gives: it enters at `e`. Null where there is none. */
export function enteringBody(inf: Inference, e: Expression, type: Type, targets: readonly Target[]): Type | null {
  const sent = sentIn(type);
  if (!sent) return null;
  const whole = source(inf, e, "json", textOf(e), null) as Body;
  bodyAt(inf, whole).through ??= giverOf(targets);
  if (sent.whole) return whole;
  const { start, end } = e;
  const message = "used without a check";
  noteUse(inf, whole, { start, end, message, key: null, required: false, fallback: null, conversion: null });
  return partAt(whole, e);
}

function sentIn(type: Type): Body | null {
  for (const t of alternatives(type)) {
    if (t.kind === "body" && t.source < 0) return t;
    const sent = t.kind === "awaitable" ? sentIn(t.result) : null;
    if (sent) return sent;
  }
  return null;
}

function giverOf(targets: readonly Target[]): FunctionId | null {
  return targets.find((t) => t.id !== null)?.id ?? null;
}

/** Results as other units see them: whoever calls has to check request data that is returned. Values that are no results are nobody's request. */
export function withoutBodies(found: Type, what: Query["what"]): Type {
  const follows = what === "returns";
  // What `self` keeps, by whoever reads it there.
  const kept = what === "attribute" && alternatives(found).find((t) => t.kind === "body" && t.whole && !t.parameter);
  if (kept) return KEPT;
  if (!follows && alternatives(found).some((t) => t.kind === "body")) return UNKNOWN;
  return mentions(found) ? union(alternatives(found).map((t) => plain(t, follows))) : found;
}

const KEPT: Type = { kind: "body", source: -1, whole: true };

/** A type that says nothing of places in this unit. `follows`: request data stays what it is. */
function plain(type: Type, follows: boolean): Type {
  switch (type.kind) {
    case "part":
      return UNKNOWN;
    case "body":
      return follows && !type.parameter ? { kind: "body", source: -1, whole: type.whole } : UNKNOWN;
    case "instance": {
      if (!type.args.some(mentions)) return type;
      const { entries: _, ...others } = type;
      return { ...others, args: type.args.map((a) => union(alternatives(a).map((t) => plain(t, false)))) };
    }
    case "tuple":
      if (!type.items.some(mentions)) return type;
      return { ...type, items: type.items.map((a) => union(alternatives(a).map((t) => plain(t, false)))) };
    default:
      return type;
  }
}

function mentions(type: Type): boolean {
  return alternatives(type).some(
    (t) =>
      t.kind === "body" ||
      t.kind === "part" ||
      (t.kind === "instance" ? t.args.some(mentions) : t.kind === "tuple" && t.items.some(mentions)),
  );
}
