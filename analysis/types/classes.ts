/** Classes: their parameters, bases and method resolution order, and where a member is found. */
import { keptQuestion } from "../base/memo.ts";
import type { Binding, ClassEntity, ClassId, FunctionId } from "../names/outline.ts";
import { classEntity, type Program } from "../names/program.ts";
import { meaningsOf } from "../names/resolve.ts";
import type { Expression } from "../syntax/tree.ts";
import { annotationType, dottedNameOf, referenceMeanings, typeVariable } from "./annotations.ts";
import { instance, keyOf, substitute, type Type, UNKNOWN } from "./type.ts";

/** A class with arguments for its parameters. */
export interface Ancestor {
  readonly cls: ClassId;
  readonly args: readonly Type[];
}

export interface ClassInfo {
  /** Names of its type variables, in order. */
  readonly parameters: readonly string[];
  /** The type variables themselves. */
  readonly variables: readonly Type[];
  /** Itself first; arguments in terms of its own parameters. */
  readonly ancestors: readonly Ancestor[];
  /** Whether a base is unknown, so that there may be members nobody sees. */
  readonly open: boolean;
}

export interface Member {
  readonly owner: ClassEntity;
  readonly bindings: readonly Binding[];
  /** Methods that set it through `self`. */
  readonly setters: readonly FunctionId[];
  /** What the owner's type variables stand for. */
  readonly variables: ReadonlyMap<string, Type>;
}

export function classInfo(program: Program, cls: ClassId): ClassInfo {
  return (
    program.memo.get(CLASSES, cls) ?? {
      ...CLOSED,
      ancestors: [{ cls, args: [] }],
    }
  );
}

/** Finds `name` in a class or its ancestors; null where there is no such member as far as anybody can see. */
export function findMember(program: Program, receiver: Ancestor, name: string, after?: ClassId): Member | null {
  const info = classInfo(program, receiver.cls);
  let started = after === undefined;
  for (const ancestor of info.ancestors) {
    if (!started) {
      started = ancestor.cls === after;
      continue;
    }
    const owner = classEntity(program, ancestor.cls);
    if (!owner) continue;
    const bindings = owner.members.get(name);
    const setters = owner.selfAssigned.get(name);
    if (!bindings && !setters) continue;
    const parameters = ancestor.cls === receiver.cls ? info.parameters : classInfo(program, ancestor.cls).parameters;
    const variables = parameters.length === 0 ? NO_VARIABLES : variablesOn(info, receiver, ancestor, parameters);
    return { owner, bindings: bindings ?? [], setters: setters ?? [], variables };
  }
  return null;
}

const NO_VARIABLES: ReadonlyMap<string, Type> = new Map();

/** What the type variables of an ancestor stand for on a receiver whose class is described by `info`. */
function variablesOn(
  info: ClassInfo,
  receiver: Ancestor,
  ancestor: Ancestor,
  parameters: readonly string[],
): ReadonlyMap<string, Type> {
  const given = bindParameters(info.parameters, receiver.args);
  return bindParameters(
    parameters,
    ancestor.args.map((a) => substitute(a, given, null)),
  );
}

/** Whether calling the class is left to its metaclass, which makes an instance when it sees fit: once for all callers, mostly (`metaclass=Singleton`). */
export function callsItself(program: Program, cls: ClassId): boolean {
  return program.memo.get(CALLS_ITSELF, cls) ?? false;
}

const CALLS_ITSELF = keptQuestion<Program, boolean>("calls itself", (program, cls) =>
  classInfo(program, cls).ancestors.some((ancestor) => {
    const entity = classEntity(program, ancestor.cls);
    const metaclass = entity?.origin.isStub ? undefined : entity?.keywords.find((k) => k.name === "metaclass");
    if (!entity || !metaclass) return false;
    const type = annotationType(program, metaclass.value, { key: entity.origin.key, owner: entity.outer });
    return type.kind === "instance" && findMember(program, type, "__call__") !== null;
  }),
);

/** `type` seen as an instance of the ancestor `base`: its arguments there, or null where it is none. */
export function asAncestor(program: Program, type: Ancestor, base: ClassId): readonly Type[] | null {
  if (type.cls === base) return type.args;
  const info = classInfo(program, type.cls);
  const found = info.ancestors.find((a) => a.cls === base);
  if (!found) return null;
  const given = bindParameters(info.parameters, type.args);
  return found.args.map((a) => substitute(a, given, null));
}

export function isSubclass(program: Program, cls: ClassId, base: ClassId): boolean {
  return cls === base || classInfo(program, cls).ancestors.some((a) => a.cls === base);
}

export function bindParameters(parameters: readonly string[], args: readonly Type[]): Map<string, Type> {
  return new Map(parameters.map((p, i) => [p, args[i] ?? UNKNOWN]));
}

const CLASSES = keptQuestion<Program, ClassInfo>("class", compute, sameInfo);

const CLOSED = { parameters: [], variables: [], open: true } as const;

