/** What happens to a value without a call being written: it is awaited, iterated, entered, indexed, tested. */
import { classEntity, functionEntity } from "../../names/program.ts";
import { annotationType } from "../annotations.ts";
import { classInfo, findMember, isNamedTuple, isSubclass } from "../classes.ts";
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
      if (t.kind === "lazy") {
        for (const o of t.over) iterate(inf, o, isAsync, targets);
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

/** What `next(value)` runs: of an object its `__next__`, whatever making the iterator took. */
export function step(inf: Inference, type: Type, targets: Target[]): void {
  for (const t of alternatives(type))
    if (t.kind === "instance") call(inf, t, "__next__", NO_ARGUMENTS, targets);
    else iterate(inf, t, false, targets);
}

/** An iterator over `sources` that gives `item` each time: what going through them runs, going through it runs. */
export function lazily(inf: Inference, sources: readonly Type[], item: Type): Type {
  const over = sources.filter((t) => {
    const targets: Target[] = [];
    iterate(inf, t, false, targets);
    return targets.some((target) => target.works.length > 0 || target.runs !== null);
  });
  return over.length > 0 ? { kind: "lazy", over, item } : { kind: "instance", cls: ITERATOR, args: [item] };
}

export const ITERATOR = "lib:typing#Iterator";

/** What `with value as x` binds. */
export function enter(inf: Inference, type: Type, isAsync: boolean, targets: Target[]): Type {
  return union(
    alternatives(type).map((t) => {
      if (t.kind === "generator" && t.context) {
        if (!isAsync) targets.push({ ...NO_TARGET, id: t.fn, runs: runsBody(inf, t.fn) });
        return t.item;
      }
      if (t.kind === "body") return t;
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

/** Calls the method `name` of those of a value's alternatives that the project or a stub gives one. */
export function onEach(inf: Inference, type: Type, name: string, args: Arguments, targets: Target[]): void {
  for (const t of alternatives(type))
    if (t.kind === "instance" && !t.cls.startsWith("lib:builtins#")) call(inf, t, name, args, targets);
}

/** What the fields of a `NamedTuple` are, in order; null for anything else. */
export function fieldsOfTuple(inf: Inference, type: Type): readonly Type[] | null {
  if (type.kind !== "instance") return null;
  for (const ancestor of classInfo(inf.program, type.cls).ancestors) {
    const entity = classEntity(inf.program, ancestor.cls);
    if (!entity || !isNamedTuple(inf.program, entity)) continue;
    const scope = { key: entity.origin.key, owner: entity.id };
    const fields = [...entity.members.values()].flatMap((bindings) =>
      bindings.flatMap((b) =>
        b.kind === "variable" && b.annotation ? [annotationType(inf.program, b.annotation, scope)] : [],
      ),
    );
    return fields;
  }
  return null;
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
      const known = heldUnder(inf, t, index);
      return [known ?? call(inf, t, "__getitem__", single(index), targets) ?? UNKNOWN];
    }),
  );
}

/** What a dictionary holds under a constant key, as far as a `TypedDict` or the place where it was made says so; null where they do not. */
export function heldUnder(inf: Inference, type: Instance, index: Type): Type | null {
  if (index.kind !== "text" || !isSubclass(inf.program, type.cls, "lib:builtins#dict")) return null;
  if (type.entries) return type.entries.find(([key]) => key === index.value)?.[1] ?? UNKNOWN;
  const member = findMember(inf.program, type, index.value);
  const declared = member?.bindings.find((b) => b.kind === "variable");
  if (!member || declared?.kind !== "variable" || !declared.annotation) return null;
  return annotationType(inf.program, declared.annotation, { key: member.owner.origin.key, owner: member.owner.id });
}

function runsBody(inf: Inference, fn: string): string | null {
  const entity = functionEntity(inf.program, fn);
  return entity && !entity.origin.isStub && !entity.isAsync ? fn : null;
}

function firstArgument(type: Type): Type {
  return type.kind === "instance" ? (type.args[0] ?? UNKNOWN) : UNKNOWN;
}
