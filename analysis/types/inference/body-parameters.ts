/** Parameters that a framework fills with the body of a request, and what their annotations ask of it. */
import type { FunctionEntity } from "../../names/outline.ts";
import { functionEntity } from "../../names/program.ts";
import type { Call, Expression, Parameter } from "../../syntax/tree.ts";
import { annotatedWith, referenceMeanings } from "../annotations.ts";
import { findMember } from "../classes.ts";
import { alternatives, instance, type Type, UNKNOWN } from "../type.ts";
import { source } from "./bodies.ts";
import { evaluate } from "./expressions.ts";
import type { Inference } from "./state.ts";

/** A parameter that a framework fills with unchecked data of the request; null for all others. */
export function noteBodyParameter(
  inf: Inference,
  entity: FunctionEntity,
  p: Parameter,
  declared: Type | null,
): Type | null {
  if (p.form !== "normal" && p.form !== "keyword-only") return null;
  if (entity.owner !== null && isHandedBody(inf, entity, p))
    return source(inf, { kind: "name", id: p.name, start: p.start, end: p.end }, "raw", p.name, null);
  const marked = p.default?.kind === "call" && isBodyMarker(inf, p.default);
  const letsAll = isFreeForm(declared) || (p.annotation !== null && marked && namesAnything(p.annotation));
  if (p.annotation === null ? !marked : !letsAll) return null;
  const optional = p.default?.kind === "literal" && p.default.text === "None";
  if (!marked && ((p.default && !optional) || isFilledOtherwise(inf, entity, p))) return null;
  if (!entity.decorators.some((d) => takesBody(inf, d, p.name))) return null;
  return source(inf, { kind: "name", id: p.name, start: p.start, end: p.end }, "parameter", p.name, p.name);
}

/**
 * Whether the method of a library's class that this one overrides is called with the data a client sent, there (`receive_json(self, content)`). No
 * annotation makes the library check it.
 */
function isHandedBody(inf: Inference, entity: FunctionEntity, p: Parameter): boolean {
  const index = entity.parameters.indexOf(p);
  const overridden = findMember(inf.program, instance(entity.owner!), entity.name, entity.owner!);
  return (overridden?.bindings ?? []).some((b) => {
    if (b.kind !== "function") return false;
    const { handlesRequests, runsOverrides, bodyParameter } = inf.program.verbs(b.id);
    if (handlesRequests !== "body" || !runsOverrides) return false;
    const base = functionEntity(inf.program, b.id);
    return base?.origin.isStub === true && base.parameters.findIndex((q) => q.name === bodyParameter) === index;
  });
}

/** `dict`, `list`, `dict[str, Any]`, `list[dict] | None`: annotations that let everything in. */
function isFreeForm(declared: Type | null): boolean {
  const types = alternatives(declared ?? UNKNOWN).filter((t) => t.kind !== "none");
  return types.length > 0 && types.every(isFree);
}

function isFree(type: Type): boolean {
  if (type.kind !== "instance") return false;
  if (type.cls === "lib:builtins#dict") return true;
  const item = type.args[0] ?? UNKNOWN;
  return type.cls === "lib:builtins#list" && (item.kind === "unknown" ? item.name === null : isFree(item));
}

/** `Any` and `object`, for which a framework fills in nothing but what is marked as the body. */
function namesAnything(annotation: Expression): boolean {
  if (annotation.kind === "attribute") return annotation.name === "Any";
  return annotation.kind === "name" && (annotation.id === "Any" || annotation.id === "object");
}

/** Whether `Annotated` says that the parameter is something else than the body, or that somebody checks it: `Annotated[dict, Depends(filters)]`. */
function isFilledOtherwise(inf: Inference, entity: FunctionEntity, p: Parameter): boolean {
  if (!p.annotation) return false;
  const { program } = inf;
  const calls = annotatedWith(program, p.annotation, { key: entity.origin.key, owner: entity.owner }).flatMap((m) =>
    m.value.kind === "call" ? [{ callee: m.value.callee, scope: m.scope }] : [],
  );
  const marksBody = calls.some(({ callee, scope }) =>
    referenceMeanings(program, callee, scope).some(
      (m) => m.kind === "function" && program.verbs(m.id).requestBody !== null,
    ),
  );
  return calls.length > 0 && !marksBody;
}

function isBodyMarker(inf: Inference, e: Call): boolean {
  const callee = inf.quietly(() => evaluate(inf, e.callee));
  const id = callee.kind === "function" ? callee.fn : callee.kind === "class" ? callee.cls : null;
  return id !== null && inf.program.verbs(id).requestBody !== null;
}

function takesBody(inf: Inference, decorator: Expression, parameter: string): boolean {
  const head = decorator.kind === "call" ? decorator.callee : decorator;
  const type = inf.quietly(() => evaluate(inf, head));
  return alternatives(type).some((t) => {
    if (t.kind !== "function") return false;
    const { handlesRequests, bodyParameter } = inf.program.verbs(t.fn);
    return handlesRequests === "body" && (bodyParameter === null || bodyParameter === parameter);
  });
}