function compute(program: Program, cls: ClassId): ClassInfo {
  const entity = classEntity(program, cls);
  if (!entity) return { ...CLOSED, ancestors: [{ cls, args: [] }] };
  const scope = { key: entity.origin.key, owner: entity.outer };
  const bases: Ancestor[] = [];
  const variables: Variable[] = [];
  for (const p of entity.typeParameters) collectVariables(typeVariable(program, p, scope), variables);
  let open = entity.keywords.some((k) => k.name === null);
  for (const base of entity.bases) {
    // `class Repository(Base[T])` and `class Repository[T](Base[T])`: the class's own parameters are known to its bases.
    const type = annotationType(program, base, { ...scope, typeParameters: entity.typeParameters });
    if (type.kind === "instance") {
      bases.push(withOwnParameters(program, cls, type));
      for (const a of bases[bases.length - 1]!.args) collectVariables(a, variables);
    } else if (type.kind === "union") {
      const known = type.members.filter((m) => m.kind === "instance");
      bases.push(...known.slice(0, 1));
      if (known.length < type.members.length) open = true;
    } else if (/\.TypedDict$/.test(markerOf(program, base, scope) ?? "")) {
      bases.push({ cls: "lib:builtins#dict", args: [instance("lib:builtins#str"), UNKNOWN] });
    } else if (markerOf(program, base, scope) !== null) {
      const index = base.kind === "subscript" ? base.index : null;
      const items = index?.kind === "collection" ? index.items : index ? [index] : [];
      for (const item of items) collectVariables(annotationType(program, item, scope), variables);
    } else open = true;
  }
  const lists: Ancestor[][] = [];
  for (const base of bases) {
    const info = base.cls === cls ? null : classInfo(program, base.cls);
    if (!info) continue;
    if (info.open) open = true;
    const given = bindParameters(info.parameters, base.args);
    lists.push(info.ancestors.map((a) => ({ cls: a.cls, args: a.args.map((t) => substitute(t, given, null)) })));
  }
  lists.push(bases.filter((b) => b.cls !== cls));
  const own: Ancestor = { cls, args: variables };
  return { parameters: variables.map((v) => v.name), variables, ancestors: [own, ...merge(lists)], open };
}

/** A generic base without arguments: its parameters become the class's own, so that what is known of an instance is not lost. */
function withOwnParameters(program: Program, cls: ClassId, base: Ancestor): Ancestor {
  if (base.args.length > 0 || base.cls === cls) return base;
  return { cls: base.cls, args: classInfo(program, base.cls).variables };
}

/** Whether a class of the project is a `NamedTuple`. */
export function isNamedTuple(program: Program, { bases, origin, outer }: ClassEntity): boolean {
  const scope = { key: origin.key, owner: outer };
  return !origin.isStub && bases.some((base) => /\.NamedTuple$/.test(markerOf(program, base, scope) ?? ""));
}

/** Whether a class of the project is a protocol itself, not only something that follows one. */
export function isProtocol(program: Program, { bases, origin, outer }: ClassEntity): boolean {
  const scope = { key: origin.key, owner: outer };
  return !origin.isStub && bases.some((base) => /\.Protocol$/.test(markerOf(program, base, scope) ?? ""));
}

/** The dotted name of bases that say what kind of class it is and have no members of their own: `Generic[T]`, `TypedDict`. */
function markerOf(program: Program, base: Expression, scope: { key: string; owner: ClassId | null }): string | null {
  const head = base.kind === "subscript" ? base.value : base;
  for (const m of referenceMeanings(program, head, scope)) {
    const name = dottedNameOf(program, m);
    if (name !== null && /^(typing|typing_extensions)\.(Generic|Protocol|NamedTuple|TypedDict)$/.test(name))
      return name;
  }
  return null;
}

type Variable = Type & { readonly kind: "typevar" };

function collectVariables(type: Type, into: Variable[]): void {
  if (type.kind === "typevar") {
    if (!into.some((v) => v.name === type.name)) into.push(type);
  } else if (type.kind === "instance" || type.kind === "class") for (const a of type.args) collectVariables(a, into);
  else if (type.kind === "tuple") for (const a of type.items) collectVariables(a, into);
  else if (type.kind === "union") for (const a of type.members) collectVariables(a, into);
}

/** C3 linearisation (Python's own order); where the bases contradict each other, which Python refuses, the first of them wins. */
function merge(lists: Ancestor[][]): Ancestor[] {
  const result: Ancestor[] = [];
  let rest = lists.filter((l) => l.length > 0);
  while (rest.length > 0) {
    const head =
      rest.map((l) => l[0]!).find((h) => !rest.some((l) => l.slice(1).some((x) => x.cls === h.cls))) ?? rest[0]![0]!;
    result.push(head);
    rest = rest.map((l) => l.filter((x) => x.cls !== head.cls)).filter((l) => l.length > 0);
  }
  return result;
}

function sameInfo(a: ClassInfo, b: ClassInfo): boolean {
  return (
    a.open === b.open &&
    a.parameters.join() === b.parameters.join() &&
    a.ancestors.length === b.ancestors.length &&
    a.ancestors.every(
      (x, i) => keyOf(instance(x.cls, x.args)) === keyOf(instance(b.ancestors[i]!.cls, b.ancestors[i]!.args)),
    )
  );
}

/** An instance of a library's class, by its dotted name; null where no stub has it. */
export function libraryClass(program: Program, dotted: string): Type | null {
  const dot = dotted.lastIndexOf(".");
  const key = program.moduleKey(dotted.slice(0, dot), "lib:builtins");
  const found =
    key === null ? undefined : meaningsOf(program, key, dotted.slice(dot + 1)).find((m) => m.kind === "class");
  return found?.kind === "class" ? instance(found.id) : null;
}
