/**
 * Functions that are given to others uncalled, and where those run them: a loop or a framework calls them on the event loop, an executor in a
 * thread. A stub says so of a library (`runs_on`, `offloads`); of the project's own functions it is seen from what they do with a parameter.
 *
 * Only what is certain is noted: a function given to something nobody knows runs nobody knows where.
 */
import { keptQuestion } from "../../base/memo.ts";
import type { FunctionEntity, FunctionId } from "../../names/outline.ts";
import { classEntity, functionEntity, type Program } from "../../names/program.ts";
import type { Verbs } from "../../names/verbs.ts";
import type { Expression } from "../../syntax/tree.ts";
import { referenceMeanings } from "../annotations.ts";
import { classInfo } from "../classes.ts";
import { followsParameter } from "../functions.ts";
import type { HandedOver } from "../record.ts";
import { alternatives, type Type, UNKNOWN } from "../type.ts";
import { type Arguments, type Bound, bindArguments, holds } from "./arguments.ts";
import { evaluateArguments } from "./calls.ts";
import { evaluate } from "./expressions.ts";
import { readPending } from "./functions.ts";
import { methodOf } from "./members.ts";
import type { Frame, Inference } from "./state.ts";

type Where = HandedOver["where"];

/** Notes functions among the arguments of a call that the callee runs later or elsewhere. */
export function noteHandedOver(
  inf: Inference,
  callee: FunctionEntity,
  verbs: Verbs,
  bound: readonly Bound[],
  args: Arguments,
): void {
  if (inf.frame.quiet > 0 || inf.frame.env.dead) return;
  const { isStub } = callee.origin;
  if (isStub) noteServed(inf, callee, verbs, bound);
  if (isStub && (verbs.runsOn === null || verbs.runsOverrides) && verbs.offloads.length === 0) return;
  for (const { parameter, argument } of bound) {
    if (!alternatives(argument.type).some((t) => t.kind === "parameter" || givable(inf, t) !== undefined)) continue;
    const { name, form } = parameter;
    if (isStub) {
      if (verbs.offloads.includes(name)) give(inf, argument.type, "thread", nameOf(callee));
      else if (form !== "args" && form !== "kwargs") {
        const where = placeOf(verbs, bound, args);
        if (where !== null) give(inf, argument.type, where, nameOf(callee));
      }
      continue;
    }
    if (!followsParameter(inf.program, callee, parameter)) continue;
    const facts = inf.askParameters(callee.id);
    if (facts?.offloaded.includes(name)) give(inf, argument.type, "thread", nameOf(callee));
    else if (facts?.looped.includes(name)) give(inf, argument.type, "loop", nameOf(callee));
  }
}

/** Notes the function that a decorator called like a function is given: `app.get("/path")(handler)`. */
export function noteGivenToDecorator(inf: Inference, decorator: Expression, args: Arguments): void {
  if (inf.frame.quiet > 0 || decorator.kind !== "call" || !args.list.some((a) => isHandable(a.type))) return;
  const effect = effectOf(inf, decorator);
  const [first] = args.list;
  const by = servingDecorator(inf, [decorator]);
  if (by !== null && first) serve(inf, first.type, by, null);
  if (effect && first) give(inf, first.type, effect.where, effect.by);
}

/** Notes what the decorators of a nested function do with it. */
export function noteDecorated(inf: Inference, id: FunctionId, decorators: readonly Expression[]): void {
  if (inf.frame.quiet > 0) return;
  const by = servingDecorator(inf, decorators);
  if (by !== null) inf.served.push({ fn: id, by, request: null });
  const effect = effectOfDecorators(inf, decorators);
  if (effect) inf.handed.push({ fn: id, ...effect });
}

/** Notes that a parameter of the function being read, or of one around it, is called here. */
export function noteParameterCalled(inf: Inference, { of, name }: Type & { kind: "parameter" }): void {
  const { frame } = inf;
  if (frame.quiet > 0) return;
  if (of === frame.id) {
    frame.called.add(name);
    return;
  }
  frame.borrowed.push({ of, name });
  if (frame.def?.isAsync) frameOf(inf, of)?.looped.add(name);
}

