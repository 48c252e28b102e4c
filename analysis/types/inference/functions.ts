/** Reading the body of a function, and functions nested in it. */

import type { FunctionEntity, FunctionId } from "../../names/outline.ts";
import { classEntity, functionEntity } from "../../names/program.ts";
import type { Expression, FunctionDef, Parameter } from "../../syntax/tree.ts";
import { classInfo, findMember, libraryClass } from "../classes.ts";
import { declaredParameter, mattersToGiver, shapeOf } from "../functions.ts";
import type { FunctionInfo, ParameterFacts } from "../record.ts";
import { registeredRequest } from "../registration.ts";
import { builtin, instance, NO_PRESET, NONE, substitute, type Type, UNKNOWN, union } from "../type.ts";
import { apply, NO_ARGUMENTS } from "./apply.ts";
import { answerOf } from "./asking.ts";
import { injectedBody, noteBodyParameter } from "./body-parameters.ts";
import { evaluate } from "./expressions.ts";
import { serve } from "./handing.ts";
import { memberType } from "./members.ts";
import { awaited } from "./protocols.ts";
import { type Frame, type Inference, newFrame } from "./state.ts";
import { readBlock } from "./statements.ts";

/** Reads a function of the unit and everything nested in it. */
export function readFunction(inf: Inference, id: FunctionId, def: FunctionDef, parent: Frame | null): FunctionInfo {
  const entity = functionEntity(inf.program, id) ?? null;
  const outer = inf.frame as Frame | undefined;
  const frame = newFrame(id, entity, def, parent);
  inf.frame = frame;
  try {
    if (entity) for (const [i, p] of def.parameters.entries()) inf.assign(p.name, parameterType(inf, entity, p, i));
    readBlock(inf, def.body);
    if (!frame.env.dead && def.name !== "<lambda>") {
      frame.returns.push(NONE);
      frame.answers.add(answerOf(inf, null));
    }
    return finish(inf, frame);
  } finally {
    if (outer) inf.frame = outer;
  }
}

/** Reads the functions nested in the frame that nobody asked for yet, and leaves what was found. */
export function finish(inf: Inference, frame: Frame): FunctionInfo {
  const info: FunctionInfo = {
    id: frame.id,
    def: frame.def,
    calls: frame.calls,
    byNode: frame.byNode,
    contexts: frame.contexts,
    returns: frame.returns.length > 0 ? union(frame.returns) : UNKNOWN,
    yields: union(frame.yields),
    parameters: parameterFacts(inf, frame),
    borrowed: frame.borrowed,
    bodies: frame.bodies,
    forms: frame.forms,
  };
  inf.functions.set(frame.id, info);
  if (inf.pending.size > 0) {
    for (const [id, { parent }] of [...inf.pending]) if (parent === frame) readPending(inf, id);
    info.parameters = parameterFacts(inf, frame);
  }
  return info;
}

function parameterFacts(inf: Inference, frame: Frame): ParameterFacts {
  const sorted = (names: ReadonlySet<string>): string[] => [...names].sort();
  return {
    called: sorted(frame.called),
    kept: sorted(frame.kept),
    read: sorted(frame.read),
    assigned: sorted(frame.assigned),
    looped: sorted(frame.looped),
    offloaded: sorted(frame.offloaded),
    tellsLoop: frame.answers.has("answers") && !frame.answers.has("unrelated"),
    checksBody: frame.parent === null && inf.bodies.some((b) => b.vetted),
  };
}

/** What is known of a nested function of this unit, reading it now if that has not happened; undefined while it is being read. */
export function readPending(inf: Inference, id: FunctionId): FunctionInfo | undefined {
  const waiting = inf.pending.get(id);
  if (!waiting) return inf.functions.get(id);
  inf.pending.delete(id);
  return readFunction(inf, id, waiting.def, waiting.parent);
}

/** A function or lambda defined in the code being read. */
export function declareNested(inf: Inference, def: FunctionDef): Type {
  const entity = inf.declared?.functions.get(def);
  if (!entity) return UNKNOWN;
  if (!inf.functions.has(entity.id) && !inf.pending.has(entity.id))
    inf.pending.set(entity.id, { def, parent: inf.frame });
  return { kind: "function", fn: entity.id, receiver: null, given: 0, preset: NO_PRESET };
}

