/**
 * Whether a method behaves differently on a class that inherits it.
 *
 * It does where the class, or one between the two, overrides something the method uses of `self`, or something that the methods it calls
 * on `self` use; where `super()` leads elsewhere, as from a mixin; where it gives `self` or `cls()` and does not say so. Only then is it worth reading the method again with `self` being that class.
 */
import { keptQuestion } from "../base/memo.ts";
import type { ClassId, FunctionEntity, FunctionId } from "../names/outline.ts";
import { functionEntity, type Program } from "../names/program.ts";
import { blocksOf, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Expression, FunctionDef, Statement } from "../syntax/tree.ts";
import { findMember } from "./classes.ts";
import { instance } from "./type.ts";

/** Whether `method`, inherited by `cls`, has to be read for `cls`. */
export function differsOn(program: Program, method: FunctionId, cls: ClassId): boolean {
  return program.memo.getNamed(DIFFERS, method, cls) ?? false;
}

const DIFFERS = keptQuestion<Program, boolean>("differs", (program, method, cls) => {
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
  const used = usesOf(program.unit(method.id)?.def ?? method.def);
  if (used.givesSelf && !method.returns) return true;
  for (const name of used.inherited)
    if (
      method.owner !== null &&
      findMember(program, instance(method.owner), name, method.owner)?.owner.id !==
        findMember(program, instance(cls), name, method.owner)?.owner.id
    )
      return true;
  for (const name of used.own) {
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

interface Uses {
  /** Attributes of the first parameter. */
  readonly own: ReadonlySet<string>;
  /** Attributes of `super()`. */
  readonly inherited: ReadonlySet<string>;
  /** Whether it returns the first parameter, or calls it: what it gives is of the class it is called on. */
  givesSelf: boolean;
}

const known = new WeakMap<readonly Statement[], Uses>();

/** What the body makes of the first parameter and of `super()`. */
function usesOf(def: FunctionDef): Uses {
  const cached = known.get(def.body);
  if (cached) return cached;
  const own = new Set<string>();
  const inherited = new Set<string>();
  const uses: Uses = { own, inherited, givesSelf: false };
  const self = def.parameters[0]?.name;
  const isSelf = (e: Expression | null): boolean => e?.kind === "name" && e.id === self;
  const visit = (body: readonly Statement[]): void => {
    for (const s of body) {
      for (const e of expressionsOf(s))
        walkExpressions(e, (inner) => {
          if (inner.kind === "lambda") visit(inner.def.body);
          if (inner.kind === "attribute") {
            if (isSelf(inner.value)) own.add(inner.name);
            if (inner.value.kind === "call" && inner.value.callee.kind === "name" && inner.value.callee.id === "super")
              inherited.add(inner.name);
          }
          if (inner.kind === "call" && isSelf(inner.callee)) uses.givesSelf = true;
        });
      if (s.kind === "return" && isSelf(s.value)) uses.givesSelf = true;
      if (s.kind === "function") visit(s.body);
      for (const block of blocksOf(s)) visit(block);
    }
  };
  visit(def.body);
  known.set(def.body, uses);
  return uses;
}
