/** Parameters that a framework fills with the body of a request, and what their annotations ask of it. */
import type { FunctionEntity } from "../../names/outline.ts";
import { functionEntity } from "../../names/program.ts";
import type { Call, Expression, Parameter } from "../../syntax/tree.ts";
import { annotatedWith, referenceMeanings } from "../annotations.ts";
import { findMember } from "../classes.ts";
import { alternatives, instance, type Type, UNKNOWN } from "../type.ts";
import { bodyIn, source } from "./bodies.ts";
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
  const said = p.annotation ? metadataOf(inf, entity, p.annotation) : null;
  const named = entity.decorators.some((d) => takesBody(inf, d, p.name) === "by name");
  const anything = (marked || said === "body" || named) && p.annotation !== null && namesAnything(p.annotation);
  if (p.annotation === null ? !marked : !isFreeForm(declared) && !anything) return null;
  const optional = p.default?.kind === "literal" && p.default.text === "None";
  if (!marked && ((p.default && !optional) || said === "something else")) return null;
  if (!entity.decorators.some((d) => takesBody(inf, d, p.name))) return null;
  const kind = hasTypedValues(declared) ? "values" : "parameter";
  return source(inf, { kind: "name", id: p.name, start: p.start, end: p.end }, kind, p.name, p.name);
}

/** `dict[str, int]`: what is in it is what it says. */
function hasTypedValues(declared: Type | null): boolean {
  const types = alternatives(declared ?? UNKNOWN).filter((t) => t.kind !== "none");
  return types.every((t) => t.kind === "instance" && t.cls === "lib:builtins#dict" && isScalar(t.args[1] ?? UNKNOWN));
}

function isScalar(type: Type): boolean {
  return alternatives(type).every(
    (t) =>
      t.kind === "none" || (t.kind === "instance" && /^lib:(builtins#(str|int|float|bool)|uuid#UUID)$/.test(t.cls)),
  );
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
  if (/^lib:(builtins#dict|typing#(Mutable)?Mapping)$/.test(type.cls)) return true;
  const item = type.args[0] ?? UNKNOWN;
  return (
    /^lib:(builtins#list|typing#Sequence)$/.test(type.cls) &&
    (item.kind === "unknown" ? item.name === null : isFree(item))
  );
}

/** `Any` and `object`, for which a framework fills in nothing but what is marked as the body. */
function namesAnything(annotation: Expression): boolean {
  if (annotation.kind === "subscript" && annotation.index.kind === "collection") {
    const [type] = annotation.index.items;
    return type !== undefined && type.kind !== "subscript" && namesAnything(type);
  }
  if (annotation.kind === "attribute") return annotation.name === "Any";
  return annotation.kind === "name" && (annotation.id === "Any" || annotation.id === "object");
}

/** What `Annotated` says of a parameter: that it is the body, or something else, or is checked: `Annotated[dict, Depends(filters)]`. Null where it says nothing. */
function metadataOf(inf: Inference, entity: FunctionEntity, annotation: Expression): "body" | "something else" | null {
  const { program } = inf;
  const calls = annotatedWith(program, annotation, { key: entity.origin.key, owner: entity.owner }).flatMap((m) =>
    m.value.kind === "call" ? [{ callee: m.value.callee, scope: m.scope }] : [],
  );
  const marksBody = calls.some(({ callee, scope }) =>
    referenceMeanings(program, callee, scope).some(
      (m) => m.kind === "function" && program.verbs(m.id).requestBody !== null,
    ),
  );
  if (marksBody) return "body";
  return calls.length > 0 ? "something else" : null;
}

function isBodyMarker(inf: Inference, e: Call): boolean {
  const callee = inf.quietly(() => evaluate(inf, e.callee));
  const id = callee.kind === "function" ? callee.fn : callee.kind === "class" ? callee.cls : null;
  return id !== null && inf.program.verbs(id).requestBody !== null;
}

/** Whether a decorator fills a parameter of that name with the body: "by name", or going by its annotation. */
function takesBody(inf: Inference, decorator: Expression, parameter: string): "by name" | "by type" | null {
  const head = decorator.kind === "call" ? decorator.callee : decorator;
  const type = inf.quietly(() => evaluate(inf, head));
  for (const t of alternatives(type)) {
    if (t.kind !== "function") continue;
    const { handlesRequests, bodyParameter } = inf.program.verbs(t.fn);
    if (handlesRequests !== "body") continue;
    if (bodyParameter === null) return "by type";
    if (bodyParameter === parameter) return "by name";
  }
  return null;
}

/** A parameter that dependency injection fills with what a function of the project took out of the request: `order: dict = Depends(sent)`. */
export function injectedBody(
  inf: Inference,
  p: Parameter,
  declared: Type | null,
  injected: () => Type | null,
): Type | null {
  if (declared && declared.kind !== "unknown" && !alternatives(declared).every(isFree)) return null;
  const sent = bodyIn(injected() ?? UNKNOWN);
  return sent && sent.source < 0
    ? source(inf, { kind: "name", id: p.name, start: p.start, end: p.end }, "dependency", p.name, null)
    : null;
}