function parameterType(inf: Inference, entity: FunctionEntity, p: Parameter, index: number): Type {
  const own: Type = { kind: "parameter", of: entity.id, name: p.name };
  noteInjected(inf, p);
  if (index === 0 && entity.owner !== null && p.form !== "args" && !p.annotation) {
    const shape = shapeOf(inf.program, entity);
    const cls = inf.selfClass !== null && entity.id === inf.unit ? inf.selfClass : entity.owner;
    const args = classInfo(inf.program, cls).variables;
    if (
      shape.class ||
      entity.name === "__new__" ||
      entity.name === "__init_subclass__" ||
      entity.name === "__class_getitem__"
    )
      return { kind: "class", cls, args };
    if (!shape.static) return instance(cls, args);
  }
  const declared = declaredParameter(inf.program, entity, p) ?? impliedType(inf, entity, p, index);
  const body =
    noteBodyParameter(inf, entity, p, declared) ?? injectedBody(inf, p, declared, () => injectedType(inf, p));
  if (body) return body;
  if (declared && declared.kind !== "unknown") {
    if (mattersToGiver(declared)) return union([declared, own]);
    // `session: Session = None` is written often and means `Session | None`; nobody calls methods on the None.
    return declared;
  }
  const injected = injectedType(inf, p);
  if (injected) return injected;
  if (p.form === "args") return builtin("tuple", [UNKNOWN]);
  if (p.form === "kwargs") return union([builtin("dict", [builtin("str"), UNKNOWN]), own]);
  if (declared) return declared.kind === "unknown" && declared.name !== null ? union([declared, own]) : own;
  const usual = usualType(inf, p);
  return usual ? union([usual, own]) : own;
}

/** What a parameter nobody annotated holds where it is left out: `def load(client=default_client)`. Only objects with a class tell something. */
function usualType(inf: Inference, p: Parameter): Type | null {
  if (p.default?.kind !== "name" && p.default?.kind !== "attribute" && p.default?.kind !== "call") return null;
  const type = inf.quietly(() => evaluate(inf, p.default!));
  return type.kind === "instance" && !type.cls.startsWith("lib:builtins#") ? type : null;
}

/** What a parameter without annotation is by what its function overrides, or by the framework that calls it. */
function impliedType(inf: Inference, entity: FunctionEntity, p: Parameter, index: number): Type | null {
  if (p.form === "args" || p.form === "kwargs") return null;
  if (entity.owner !== null) {
    const overridden = findMember(inf.program, instance(entity.owner), entity.name, entity.owner);
    for (const b of overridden?.bindings ?? []) {
      const base = b.kind === "function" ? functionEntity(inf.program, b.id) : undefined;
      const same = base?.parameters.find((q) => q.name === p.name) ?? base?.parameters[index];
      const declared = base && same && same.form === p.form ? declaredParameter(inf.program, base, same) : null;
      if (declared) return substitute(declared, overridden!.variables, instance(entity.owner));
    }
  }
  if (entity.owner !== null && p.name === "request" && index > 0) {
    // A method of a view that its handlers hand the request on to.
    const held = findMember(inf.program, instance(entity.owner), "request");
    const declared = held?.owner.origin.isStub
      ? inf.quietly(() => memberType(inf, instance(entity.owner!), "request", []))
      : null;
    if (declared?.kind === "instance") return declared;
  }
  const first = entity.owner === null ? 0 : 1;
  // Pyramid's `(context, request)` is the only order in which the request is not first.
  const isSecond = index === first + 1 && p.name === "request" && entity.parameters[first]?.name === "context";
  if (index !== first && !isSecond) return null;
  return requestOf(inf, entity, p);
}

