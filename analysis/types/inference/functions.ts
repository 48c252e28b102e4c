/** Reading the body of a function, and functions nested in it. */

import type { FunctionEntity, FunctionId } from "../../names/outline.ts";
import { functionEntity } from "../../names/program.ts";
import { meaningsOf } from "../../names/resolve.ts";
import type { Expression, FunctionDef, Parameter } from "../../syntax/tree.ts";
import { classInfo, findMember } from "../classes.ts";
import { declaredParameter, shapeOf } from "../functions.ts";
import type { FunctionInfo, ParameterFacts } from "../record.ts";
import { registeredRequest } from "../registration.ts";
import { builtin, instance, NO_PRESET, NONE, substitute, type Type, UNKNOWN, union } from "../type.ts";
import { apply, NO_ARGUMENTS } from "./apply.ts";
import { answerOf } from "./asking.ts";
import { noteBodyParameter } from "./body-parameters.ts";
import { evaluate } from "./expressions.ts";
import { serve } from "./handing.ts";
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
    parameters: parameterFacts(frame),
    borrowed: frame.borrowed,
    bodies: frame.bodies,
    forms: frame.forms,
  };
  inf.functions.set(frame.id, info);
  for (const [id, { parent }] of [...inf.pending]) if (parent === frame) readPending(inf, id);
  info.parameters = parameterFacts(frame);
  return info;
}

function parameterFacts(frame: Frame): ParameterFacts {
  const sorted = (names: ReadonlySet<string>): string[] => [...names].sort();
  return {
    called: sorted(frame.called),
    kept: sorted(frame.kept),
    read: sorted(frame.read),
    assigned: sorted(frame.assigned),
    looped: sorted(frame.looped),
    offloaded: sorted(frame.offloaded),
    tellsLoop: frame.answers.has("answers") && !frame.answers.has("unrelated"),
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
  const body = noteBodyParameter(inf, entity, p, declared);
  if (body) return body;
  if (declared && declared.kind !== "unknown") {
    // What the function does with a callable, or with plain data, matters to whoever hands it in.
    if (declared.kind === "callable" || (declared.kind === "instance" && declared.cls === "lib:builtins#dict"))
      return union([declared, own]);
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
  if (index !== (entity.owner === null ? 0 : 1)) return null;
  for (const d of entity.decorators) {
    const handler = inf.quietly(() => evaluate(inf, d.kind === "call" ? d.callee : d));
    const cls = handler.kind === "function" ? inf.program.verbs(handler.fn).requestClass : null;
    if (cls !== null) return libraryClass(inf, cls);
  }
  const registered = p.annotation || p.default ? null : registeredRequest(inf.program, entity.id);
  return registered === null ? null : libraryClass(inf, registered);
}

/** An instance of a library's class, by its dotted name. */
function libraryClass(inf: Inference, dotted: string): Type | null {
  const dot = dotted.lastIndexOf(".");
  const key = inf.program.moduleKey(dotted.slice(0, dot), "lib:builtins");
  const found =
    key === null ? undefined : meaningsOf(inf.program, key, dotted.slice(dot + 1)).find((m) => m.kind === "class");
  return found?.kind === "class" ? instance(found.id) : null;
}

/** Notes the dependency that fills a parameter: it runs for each request. */
function noteInjected(inf: Inference, p: Parameter): void {
  const given = dependencyOf(inf, p);
  if (given && inf.frame.quiet === 0)
    serve(
      inf,
      inf.quietly(() => evaluate(inf, given)),
      "Depends",
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
