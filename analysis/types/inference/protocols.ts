/** What happens to a value without a call being written: it is awaited, iterated, entered, indexed, tested. */
import { classEntity, functionEntity } from "../../names/program.ts";
import { annotationType } from "../annotations.ts";
import { findMember, isSubclass } from "../classes.ts";
import { declaredReturn } from "../functions.ts";
import type { Target } from "../record.ts";
import { alternatives, builtin, type Instance, type Type, UNKNOWN, union } from "../type.ts";
import { applyFunction, NO_ARGUMENTS, NO_TARGET } from "./apply.ts";
import { type Arguments, single } from "./arguments.ts";
import { methodOf } from "./members.ts";
import type { Inference } from "./state.ts";

/** What `await` on a value gives. */
export function awaited(inf: Inference, type: Type): Type {
  return union(
    alternatives(type).map((t) => {
      if (t.kind === "awaitable") return t.result;
      if (t.kind !== "instance") return UNKNOWN;
      const method = methodOf(inf, t, "__await__");
      const entity = method && functionEntity(inf.program, method.fn);
      const declared = entity && declaredReturn(inf.program, entity);
      if (declared?.kind !== "instance") return UNKNOWN;
      const applied = applyFunction(inf, method!, NO_ARGUMENTS).type;
      return applied.kind === "instance" ? (applied.args[applied.args.length - 1] ?? UNKNOWN) : UNKNOWN;
    }),
  );
}

/** What a `for` over a value gives each time round; what runs for it is added to `targets`. */
export function iterate(inf: Inference, type: Type, isAsync: boolean, targets: Target[]): Type {
  return union(
    alternatives(type).flatMap((t) => {
      if (t.kind === "none") return [];
      if (t.kind === "tuple") return [union(t.items)];
      if (t.kind === "text") return [builtin("str")];
      if (t.kind === "generator") {
        if (!isAsync && !t.context) targets.push({ ...NO_TARGET, id: t.fn, runs: runsBody(inf, t.fn) });
        return [t.item];
      }
      if (t.kind !== "instance") return [UNKNOWN];
      const iterator = call(inf, t, isAsync ? "__aiter__" : "__iter__", NO_ARGUMENTS, targets);
      if (iterator === null) return [UNKNOWN];
      if (iterator.kind === "generator") return [iterate(inf, iterator, isAsync, targets)];
      const step = call(inf, iterator, isAsync ? "__anext__" : "__next__", NO_ARGUMENTS, targets);
      const item = step === null || step.kind === "unknown" ? firstArgument(iterator) : step;
      return [isAsync ? (item.kind === "awaitable" ? item.result : item) : item];
    }),
  );
}

/** What `with value as x` binds. */
export function enter(inf: Inference, type: Type, isAsync: boolean, targets: Target[]): Type {
  return union(
    alternatives(type).map((t) => {
      if (t.kind === "generator" && t.context) {
        if (!isAsync) targets.push({ ...NO_TARGET, id: t.fn, runs: runsBody(inf, t.fn) });
        return t.item;
      }
      if (t.kind === "unknown" && t.name !== null && inf.program.taught?.speaksBelow(t.name)) return t;
      if (t.kind !== "instance") return UNKNOWN;
      const entered = call(inf, t, isAsync ? "__aenter__" : "__enter__", NO_ARGUMENTS, targets);
      if (entered === null) return UNKNOWN;
      return isAsync ? awaited(inf, entered) : entered;
    }),
  );
}

/** What leaving a `with` block runs. */
export function exit(inf: Inference, type: Type, isAsync: boolean, targets: Target[]): void {
  if (isAsync) return;
  for (const t of alternatives(type)) if (t.kind === "instance") call(inf, t, "__exit__", NO_ARGUMENTS, targets);
}

/** Whether a `with` over a value holds a lock of threads: another method of its class waits for one. */
export function isThreadLock({ program }: Inference, type: Type): boolean {
  const isLock = (cls: string): boolean =>
    [...(classEntity(program, cls)?.members.values() ?? [])]
      .flat()
      .some((b) => b.kind === "function" && program.verbs(b.id).works.some(({ kind }) => kind === "lock"));
  return alternatives(type).some((t) => t.kind === "instance" && t.cls.startsWith("lib:") && isLock(t.cls));
}

/** Calls the method `name` of a value, if it has one; null where it has none. */
export function call(inf: Inference, type: Type, name: string, args: Arguments, targets: Target[]): Type | null {
  const method = methodOf(inf, type, name);
  if (!method) return null;
  const applied = applyFunction(inf, method, args);
  targets.push(...applied.targets);
  return applied.type;
}

/** Builtin types whose truth needs no look at `__bool__` or `__len__`. */
export function test(inf: Inference, type: Type, targets: Target[]): void {
  for (const t of alternatives(type)) {
    if (t.kind !== "instance" || t.cls.startsWith("lib:builtins#")) continue;
    if (call(inf, t, "__bool__", NO_ARGUMENTS, targets) === null) call(inf, t, "__len__", NO_ARGUMENTS, targets);
  }
}

/** `value[index]`. */
export function subscript(inf: Inference, type: Type, index: Type, targets: Target[]): Type {
  return union(
    alternatives(type).flatMap((t) => {
      if (t.kind === "none") return [];
      if (t.kind === "tuple") return [union(t.items)];
      if (t.kind === "text") return [builtin("str")];
      if (t.kind !== "instance") return [UNKNOWN];
      const args = single(index);
      const declared = keyOfTypedDict(inf, t, index);
      return [declared.kind === "unknown" ? (call(inf, t, "__getitem__", args, targets) ?? UNKNOWN) : declared];
    }),
  );
}

/** What a `TypedDict` says about a key. */
function keyOfTypedDict(inf: Inference, type: Instance, index: Type): Type {
  if (index.kind !== "text" || !isSubclass(inf.program, type.cls, "lib:builtins#dict")) return UNKNOWN;
  const member = findMember(inf.program, type, index.value);
  const declared = member?.bindings.find((b) => b.kind === "variable");
  if (!member || declared?.kind !== "variable" || !declared.annotation) return UNKNOWN;
  return annotationType(inf.program, declared.annotation, { key: member.owner.origin.key, owner: member.owner.id });
}

function runsBody(inf: Inference, fn: string): string | null {
  const entity = functionEntity(inf.program, fn);
  return entity && !entity.origin.isStub && !entity.isAsync ? fn : null;
}

function firstArgument(type: Type): Type {
  return type.kind === "instance" ? (type.args[0] ?? UNKNOWN) : UNKNOWN;
}
