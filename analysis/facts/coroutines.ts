/**
 * Whether calling a function surely gives a coroutine.
 *
 * An `async def` does, unless a decorator makes something else of it or a subclass overrides it with a plain method. Decorators nobody knows make
 * something else: this fact accuses.
 */
import { keptQuestion } from "../base/memo.ts";
import type { ClassEntity, FunctionEntity, FunctionId } from "../names/outline.ts";
import { functionEntity, type Program } from "../names/program.ts";
import type { Expression } from "../syntax/tree.ts";
import { dottedNameOf, referenceMeanings } from "../types/annotations.ts";
import { isSubclass } from "../types/classes.ts";
import { evaluateInModule, functionInfo } from "../types/inference/index.ts";
import { alternatives, type Type } from "../types/type.ts";

/** The classes of a project that have a method of some name. */
export type ClassesByMethod = (name: string) => readonly ClassEntity[];

/** Whether the call of `id` gives a coroutine whatever decorators and overriding methods do. */
export function surelyCoroutine(program: Program, id: FunctionId, having: ClassesByMethod): boolean {
  const entity = functionEntity(program, id);
  if (!entity?.isAsync || entity.isGenerator || program.verbs(id).harmless) return false;
  return (
    entity.decorators.every((d) => keepsCoroutine(program, entity, d)) && !overriddenOtherwise(program, entity, having)
  );
}

/** Decorators of the standard library that leave an `async def` one, and say so nowhere. */
const TRANSPARENT = new Set([
  "staticmethod",
  "classmethod",
  "abc.abstractmethod",
  "functools.wraps",
  "typing.final",
  "typing.override",
  "typing_extensions.final",
  "typing_extensions.override",
]);

function keepsCoroutine(program: Program, entity: FunctionEntity, decorator: Expression): boolean {
  if (entity.origin.isStub) return true;
  const head = decorator.kind === "call" ? decorator.callee : decorator;
  const scope = { key: entity.origin.key, owner: entity.owner };
  const meanings = referenceMeanings(program, head, scope);
  if (meanings.length === 1 && TRANSPARENT.has(dottedNameOf(program, meanings[0]!) ?? "")) return true;
  const types = alternatives(evaluateInModule(program, entity.origin.key, head));
  return (
    types.length > 0 &&
    types.every((t) => t.kind === "function" && leavesAsync(program, t.fn, decorator.kind === "call"))
  );
}

/** Whether a decorator gives an `async def`, or the very function it was given; called first where it is a factory of one. */
function leavesAsync(program: Program, decorator: FunctionId, isFactory: boolean): boolean {
  return program.memo.getNamed(LEAVES_ASYNC, decorator, isFactory ? "called" : "as it is") ?? false;
}

const LEAVES_ASYNC = keptQuestion<Program, boolean>("leaves async", (program, decorator, form) => {
  const entity = functionEntity(program, decorator);
  if (!entity || entity.isAsync) return false;
  if (entity.origin.isStub) {
    const verbs = program.verbs(decorator);
    return verbs.runsOn !== null || verbs.handlesRequests !== null;
  }
  const given = alternatives(functionInfo(program, decorator)?.returns ?? { kind: "none" });
  if (form === "called") return given.every((t) => t.kind === "function" && leavesAsync(program, t.fn, false));
  return given.every((t) => isAsyncFunction(program, t) || (t.kind === "parameter" && t.of === decorator));
});

function isAsyncFunction(program: Program, type: Type): boolean {
  if (type.kind !== "function") return false;
  const entity = functionEntity(program, type.fn);
  return entity?.isAsync === true && !entity.isGenerator;
}

function overriddenOtherwise(program: Program, entity: FunctionEntity, having: ClassesByMethod): boolean {
  const { owner } = entity;
  if (owner === null) return false;
  return having(entity.name).some((cls) => {
    if (cls.id === owner || !isSubclass(program, cls.id, owner)) return false;
    return !cls.members.get(entity.name)?.every((b) => b.kind === "function" && functionEntity(program, b.id)?.isAsync);
  });
}
