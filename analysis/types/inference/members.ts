/** What an attribute of a value is; reading a property is a call. */
import type { Binding, ClassId } from "../../names/outline.ts";
import { functionEntity } from "../../names/program.ts";
import { meaningsOf } from "../../names/resolve.ts";
import { annotationType, referenceMeanings } from "../annotations.ts";
import { classInfo, findMember, type Member } from "../classes.ts";
import { declaredReturn, shapeOf } from "../functions.ts";
import type { Target } from "../record.ts";
import {
  alternatives,
  builtin,
  type FunctionType,
  type Instance,
  NO_PRESET,
  substitute,
  type Type,
  UNKNOWN,
  union,
} from "../type.ts";
import { applyFunction, NO_ARGUMENTS } from "./apply.ts";
import { single } from "./arguments.ts";
import { meaningType } from "./names.ts";
import { type Inference, perhapsOnly } from "./state.ts";

/** The attribute `name` of a value of type `base`. Targets of properties that are read are added to `reads`. */
export function memberType(inf: Inference, base: Type, name: string, reads: Target[]): Type {
  if (base.kind === "none") return UNKNOWN;
  if (base.kind !== "union") return ofOne(inf, base, name, reads);
  return union(alternatives(base).flatMap((t) => (t.kind === "none" ? [] : [ofOne(inf, t, name, reads)])));
}

/** What assigning to the attribute `name` of a value runs: the setter of a property. */
export function setProperty(inf: Inference, base: Type, name: string, value: Type, targets: Target[]): void {
  for (const t of alternatives(base)) {
    if (t.kind !== "instance") continue;
    const member = inf.member(t, name);
    for (const b of member?.bindings ?? []) {
      const entity = b.kind === "function" ? functionEntity(inf.program, b.id) : undefined;
      if (!entity?.decorators.some((d) => d.kind === "attribute" && d.name === "setter")) continue;
      const setter: FunctionType = { kind: "function", fn: entity.id, receiver: t, given: 0, preset: NO_PRESET };
      targets.push(...applyFunction(inf, setter, single(value)).targets);
    }
  }
}

/** `super().name` in a method of `owner`. */
export function superMember(inf: Inference, self: Type, owner: ClassId, name: string, reads: Target[]): Type {
  if (self.kind !== "instance" && self.kind !== "class") return UNKNOWN;
  const member = findMember(inf.program, self, name, owner);
  return member ? memberValue(inf, member, self, name, reads) : UNKNOWN;
}

/** The method `name` of a value, bound; null where it has none anybody knows of. */
export function methodOf(inf: Inference, base: Type, name: string): FunctionType | null {
  const receiver = receiverOf(base);
  if (!receiver) return null;
  const member = inf.member(receiver, name);
  if (!member) return null;
  const binding = member.bindings.find((b) => b.kind === "function");
  return binding?.kind === "function"
    ? { kind: "function", fn: binding.id, receiver, given: 0, preset: NO_PRESET }
    : null;
}

/** The instance behind values that have a class of their own. */
export function receiverOf(type: Type): Instance | null {
  switch (type.kind) {
    case "instance":
      return type;
    case "text":
      return builtin("str");
    case "tuple":
      return builtin("tuple", [union(type.items)]);
    case "lazy":
      return { kind: "instance", cls: "lib:typing#Iterator", args: [type.item] };
    case "typevar":
      return type.bound ? receiverOf(type.bound) : null;
    default:
      return null;
  }
}

