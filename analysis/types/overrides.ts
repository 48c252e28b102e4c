/**
 * Whether a method behaves differently on a class that inherits it.
 *
 * It does where the class, or one between the two, overrides something the method uses of `self`, or something that the methods it calls
 * on `self` use. Only then is it worth reading the method again with `self` being that class.
 */
import { question } from "../base/memo.ts";
import type { ClassId, FunctionEntity, FunctionId } from "../names/outline.ts";
import { functionEntity, type Program } from "../names/program.ts";
import { blocksOf, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { FunctionDef, Statement } from "../syntax/tree.ts";
import { findMember } from "./classes.ts";
import { instance } from "./type.ts";

/** Whether `method`, inherited by `cls`, has to be read for `cls`. */
export function differsOn(program: Program, method: FunctionId, cls: ClassId): boolean {
  return program.memo.getNamed(DIFFERS, method, cls) ?? false;
}

const DIFFERS = question<Program, boolean>((program, method, cls) => {
  const entity = functionEntity(program, method);
  return entity?.owner ? usesOverridden(program, entity, entity.owner, cls, new Set()) : false;
});

function usesOverridden(
  program: Program,
  method: FunctionEntity,
  owner: ClassId,
  cls: ClassId,
  seen: Set<string>,
): boolean {
  if (seen.has(method.id)) return false;
  seen.add(method.id);
  for (const name of namesOfSelf(program.unit(method.id)?.def ?? method.def)) {
    const own = findMember(program, instance(owner), name);
    const inherited = findMember(program, instance(cls), name);
    if (own?.owner.id !== inherited?.owner.id) return true;
    for (const b of inherited?.bindings ?? []) {
      const next = b.kind === "function" ? functionEntity(program, b.id) : undefined;
      if (next && !next.origin.isStub && usesOverridden(program, next, owner, cls, seen)) return true;
    }
  }
  return false;
}

const known = new WeakMap<readonly Statement[], ReadonlySet<string>>();

/** Attributes of the first parameter, and of `super()`, that the body mentions. */
function namesOfSelf(def: FunctionDef): ReadonlySet<string> {
  const cached = known.get(def.body);
  if (cached) return cached;
  const found = new Set<string>();
  const self = def.parameters[0]?.name;
  const visit = (body: readonly Statement[]): void => {
    for (const s of body) {
      for (const e of expressionsOf(s))
        walkExpressions(e, (inner) => {
          if (inner.kind === "lambda") visit(inner.def.body);
          if (inner.kind === "attribute" && inner.value.kind === "name" && inner.value.id === self)
            found.add(inner.name);
        });
      if (s.kind === "function") visit(s.body);
      for (const block of blocksOf(s)) visit(block);
    }
  };
  visit(def.body);
  known.set(def.body, found);
  return found;
}
