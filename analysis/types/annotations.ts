/**
 * From an annotation to a type.
 *
 * Purely by declarations: nothing here looks into a body, so the result never depends on what was inferred. What it cannot read is unknown.
 */
import type { ClassId } from "../names/outline.ts";
import { classEntity, dottedNameOfId, functionEntity, type Program } from "../names/program.ts";
import { type Meaning, meaningsOf } from "../names/resolve.ts";
import { typeInString } from "../syntax/index.ts";
import type { Call, Expression, TypeParameter } from "../syntax/tree.ts";
import { findMember } from "./classes.ts";
import { builtin, instance, NONE, SELF, type Type, UNKNOWN, union } from "./type.ts";

/** Where a name in an annotation is looked up: a module, and the class it stands in. */
export interface AnnotationScope {
  readonly key: string;
  readonly owner: ClassId | null;
  /** Those of the function whose annotation it is. */
  readonly typeParameters?: readonly TypeParameter[];
}

/** The type of a value annotated `e`. */
export function annotationType(program: Program, e: Expression, scope: AnnotationScope): Type {
  if (!scope.key.startsWith("lib:")) return read(program, e, scope, 0);
  let known = inStubs.get(program);
  if (!known) {
    known = new WeakMap();
    inStubs.set(program, known);
  }
  let type = known.get(e);
  if (!type) {
    type = read(program, e, scope, 0);
    known.set(e, type);
  }
  return type;
}

/** What annotations in stubs mean: no edit changes it, for stubs import stubs only, and each stands in one scope. */
const inStubs = new WeakMap<Program, WeakMap<Expression, Type>>();

/** What `Annotated[T, …]` says besides the type, also where the annotation is a name for one; each with where its names are looked up. */
export function annotatedWith(
  program: Program,
  e: Expression,
  scope: AnnotationScope,
  depth = 0,
): readonly { readonly value: Expression; readonly scope: AnnotationScope }[] {
  if (depth > DEEPEST) return [];
  if (e.kind === "binary" && e.operator === "|")
    return [e.left, e.right].flatMap((side) => annotatedWith(program, side, scope, depth + 1));
  if (e.kind === "subscript") {
    const items = e.index.kind === "collection" ? e.index.items : [e.index];
    const isAnnotated = referenceMeanings(program, e.value, scope).some((m) => specialName(program, m) === "Annotated");
    const inner = items[0] ? annotatedWith(program, items[0], scope, depth + 1) : [];
    return isAnnotated ? [...items.slice(1).map((value) => ({ value, scope })), ...inner] : inner;
  }
  return referenceMeanings(program, e, scope).flatMap((m) => {
    if (m.kind !== "variable") return [];
    const bindings = program.outline(m.key)?.names.get(m.name) ?? [];
    const values = bindings.flatMap((b) => (b.kind === "variable" && b.value ? [b.value] : []));
    return values.flatMap((value) => annotatedWith(program, value, { key: m.key, owner: null }, depth + 1));
  });
}

/** What an expression made of names, dots and brackets refers to; empty for anything else. */
export function referenceMeanings(program: Program, e: Expression, scope: AnnotationScope): readonly Meaning[] {
  if (e.kind === "name") return nameMeanings(program, e.id, scope);
  if (e.kind !== "attribute") return [];
  const found: Meaning[] = [];
  for (const base of referenceMeanings(program, e.value, scope)) {
    if (base.kind === "module") {
      if (base.key !== null) found.push(...meaningsOf(program, base.key, e.name));
      else found.push({ kind: "outside", name: `${base.name}.${e.name}` });
      if (base.key !== null && found.length === 0 && base.key.startsWith("lib:"))
        found.push({ kind: "outside", name: `${base.name}.${e.name}` });
    } else if (base.kind === "class") {
      const bindings = classEntity(program, base.id)?.members.get(e.name) ?? [];
      for (const b of bindings) if (b.kind === "class" || b.kind === "function") found.push(b);
    } else if (base.kind === "outside" && base.name !== null)
      found.push({ kind: "outside", name: `${base.name}.${e.name}` });
    else if (base.kind === "variable") found.push(...classesOn(program, base, e.name));
  }
  return found;
}

/** The dotted name of what is referred to, null where nothing is certain. */
export function dottedNameOf(program: Program, m: Meaning): string | null {
  switch (m.kind) {
    case "function":
    case "class":
      return dottedNameOfId(program, m.id);
    case "module":
    case "outside":
      return m.name;
    case "variable":
      return dottedNameOfId(program, `${m.key}#${m.name}`);
    default:
      return m satisfies never;
  }
}