function ofOne(inf: Inference, type: Type, name: string, reads: Target[]): Type {
  switch (type.kind) {
    case "module": {
      if (type.key === null) return { kind: "unknown", name: `${type.name}.${name}` };
      const meanings = meaningsOf(inf.program, type.key, name);
      if (meanings.length > 0) return union(meanings.map((m) => meaningType(inf, m)));
      return { kind: "unknown", name: type.key.startsWith("lib:") ? `${type.key.slice(4)}.${name}` : null };
    }
    case "unknown":
      return type.name === null ? UNKNOWN : { kind: "unknown", name: `${type.name}.${name}` };
    case "instance":
    case "text":
    case "tuple":
    case "lazy": {
      const receiver = receiverOf(type)!;
      const member = inf.member(receiver, name);
      return member ? memberValue(inf, member, receiver, name, reads) : dynamic(inf, receiver, name);
    }
    case "class": {
      const member = inf.member(type, name);
      return member ? memberValue(inf, member, type, name, reads) : UNKNOWN;
    }
    case "typevar":
      return type.bound ? memberType(inf, type.bound, name, reads) : UNKNOWN;
    case "callable": {
      const bound = type.isClass && type.result.kind === "typevar" ? type.result.bound : null;
      return bound?.kind === "instance" ? ofOne(inf, { ...bound, kind: "class" }, name, reads) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** What `__getattr__` of a stub gives for names the stub does not have: a method where it states work, else what it returns. */
function dynamic(inf: Inference, receiver: Instance, name: string): Type {
  if (name.startsWith("__")) return UNKNOWN;
  const method = methodOf(inf, receiver, "__getattr__");
  if (!method) return UNKNOWN;
  const entity = functionEntity(inf.program, method.fn);
  if (!entity?.origin.isStub) return UNKNOWN;
  if (inf.program.verbs(method.fn).works.length > 0) return method;
  return applyFunction(inf, method, NO_ARGUMENTS).type;
}

function memberValue(
  inf: Inference,
  member: Member,
  receiver: Type & { kind: "instance" | "class" },
  name: string,
  reads: Target[],
): Type {
  const self: Instance = { kind: "instance", cls: receiver.cls, args: receiver.args };
  const types: Type[] = [];
  let annotated = false;
  for (const b of member.bindings) {
    if (b.kind === "function") types.push(...ofFunction(inf, b.id, receiver, self, reads));
    else if (b.kind === "class") types.push({ kind: "class", cls: b.id, args: [] });
    else if (b.kind === "variable") {
      if (b.annotation) {
        const scope = { key: member.owner.origin.key, owner: member.owner.id };
        const declared = annotationType(inf.program, b.annotation, scope);
        // `client: Final = connect()` leaves it to the value.
        if (declared.kind !== "unknown" || declared.name !== null) annotated = true;
        types.push(substitute(declared, member.variables, self));
      } else if (member.owner.origin.isStub) types.push(...stubAlias(inf, member, b));
    }
  }
  const inferred =
    member.setters.length > 0 || member.bindings.some((b) => b.kind === "variable" && (!b.annotation || b.value));
  if (inferred && !annotated && !member.owner.origin.isStub)
    types.push(
      forClass(
        inf,
        substitute(inf.ask({ what: "attribute", id: member.owner.id, name }), member.variables, self),
        self,
      ),
    );
  const type = union(types);
  return receiver.kind === "instance" ? throughDescriptor(inf, type, reads) : type;
}

function ofFunction(
  inf: Inference,
  id: string,
  receiver: Type & { kind: "instance" | "class" },
  self: Instance,
  reads: Target[],
): Type[] {
  const entity = functionEntity(inf.program, id);
  if (!entity) return [];
  const shape = shapeOf(inf.program, entity);
  if (shape.secondary) return [];
  if (shape.static) return [{ kind: "function", fn: id, receiver: null, given: 0, preset: NO_PRESET }];
  if (shape.class)
    return [
      {
        kind: "function",
        fn: id,
        receiver: { kind: "class", cls: self.cls, args: self.args },
        given: 0,
        preset: NO_PRESET,
      },
    ];
  if (receiver.kind === "class") return [{ kind: "function", fn: id, receiver: null, given: 0, preset: NO_PRESET }];
  const bound: FunctionType = { kind: "function", fn: id, receiver: self, given: 0, preset: NO_PRESET };
  if (!shape.property) return [bound];
  const read = applyFunction(inf, bound, NO_ARGUMENTS);
  reads.push(...(shape.cached ? read.targets.map(perhapsOnly) : read.targets));
  return [read.type];
}

function stubAlias(inf: Inference, member: Member, b: Binding & { kind: "variable" }): Type[] {
  if (!b.value) return [];
  const scope = { key: member.owner.origin.key, owner: member.owner.id };
  return referenceMeanings(inf.program, b.value, scope).map((m) => meaningType(inf, m));
}

/** A manager and its like, made without saying for which class, works for the class that has it. */
function forClass(inf: Inference, type: Type, owner: Instance): Type {
  if (type.kind !== "instance" || type.args.some((a) => a.kind !== "unknown")) return type;
  const { parameters, ancestors } = classInfo(inf.program, type.cls);
  if (parameters.length === 0 || !ancestors.some((a) => inf.program.verbs(a.cls).belongsToClass)) return type;
  return { ...type, args: [owner, ...parameters.slice(1).map(() => UNKNOWN)] };
}

/** A class attribute that is a descriptor gives what its `__get__` says. */
function throughDescriptor(inf: Inference, type: Type, reads: Target[]): Type {
  if (type.kind !== "instance") return type;
  const get = methodOf(inf, type, "__get__");
  if (!get) return type;
  const entity = functionEntity(inf.program, get.fn);
  if (!entity || (entity.origin.isStub && !declaredReturn(inf.program, entity))) return UNKNOWN;
  const read = applyFunction(inf, get, NO_ARGUMENTS);
  reads.push(...read.targets);
  return read.type;
}