/** Where decorators make a function run: the innermost that decides. Null where none does. */
export function effectOfDecorators(inf: Inference, decorators: readonly Expression[]): Omit<HandedOver, "fn"> | null {
  for (let i = decorators.length - 1; i >= 0; i--) {
    const effect = effectOf(inf, decorators[i]!);
    if (effect) return effect;
  }
  return null;
}

/** The name of the first decorator that makes a framework run what it decorates for each request; null where none does. */
export function servingDecorator(inf: Inference, decorators: readonly Expression[]): string | null {
  for (const d of decorators) {
    const head = d.kind === "call" ? d.callee : d;
    for (const t of alternatives(inf.quietly(() => evaluate(inf, head)))) {
      const entity = t.kind === "function" ? functionEntity(inf.program, t.fn) : undefined;
      const verbs = entity?.origin.isStub ? inf.program.verbs(entity.id) : null;
      if (entity && verbs?.handlesRequests && !verbs.runsOverrides) return nameOf(entity);
    }
  }
  return null;
}

/** Notes handlers and dependencies among the arguments of a call; of a class that is a dependency its constructor. */
function noteServed(inf: Inference, callee: FunctionEntity, verbs: Verbs, bound: readonly Bound[]): void {
  const handles = verbs.handlesRequests !== null && !verbs.runsOverrides;
  if (!handles && verbs.injects === null) return;
  for (const { parameter, argument } of bound) {
    if (parameter.form === "args" || parameter.form === "kwargs") continue;
    if (verbs.responders === null) serve(inf, argument.type, nameOf(callee), verbs.requestClass);
    else serveMethods(inf, argument.type, nameOf(callee), verbs.requestClass, verbs.responders);
  }
}

/** Notes the methods of an object, or of each in a list, whose names begin with `prefix`: those a framework calls for each request. */
function serveMethods(inf: Inference, type: Type, by: string, request: string | null, prefix: string): void {
  for (const t of alternatives(type)) {
    if (t.kind === "instance" && t.cls === "lib:builtins#list") {
      serveMethods(inf, t.args[0] ?? UNKNOWN, by, request, prefix);
      continue;
    }
    if (t.kind !== "instance") continue;
    for (const { cls } of classInfo(inf.program, t.cls).ancestors) {
      const entity = classEntity(inf.program, cls);
      if (!entity || entity.origin.isStub) continue;
      for (const [name, bindings] of entity.members) {
        if (!name.startsWith(prefix)) continue;
        for (const b of bindings) if (b.kind === "function") inf.served.push({ fn: b.id, by, request });
      }
    }
  }
}

/** Notes what a framework calls for each request: functions, objects that can be called, constructors. `request`: the class of what they are given. */
export function serve(inf: Inference, type: Type, by: string, request: string | null): void {
  for (const t of alternatives(type)) {
    const method =
      t.kind === "class"
        ? methodOf(inf, { kind: "instance", cls: t.cls, args: t.args }, "__init__")
        : t.kind === "instance"
          ? methodOf(inf, t, "__call__")
          : null;
    const fn = t.kind === "function" ? t.fn : method?.fn;
    if (fn !== undefined && functionEntity(inf.program, fn)?.origin.isStub === false)
      inf.served.push({ fn, by, request });
  }
}

/** Where the project's own decorators make a function run. They are found by name, so that it costs little to ask at every call. */
export function wrapperOf(inf: Inference, entity: FunctionEntity): Where | null {
  const scope = { key: entity.origin.key, owner: entity.owner };
  for (let i = entity.decorators.length - 1; i >= 0; i--) {
    const d = entity.decorators[i]!;
    for (const m of referenceMeanings(inf.program, d.kind === "call" ? d.callee : d, scope)) {
      if (m.kind !== "function" || m.id.startsWith("lib:")) continue;
      const made = d.kind === "call" ? alternatives(inf.ask({ what: "returns", id: m.id, name: "" })) : null;
      const decorating = made?.flatMap((t) => (t.kind === "function" ? [t.fn] : [])) ?? [m.id];
      for (const fn of decorating) {
        const where = placeOfFirst(inf, fn);
        if (where !== null) return where;
      }
    }
  }
  return null;
}

