/**
 * Where keys become columns or attributes: `Model(**data)`, `.update(**data)`, `setattr(x, key, value)`, and functions of the project that do so
 * with a parameter.
 *
 * A class of the project with an `__init__` of its own takes what that names; only one that hands its `**kwargs` on counts.
 */
import { classEntity, dottedNameOfId, functionEntity } from "../../names/program.ts";
import type { Call } from "../../syntax/tree.ts";
import { classInfo, findMember } from "../classes.ts";
import { followsParameter } from "../functions.ts";
import type { Target } from "../record.ts";
import { alternatives, instance, type Type, UNKNOWN } from "../type.ts";
import { type Argument, type Arguments, bindArguments } from "./arguments.ts";
import { type Body, bodyAt, bodyIn } from "./bodies.ts";
import { type Inference, textOf } from "./state.ts";

/** Data of a request of which the client chose the keys: unchecked data, or a dict made of it. */
export function massIn(inf: Inference, type: Type): Body | null {
  const body = bodyIn(type);
  if (body) return body.picked || bodyAt(inf, body).closed ? null : body;
  for (const t of alternatives(type)) {
    if (t.kind !== "instance" || t.cls !== "lib:builtins#dict") continue;
    const keys = bodyIn(t.args[0] ?? UNKNOWN);
    if (keys && !keys.picked && !bodyAt(inf, keys).closed) return keys;
  }
  return null;
}

/** Keys and values of a parameter of the function being read; null where it is no parameter. */
export function partsOf(inf: Inference, type: Type): Type | null {
  const all = alternatives(type);
  // What an annotation says they are, they are: `clients: dict[str, Client]`.
  if (all.some((t) => t.kind === "instance" && t.args.some(isObject))) return null;
  for (const t of all)
    if ((t.kind === "parameter" || t.kind === "part") && t.of === inf.frame.id)
      return { kind: "part", of: t.of, name: t.name };
  return null;
}

function isObject(type: Type): boolean {
  return alternatives(type).some((t) => t.kind === "instance" && !t.cls.startsWith("lib:builtins#"));
}

/** `{**data}`: a dict that has the keys of `data`. */
export function spreadKeys(inf: Inference, type: Type, keys: Type[], values: Type[]): void {
  const body = bodyIn(type);
  const part: Type | null = body ? { ...body, whole: false } : partsOf(inf, type);
  if (!part) return;
  keys.push(part);
  values.push(part);
}

/** `set(data) - ALLOWED`: whoever works out which keys do not belong there turns them away. */
export function comparesKeys(inf: Inference, body: Body, operator: string): boolean {
  if (operator !== "-" && operator !== "&") return false;
  bodyAt(inf, body).closed = true;
  return true;
}

/** Notes that keys of unchecked data, or of a parameter, become columns or attributes by a call. */
export function noteAssignment(
  inf: Inference,
  e: Call,
  targets: readonly Target[],
  argument: Argument,
  args: Arguments,
): boolean {
  const found = massIn(inf, argument.type) ?? setBody(inf, argument);
  const mass = found?.parameter ? null : found;
  const own = alternatives(argument.type).flatMap((t) => {
    if ((t.kind === "parameter" || t.kind === "part") && t.of === inf.frame.id) return [t.name];
    if (t.kind !== "instance" || t.cls !== "lib:builtins#dict") return [];
    return alternatives(t.args[0] ?? UNKNOWN).flatMap((k) =>
      k.kind === "part" && k.of === inf.frame.id ? [k.name] : [],
    );
  });
  if ((!mass && own.length === 0) || !sinkOf(inf, e, targets, argument, args)) return false;
  for (const name of own) inf.frame.assigned.add(name);
  if (!mass) return true;
  const { assigned, uses } = bodyAt(inf, mass);
  const { start, end } = e;
  // A dict inside of the data is told by where it is written.
  const index = mass.whole ? -1 : uses.findIndex((u) => u.start === mass.from);
  if (index >= 0) uses.splice(index, 1);
  if (mass.source >= 0 && !assigned.some((a) => a.start === start && a.end === end))
    assigned.push({ start, end, text: textOf(e) });
  return true;
}