/** The request object that a framework hands to the function as this parameter; null where none does. */
function requestOf(inf: Inference, entity: FunctionEntity, p: Parameter): Type | null {
  const { program } = inf;
  const decorated = requestByDecorator(inf, entity.decorators);
  if (decorated) return decorated;
  if (p.annotation || p.default) return null;
  const registered = registeredRequest(program, entity.id);
  if (registered !== null) return libraryClass(program, registered);
  if (!MAY_BE_A_REQUEST.test(p.name)) return null;
  if (entity.parent !== null) {
    const cls = inf.served.find((s) => s.fn === entity.id)?.request;
    return cls ? libraryClass(program, cls) : null;
  }
  if (entity.owner !== null && entity.name === "__init__") {
    const made = requestOfClass(inf, entity.owner);
    if (made) return made;
  }
  const given = inf.ask({ what: "request", id: entity.id, name: "" });
  return given.kind === "unknown" ? null : given;
}

/** Looking for who registers a function costs something. */
const MAY_BE_A_REQUEST = /req|sock|ws|conn/i;

/** What a class is made with that has handlers as its methods: `@view_config` makes an object for each request. */
function requestOfClass(inf: Inference, owner: string): Type | null {
  const entity = classEntity(inf.program, owner);
  for (const bindings of entity?.members.values() ?? [])
    for (const b of bindings) {
      const method = b.kind === "function" ? functionEntity(inf.program, b.id) : undefined;
      const request = method ? requestByDecorator(inf, method.decorators) : null;
      if (request) return request;
    }
  return entity ? requestByDecorator(inf, entity.decorators) : null;
}

function requestByDecorator(inf: Inference, decorators: readonly Expression[]): Type | null {
  for (const d of decorators) {
    const handler = inf.quietly(() => evaluate(inf, d.kind === "call" ? d.callee : d));
    const cls = handler.kind === "function" ? inf.program.verbs(handler.fn).requestClass : null;
    if (cls !== null) return libraryClass(inf.program, cls);
  }
  return null;
}

/** Notes the dependency that fills a parameter: it runs for each request. */
function noteInjected(inf: Inference, p: Parameter): void {
  const given = dependencyOf(inf, p);
  if (given && inf.frame.quiet === 0)
    serve(
      inf,
      inf.quietly(() => evaluate(inf, given)),
      "Depends",
      null,
    );
}

/** What dependency injection fills a parameter with, by its default value or the metadata of `Annotated`. */
function injectedType(inf: Inference, p: Parameter): Type | null {
  const given = dependencyOf(inf, p);
  return given && inf.quietly(() => provided(inf, evaluate(inf, given)));
}

/** The callable given to dependency injection for a parameter; where none is named, the class it is annotated with. */
function dependencyOf(inf: Inference, p: Parameter): Expression | null {
  const candidates: Expression[] = [];
  let annotated = p.annotation;
  if (p.default) candidates.push(p.default);
  if (p.annotation?.kind === "subscript" && p.annotation.index.kind === "collection") {
    annotated = p.annotation.index.items[0] ?? null;
    candidates.push(...p.annotation.index.items.slice(1));
  }
  for (const candidate of candidates) {
    const e = candidate.kind === "name" ? (boundOnce(inf, candidate.id) ?? candidate) : candidate;
    if (e.kind !== "call") continue;
    const callee = inf.quietly(() => evaluate(inf, e.callee));
    if (callee.kind !== "function" && callee.kind !== "class") continue;
    const id = callee.kind === "function" ? callee.fn : callee.cls;
    const parameter = inf.program.verbs(id).injects;
    if (parameter === null) continue;
    return e.keywords.find((k) => k.name === parameter)?.value ?? e.args[0] ?? annotated;
  }
  return null;
}

/** The value that the module gives a name, where it does so once: `UserDep = Depends(current_user)`. */
function boundOnce(inf: Inference, name: string): Expression | null {
  const [binding, another] = inf.outline.names.get(name) ?? [];
  return binding?.kind === "variable" && !another ? binding.value : null;
}

/** What calling a dependency provides: what it yields, returns, or awaits to. */
function provided(inf: Inference, dependency: Type): Type {
  const given = apply(inf, dependency, NO_ARGUMENTS).type;
  if (given.kind === "generator") return given.item;
  if (given.kind === "awaitable") return awaited(inf, given);
  return given;
}