function effectOf(inf: Inference, decorator: Expression): Omit<HandedOver, "fn"> | null {
  const head = decorator.kind === "call" ? decorator.callee : decorator;
  const heads = alternatives(inf.quietly(() => evaluate(inf, head)));
  for (const t of heads) {
    const entity = t.kind === "function" ? functionEntity(inf.program, t.fn) : undefined;
    if (t.kind !== "function" || !entity?.origin.isStub) continue;
    const verbs = inf.program.verbs(entity.id);
    if (verbs.offloads.length > 0) return { where: "thread", by: nameOf(entity) };
    if (verbs.runsOn === null) continue;
    const args = decorator.kind === "call" ? inf.quietly(() => evaluateArguments(inf, decorator)) : null;
    const bound = args ? bindArguments(entity.parameters, (t.receiver ? 1 : 0) + t.given, args) : [];
    const where = placeOf(verbs, bound, args);
    if (where !== null) return { where, by: nameOf(entity) };
  }
  if (!heads.some((t) => t.kind === "function" && functionEntity(inf.program, t.fn)?.origin.isStub === false))
    return null;
  const made = decorator.kind === "call" ? alternatives(inf.quietly(() => evaluate(inf, decorator))) : heads;
  for (const t of made) {
    const where = t.kind === "function" ? placeOfFirst(inf, t.fn) : null;
    if (where !== null && t.kind === "function") return { where, by: headName(head) };
  }
  return null;
}

/** Where a stub says that a function given to its callable runs; null where the arguments excuse it, or may. */
function placeOf(verbs: Verbs, bound: readonly Bound[], args: Arguments | null): Where | null {
  if (verbs.runsOn === null || verbs.runsOnUnless === null || args === null) return verbs.runsOn;
  return holds(verbs.runsOnUnless, bound, args, () => null) === false ? verbs.runsOn : null;
}

/** Where a function of the project has its first parameter run. */
function placeOfFirst(inf: Inference, fn: FunctionId): Where | null {
  const first = inf.program.memo.get(FIRST, fn) ?? null;
  if (first === null) return null;
  const facts = inf.askParameters(fn);
  if (facts?.offloaded.includes(first)) return "thread";
  return facts?.looped.includes(first) ? "loop" : null;
}

/** What a function of the project calls its first argument. All callers of what it decorates ask, and what else it takes is nothing to them. */
const FIRST = keptQuestion(
  "first parameter",
  (program: Program, fn): string | null => {
    const entity = functionEntity(program, fn);
    if (!entity || entity.origin.isStub) return null;
    return entity.parameters[entity.owner === null ? 0 : 1]?.name ?? null;
  },
  (a, b) => a === b,
);

function give(inf: Inference, type: Type, where: Where, by: string): void {
  for (const t of alternatives(type)) {
    if (t.kind === "parameter") note(inf, t, where);
    const entity = givable(inf, t);
    if (!entity) continue;
    inf.handed.push({ fn: entity.id, where, by });
    // What a nested function calls, runs where the nested function does.
    if (entity.parent === null) continue;
    for (const parameter of readPending(inf, entity.id)?.borrowed ?? []) note(inf, parameter, where);
  }
}

/** The function of the project that a value is, or that calling it runs. */
function givable(inf: Inference, type: Type): FunctionEntity | undefined {
  if (type.kind !== "function" && (type.kind !== "instance" || type.cls.startsWith("lib:"))) return undefined;
  const fn = type.kind === "function" ? type.fn : methodOf(inf, type, "__call__")?.fn;
  const entity = fn === undefined ? undefined : functionEntity(inf.program, fn);
  return entity?.origin.isStub === false ? entity : undefined;
}

function note(inf: Inference, parameter: { readonly of: FunctionId; readonly name: string }, where: Where): void {
  const frame = frameOf(inf, parameter.of);
  if (frame) (where === "loop" ? frame.looped : frame.offloaded).add(parameter.name);
}

/** The function being read, or one around it, by its identifier. */
function frameOf(inf: Inference, id: FunctionId): Frame | null {
  let frame: Frame | null = inf.frame;
  while (frame && frame.id !== id) frame = frame.parent;
  return frame;
}

function isHandable(type: Type): boolean {
  return type.kind === "function" || type.kind === "parameter" || type.kind === "instance";
}

/** `add_get`; for a constructor its class. */
function nameOf(entity: FunctionEntity): string {
  return entity.name === "__init__" ? (entity.qualifiedName.split(".").at(-2) ?? "") : entity.name;
}

function headName(head: Expression): string {
  return head.kind === "name" ? head.id : head.kind === "attribute" ? head.name : "a decorator";
}