/** `{"$set": data}`: unchecked data as a whole inside of a dict. */
function setBody(inf: Inference, { node, type }: Argument): Body | null {
  if (node?.kind !== "dict" || type.kind !== "instance") return null;
  const value = bodyIn(type.args[1] ?? UNKNOWN);
  return value?.whole ? massIn(inf, value) : null;
}

/** Whether the call writes every key of that argument, whatever keys there are. */
function sinkOf(inf: Inference, e: Call, targets: readonly Target[], argument: Argument, args: Arguments): boolean {
  if (argument.stars === 0 && fillsDict(e)) return args.list[0] === argument;
  const owner = inf.frame.entity?.owner;
  // A mixin's `__init__` hands on to whatever class it is mixed into; whether that has columns is asked where one is made.
  if (owner && argument.stars === 2 && isInitOfBase(e)) return hasColumns(inf, owner) || !massIn(inf, argument.type);
  return targets.some((target) => {
    if (target.id === null) return false;
    if (classEntity(inf.program, target.id)) return argument.stars === 2 && isRecord(inf, target.id);
    if (dottedNameOfId(inf.program, target.id) === "setattr") return args.list[1] === argument && isKey(argument.type);
    const entity = functionEntity(inf.program, target.id);
    if (!entity || (argument.stars !== 2 && isKey(argument.type))) return false;
    const parameter =
      argument.stars === 2
        ? entity.parameters.find((p) => p.form === "kwargs")
        : bindArguments(entity.parameters, target.receiver ? 1 : 0, args).find((b) => b.argument === argument)
            ?.parameter;
    if (!parameter) return false;
    if (entity.origin.isStub) return inf.program.verbs(target.id).assigns.includes(parameter.name);
    return followsParameter(inf.program, entity, parameter) && assigns(inf, target.runs ?? entity.id, parameter.name);
  });
}

/** `x.__dict__.update(data)`, `vars(x).update(data)`. */
function fillsDict({ callee }: Call): boolean {
  if (callee.kind !== "attribute" || callee.name !== "update") return false;
  const { value } = callee;
  if (value.kind === "attribute") return value.name === "__dict__";
  return value.kind === "call" && value.callee.kind === "name" && value.callee.id === "vars";
}

/** One key or value, not all of them. */
function isKey(type: Type): boolean {
  return alternatives(type).some((t) => t.kind === "part" || (t.kind === "body" && !t.whole));
}

/** Whether making an instance with `**data` sets columns by the names of the keys. */
function isRecord(inf: Inference, cls: string): boolean {
  if (!hasColumns(inf, cls)) return false;
  const init = findMember(inf.program, instance(cls), "__init__")?.bindings.find((b) => b.kind === "function");
  const entity = init?.kind === "function" ? functionEntity(inf.program, init.id) : undefined;
  if (!entity || entity.origin.isStub) return true;
  const rest = entity.parameters.find((p) => p.form === "kwargs");
  return rest !== undefined && assigns(inf, entity.id, rest.name);
}

/** Whether a library's base class sets whatever its constructor is given, and none checks it. */
export function hasColumns(inf: Inference, cls: string): boolean {
  const verbs = classInfo(inf.program, cls).ancestors.map((a) => inf.program.verbs(a.cls));
  return verbs.some((v) => v.assigns.length > 0) && !verbs.some((v) => v.validates.length > 0);
}

/** `super().__init__(**data)`. */
function isInitOfBase({ callee }: Call): boolean {
  if (callee.kind !== "attribute" || callee.name !== "__init__" || callee.value.kind !== "call") return false;
  const { callee: inner } = callee.value;
  return inner.kind === "name" && inner.id === "super";
}

/** Whether a function of the project does so with its parameter and nowhere hands it to somebody who may check it. */
function assigns(inf: Inference, fn: string, parameter: string): boolean {
  const facts = inf.askParameters(fn);
  if (!facts) return false;
  return facts.assigned.includes(parameter) && !facts.kept.includes(parameter);
}