/** Classes that an instance has as attributes: `db.Model` where `db = SQLAlchemy()`. */
function classesOn(program: Program, variable: Meaning & { kind: "variable" }, name: string): Meaning[] {
  const found: Meaning[] = [];
  for (const b of program.outline(variable.key)?.names.get(variable.name) ?? []) {
    if (b.kind !== "variable" || b.value?.kind !== "call") continue;
    for (const made of referenceMeanings(program, b.value.callee, { key: variable.key, owner: null })) {
      if (made.kind !== "class") continue;
      const held = findMember(program, { cls: made.id, args: [] }, name);
      for (const member of held?.bindings ?? []) {
        if (member.kind === "class") found.push(member);
        if (member.kind !== "variable" || !member.annotation) continue;
        const type = annotationType(program, member.annotation, { key: held!.owner.origin.key, owner: held!.owner.id });
        if (type.kind === "class") found.push({ kind: "class", id: type.cls });
      }
    }
  }
  return found;
}

/** Aliases of aliases deeper than this are cycles. */
const DEEPEST = 12;

function nameMeanings(program: Program, name: string, scope: AnnotationScope): readonly Meaning[] {
  for (let owner = scope.owner; owner !== null; ) {
    const entity = classEntity(program, owner);
    if (!entity) break;
    const nested = entity.members.get(name)?.filter((b) => b.kind === "class");
    if (nested && nested.length > 0) return nested as readonly Meaning[];
    owner = entity.outer;
  }
  const found = meaningsOf(program, scope.key, name);
  return found.length > 0 ? found : meaningsOf(program, "lib:builtins", name);
}

function read(program: Program, e: Expression, scope: AnnotationScope, depth: number): Type {
  if (depth > DEEPEST) return UNKNOWN;
  switch (e.kind) {
    case "literal":
      return e.text === "None" ? NONE : UNKNOWN;
    case "string": {
      // Where nothing but the use as a type says that it is one: `cast("Client", x)`, `bound="Client"`.
      const type = typeInString(e);
      return type ? read(program, type, scope, depth + 1) : UNKNOWN;
    }
    case "name": {
      const variable = typeParameter(program, e.id, scope);
      if (variable) return variable;
      return union(referenceMeanings(program, e, scope).map((m) => named(program, m, [], depth)));
    }
    case "attribute":
      return union(referenceMeanings(program, e, scope).map((m) => named(program, m, [], depth)));
    case "binary":
      if (e.operator !== "|") return UNKNOWN;
      return union([read(program, e.left, scope, depth + 1), read(program, e.right, scope, depth + 1)]);
    case "subscript": {
      const items = e.index.kind === "collection" && e.index.form === "tuple" ? e.index.items : [e.index];
      return union(
        referenceMeanings(program, e.value, scope).map((m) => subscripted(program, m, items, scope, depth + 1)),
      );
    }
    default:
      return UNKNOWN;
  }
}

/** What `def f[T](…)` and `class C[T]:` call `T`; null where `name` is none of theirs. */
function typeParameter(program: Program, name: string, scope: AnnotationScope): Type | null {
  const own = scope.typeParameters?.find((p) => p.name === name);
  if (own) return typeVariable(program, own, scope);
  for (let owner = scope.owner; owner !== null; ) {
    const entity = classEntity(program, owner);
    const found = entity?.typeParameters.find((p) => p.name === name);
    if (found) return typeVariable(program, found, { key: scope.key, owner: entity!.outer });
    owner = entity?.outer ?? null;
  }
  return null;
}

/** The type variable that a type parameter is. */
export function typeVariable(program: Program, p: TypeParameter, scope: AnnotationScope): Type {
  const bound = p.bound ? read(program, p.bound, { key: scope.key, owner: scope.owner }, 1) : null;
  return { kind: "typevar", name: p.name, bound };
}

/** A reference used as an annotation, with type arguments already read. */
function named(program: Program, m: Meaning, args: readonly Type[], depth: number): Type {
  const special = args.length === 0 ? SPECIAL_NAMES.get(specialName(program, m)) : undefined;
  if (special) return special;
  if (m.kind === "class") return instance(m.id, args);
  if (m.kind === "variable") return alias(program, m.key, m.name, depth);
  if (m.kind === "outside") return { kind: "unknown", name: m.name };
  return UNKNOWN;
}

/** `X` where the module says `X = …`. */
function alias(program: Program, key: string, name: string, depth: number): Type {
  const bindings = program.outline(key)?.names.get(name) ?? [];
  const found: Type[] = [];
  for (const b of bindings) {
    if (b.kind !== "variable" || b.value === null) continue;
    if (b.value.kind === "call") {
      const callee = b.value.callee;
      const last = callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "";
      if (last === "TypeVar") found.push({ kind: "typevar", name, bound: boundOf(program, b.value, key, depth) });
      else if (last === "NewType" && b.value.args[1])
        found.push(read(program, b.value.args[1], { key, owner: null }, depth + 1));
      else found.push(...classMadeBy(program, b.value.callee, { key, owner: null }));
    } else found.push(read(program, b.value, { key, owner: null }, depth + 1));
  }
  return union(found);
}

/** What a `TypeVar` stands for at least: its bound, or any of its constraints. */
function boundOf(program: Program, made: Call, key: string, depth: number): Type | null {
  const bound = made.keywords.find((k) => k.name === "bound")?.value;
  const limits = bound ? [bound] : made.args.slice(1);
  if (limits.length === 0) return null;
  return union(limits.map((e) => read(program, e, { key, owner: null }, depth + 1)));
}

/** Instances of the class that a factory declared `-> type[X]` gives: `Base = declarative_base()`. */
function classMadeBy(program: Program, callee: Expression, scope: AnnotationScope): Type[] {
  return referenceMeanings(program, callee, scope).flatMap((m) => {
    const entity = m.kind === "function" ? functionEntity(program, m.id) : undefined;
    if (!entity?.returns) return [];
    const { origin, owner, typeParameters } = entity;
    const type = annotationType(program, entity.returns, { key: origin.key, owner, typeParameters });
    return type.kind === "class" ? [instance(type.cls, type.args)] : [];
  });
}

const SPECIAL_NAMES = new Map<string, Type>([
  ["Self", SELF],
  ["Any", UNKNOWN],
  ["None", NONE],
  // Without brackets they leave it to the value.
  ["Final", UNKNOWN],
  ["ClassVar", UNKNOWN],
  ["Callable", { kind: "callable", result: UNKNOWN }],
]);

/** "Optional" for `typing.Optional`, whichever module of the typing family it came from; "" for others. */
function specialName(program: Program, m: Meaning): string {
  const name = dottedNameOf(program, m);
  if (name === null) return "";
  const dot = name.lastIndexOf(".");
  return TYPING_MODULES.has(name.slice(0, dot)) ? name.slice(dot + 1) : dot < 0 ? `builtin ${name}` : "";
}

const TYPING_MODULES = new Set(["typing", "typing_extensions", "collections.abc"]);

function subscripted(
  program: Program,
  m: Meaning,
  items: readonly Expression[],
  scope: AnnotationScope,
  depth: number,
): Type {
  const at = (i: number): Type => (items[i] ? read(program, items[i], scope, depth) : UNKNOWN);
  switch (specialName(program, m)) {
    case "Optional":
      return union([at(0), NONE]);
    case "Union":
      return union(items.map((_, i) => at(i)));
    case "Annotated":
    case "ClassVar":
    case "Final":
    case "Required":
    case "NotRequired":
    case "ReadOnly":
      return at(0);
    case "Literal":
      return UNKNOWN;
    case "Type":
    case "builtin type":
      return classOf(at(0));
    case "Awaitable":
    case "Coroutine":
      return { kind: "awaitable", result: at(items.length - 1) };
    case "Callable":
      return { kind: "callable", result: at(items.length - 1) };
    case "Tuple":
    case "builtin tuple": {
      const last = items[items.length - 1];
      if (items.length === 2 && last?.kind === "literal" && last.text === "...") return builtin("tuple", [at(0)]);
      return { kind: "tuple", items: items.map((_, i) => at(i)) };
    }
    case "List":
      return builtin("list", [at(0)]);
    case "Dict":
    case "DefaultDict":
    case "OrderedDict":
      return builtin("dict", [at(0), at(1)]);
    case "Set":
    case "FrozenSet":
      return builtin("set", [at(0)]);
    default:
      return named(
        program,
        m,
        items.map((_, i) => at(i)),
        depth,
      );
  }
}

/** `type[T]` for a value of type `T`. */
export function classOf(type: Type): Type {
  if (type.kind === "instance") return { kind: "class", cls: type.cls, args: type.args };
  if (type.kind === "typevar" || type.kind === "self") return { kind: "callable", result: type, isClass: true };
  if (type.kind === "union") return union(type.members.map(classOf));
  return UNKNOWN;
}
