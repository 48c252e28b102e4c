/**
 * Resources that a function opens, and what becomes of them.
 *
 * Brings together who owns a value in one function (`flow/ownership.ts`) with what calls do to it: the stubs say what opens, closes and keeps; a project
 * function that returns what it opened opens it for its caller. Whatever nobody knows may close or keep the value, so nothing is said about it.
 */
import { keptQuestion } from "../base/memo.ts";
import {
  type Effect,
  type Opening,
  type ResourceFate,
  type ResourceSemantics,
  resourceFates,
} from "../flow/ownership.ts";
import type { FunctionEntity, FunctionId } from "../names/outline.ts";
import { classEntity, dottedNameOfId, functionEntity, keyOfId, type Program } from "../names/program.ts";
import type { Verbs } from "../names/verbs.ts";
import { blocksOf, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Call, Expression, Statement } from "../syntax/tree.ts";
import { referenceMeanings } from "../types/annotations.ts";
import { classInfo, findMember } from "../types/classes.ts";
import { declaredReturn, shapeOf } from "../types/functions.ts";
import { functionInfo } from "../types/inference/index.ts";
import type { FunctionInfo, Target } from "../types/record.ts";
import { alternatives, instance, type Type } from "../types/type.ts";
import { isCalm } from "./calm.ts";
import { catchesClass, raisedClass } from "./exceptions.ts";
import { computeFactory } from "./factories.ts";
import { computeOwner, isReachedInto, madeBy, type Owner } from "./owners.ts";

/** The resources opened in a function's own body; offsets count from its unit. */
export function resourcesOf(program: Program, id: FunctionId): readonly ResourceFate[] {
  const info = functionInfo(program, id);
  if (!info?.def) return [];
  // Most functions open nothing; they need no graph.
  if (!info.calls.some((c) => c.how === "call" && opensAnything(program, info, c.node))) return [];
  const semantics = semanticsOf(program, info);
  const { def } = info;
  return resourceFates(def, semantics).filter((fate) => !fate.keeps || !isReachedInto(def, fate.names));
}

function opensAnything(program: Program, info: FunctionInfo, call: Expression): boolean {
  const record = info.byNode.get(call);
  const target = record?.targets.length === 1 ? record.targets[0]! : null;
  const cls = target && madeBy(program, target);
  if (cls && ownerOf(program, cls)) return true;
  const id = target?.id ?? null;
  return id !== null && (opensWhen(program, id, false) !== null || opensWhen(program, id, true) !== null);
}

function semanticsOf(program: Program, info: FunctionInfo): ResourceSemantics {
  const entity = functionEntity(program, info.id);
  return {
    opens: (e) => openingOf(program, info, e),
    receiverEffect(call, method) {
      const targets = known(info, call);
      // Whatever it was declared to be, the name holds the resource.
      if (targets.length === 0) return CLOSING_METHODS.has(method) ? "closes" : "escapes";
      return strongest(targets.map((t) => methodEffect(program, t)));
    },
    argumentEffect(call, argument) {
      const targets = known(info, call);
      if (targets.length === 0) return "escapes";
      return strongest(targets.map((t) => argumentEffect(program, info, call, t, argument)));
    },
    closedByWith(item) {
      if (item.kind === "call" || item.kind === "await") {
        const opening = openingOf(program, info, item);
        if (opening) return opening.closedBy.includes("with");
        return known(info, item).some((t) => {
          const verbs = verbsOf(program, t);
          return verbs === null || verbs.owns.length > 0 || verbs.closes.some((c) => c !== null);
        });
      }
      const type = info.contexts.get(item);
      const opens = type ? opensOfType(program, type) : null;
      return opens === null || opens.closedBy.includes("with");
    },
    needsOpen(call) {
      const targets = known(info, call);
      const method = call.callee.kind === "attribute" ? call.callee.name : "";
      const made = targets.map((t) => (t.id === null ? null : resultOf(program, t.id)));
      if (made.length === 0 || made.includes(null)) return GIVES_WHAT_NEEDS_IT.test(method);
      return made.some((type) => type !== null && alternatives(type).some((t) => worksLater(program, t)));
    },
    cannotRaise: (call) => isCalm(program, info, call),
    suppresses(item) {
      return known(info, item).some((t) => t.id !== null && dottedNameOfId(program, t.id) === "contextlib.suppress");
    },
    resumed: entity !== undefined && shapeOf(program, entity).resumed,
    raised: (exception) => raisedClass(program, info, exception),
    catches: (type, raised) => catchesClass(program, info, type, raised),
    neverReturns(call) {
      for (const t of known(info, call)) {
        if (t.id === null || !program.verbs(t.id).neverReturns) continue;
        return /^lib:(sys|os|builtins)#/.test(t.id) ? "ends" : "raises";
      }
      return false;
    },
  };
}

/** Methods whose results work on what they came from, by the name that they commonly have. */
const GIVES_WHAT_NEEDS_IT = /^(\w*cursor|query|get_(collection|database)|channel|scalars|stream|iter\w*)$/;

/** Whether an instance goes on asking the other side: it is a resource itself, or runs statements. */
function worksLater(program: Program, type: Type): boolean {
  if (type.kind === "self") return true;
  if (type.kind !== "instance" || !classEntity(program, type.cls)?.origin.isStub) return false;
  if (opensOfClass(program, type.cls) !== null) return true;
  return ["execute", "fetchone", "fetchall", "find", "all"].some((name) => findMember(program, type, name) !== null);
}

/** What a call that was resolved leads to; nothing where a part of it is unknown. */
function known(info: FunctionInfo, e: Expression): readonly Target[] {
  const targets = info.byNode.get(e)?.targets ?? [];
  return targets.every((t) => t.id !== null) ? targets : [];
}

/** What an expression of a function opens; null for nothing, or nobody knows. */
export function openedBy(program: Program, info: FunctionInfo, e: Expression): Opening | null {
  return e.kind === "call" || e.kind === "await" ? openingOf(program, info, e) : null;
}

function openingOf(program: Program, info: FunctionInfo, e: Expression): Opening | null {
  const record = info.byNode.get(e);
  if (record?.how !== "call" || record.targets.length !== 1) return null;
  const [target] = record.targets;
  const chained = handedOn(program, info, e, target!);
  if (chained) return chained;
  const cls = e.kind === "call" ? madeBy(program, target!) : null;
  const owner = cls && ownerOf(program, cls);
  if (owner) return owner.opening;
  return target!.id === null || !target!.opens ? null : opensWhen(program, target!.id, e.kind === "await");
}

/** A resource that is opened and given back by one of its own methods in a chain: `engine.connect().execution_options(...)`. */
function handedOn(program: Program, info: FunctionInfo, e: Expression, method: Target): Opening | null {
  if (e.kind !== "call" || e.callee.kind !== "attribute" || !method.receiver || method.id === null) return null;
  const owner = functionEntity(program, method.id)?.owner;
  const made = owner && resultOf(program, method.id);
  if (!made || !(made.kind === "self" || (made.kind === "instance" && made.cls === owner))) return null;
  const from = e.callee.value;
  const opening = from.kind === "call" || from.kind === "await" ? openingOf(program, info, from) : null;
  return opening && { ...opening, from };
}

/** What calling `id` opens; that of an `async def` is there once it is awaited. */
function opensWhen(program: Program, id: string, awaited: boolean): Opening | null {
  const cls = classEntity(program, id);
  if (cls) return awaited ? null : opensOfClass(program, id);
  const entity = functionEntity(program, id);
  if (!entity || entity.isAsync !== awaited) return null;
  if (!entity.origin.isStub) return factory(program, id);
  const { opens } = program.verbs(id);
  if (!opens) return null;
  const made = declaredReturn(program, entity);
  return made === null ? { ...opens, isAsync: false } : opened(program, opens, made);
}

function resultOf(program: Program, fn: FunctionId): Type | null {
  const entity = functionEntity(program, fn);
  return entity ? declaredReturn(program, entity) : null;
}

function opensOfClass(program: Program, cls: string): Opening | null {
  for (const ancestor of classInfo(program, cls).ancestors) {
    const entity = classEntity(program, ancestor.cls);
    if (!entity?.origin.isStub) {
      // A stand-in: what its base would open is never made.
      if (entity && leavesBaseUnmade(program, ancestor.cls)) return null;
      continue;
    }
    const { opens } = program.verbs(ancestor.cls);
    if (opens) return opened(program, opens, instance(cls));
  }
  return null;
}

/** Whether a class of the project has a constructor of its own that makes nothing of its bases. */
function leavesBaseUnmade(program: Program, cls: string): boolean {
  const made = classEntity(program, cls)?.members.get("__init__") ?? [];
  return made.some(
    (b) => b.kind === "function" && !namesBaseConstructor(functionEntity(program, b.id)?.def.body ?? []),
  );
}

/** `super().__init__(...)`, `Base.__init__(self, ...)`. */
function namesBaseConstructor(body: readonly Statement[]): boolean {
  return body.some((s) => {
    let found = blocksOf(s).some(namesBaseConstructor);
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "attribute" && e.name === "__init__") found = true;
      });
    }
    return found;
  });
}

/** What an instance of a type is that has to be closed; null for everything else. */
export function opensOfType(program: Program, type: Type): Opening | null {
  for (const t of alternatives(type)) {
    const found = t.kind === "instance" ? opensOfClass(program, t.cls) : null;
    if (found) return found;
  }
  return null;
}

function opened(program: Program, opens: NonNullable<Verbs["opens"]>, made: Type): Opening {
  const closer = opens.closedBy.find((method) => method !== "with");
  const awaitsClose = alternatives(made).some((t) => {
    const member = t.kind === "instance" && closer ? findMember(program, t, closer) : null;
    return member?.bindings.some((b) => b.kind === "function" && functionEntity(program, b.id)?.isAsync) ?? false;
  });
  return { ...opens, isAsync: isAsyncResource(program, made), awaitsClose };
}

/** Whether leaving it is awaited. */
function isAsyncResource(program: Program, type: Type): boolean {
  return alternatives(type).some(
    (t) =>
      t.kind === "instance" &&
      findMember(program, t, "__aexit__") !== null &&
      findMember(program, t, "__exit__") === null,
  );
}

/** What a project function opens for its caller: every value it returns is a resource it opened itself and kept nowhere. */
function factory(program: Program, id: FunctionId): Opening | null {
  return program.memo.get(FACTORIES, id) ?? null;
}

const FACTORIES = keptQuestion<Program, Opening | null>(
  "factory",
  (program, id) => computeFactory(program, id, openingOf, argumentKeeps),
  (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b),
);

function argumentKeeps(program: Program, info: FunctionInfo, call: Call, argument: Expression): boolean {
  const targets = known(info, call);
  const index = call.args.indexOf(argument);
  const given = { index, name: null };
  return targets.length === 0 || targets.some((t) => argumentEffect(program, info, call, t, given) === "escapes");
}

type Argument = { readonly index: number | null; readonly name: string | null };

function verbsOf(program: Program, target: Target): Verbs | null {
  if (target.id === null || !target.id.startsWith("lib:")) return null;
  return program.verbs(target.id);
}

function methodEffect(program: Program, target: Target): Effect {
  const verbs = verbsOf(program, target);
  if (!verbs) return effectOnOwner(program, target);
  return verbs.closes.includes(null) ? "closes" : "uses";
}

/** What a method of the project does to the object it is called on, where that is known to keep a resource. */
function effectOnOwner(program: Program, { id, receiver }: Target): Effect {
  const owner = receiver?.kind === "instance" ? ownerOf(program, receiver.cls) : null;
  const name = id === null ? undefined : functionEntity(program, id)?.name;
  if (!owner || name === undefined || owner.givesItself.includes(name)) return "escapes";
  return owner.opening.closedBy.includes(name) ? "closes" : "uses";
}

function ownerOf(program: Program, cls: string): Owner | null {
  return program.memo.get(OWNERS, cls) ?? null;
}

const OWNERS = keptQuestion<Program, Owner | null>(
  "owner",
  (program, cls) => computeOwner(program, cls, openingOf),
  (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b),
);

function argumentEffect(
  program: Program,
  info: FunctionInfo,
  call: Call,
  target: Target,
  { index, name }: Argument,
): Effect {
  if (target.id === null) return "escapes";
  const verbs = verbsOf(program, target);
  if (!verbs) return projectEffect(program, functionEntity(program, target.id), { index, name }, !!target.receiver);
  // An object made of the value keeps it.
  if (classEntity(program, target.id)) return "escapes";
  const entity = functionEntity(program, target.id);
  if (!entity) return "escapes";
  const positional = entity.parameters.filter((p) => p.form === "positional-only" || p.form === "normal");
  const bound = target.receiver ? positional.slice(1) : positional;
  const parameter = name ?? (index === null ? undefined : bound[index]?.name);
  if (parameter !== undefined && verbs.closes.includes(parameter)) return "closes";
  if (parameter !== undefined && verbs.owns.includes(parameter)) return "escapes";
  const [runs] = [...verbs.offloads, ...verbs.spawns, ...verbs.calls];
  if (runs === undefined) {
    const rest = !entity.parameters.some((p) => p.name === parameter);
    return rest && isForCallback(program, info, call, verbs) ? "escapes" : "uses";
  }
  const at = bound.findIndex((p) => p.name === runs);
  const named = parameter !== undefined && entity.parameters.some((p) => p.name === parameter);
  if (named && verbs.calls.includes(runs)) return "uses";
  if (named || at < 0) return "escapes";
  const work = call.args[at] ?? call.keywords.find((k) => k.name === runs)?.value;
  return effectOfWork(program, info, work, { index: index === null ? null : index - at - 1, name });
}

/** Whether what a call is given besides goes to a function that it is given, too (`stack.callback(shut, connection)`). */
function isForCallback(program: Program, info: FunctionInfo, call: Call, verbs: Verbs): boolean {
  if (verbs.owns.length > 0) return true;
  const scope = { key: keyOfId(info.id), owner: null };
  return call.args.some(
    (a) => a.kind === "lambda" || referenceMeanings(program, a, scope).some(({ kind }) => kind === "function"),
  );
}

/** What becomes of a value that is handed over together with the function that is to work on it. */
function effectOfWork(program: Program, info: FunctionInfo, work: Expression | undefined, argument: Argument): Effect {
  if (!work || (argument.index ?? 0) < 0) return "escapes";
  const [meaning, ...others] = referenceMeanings(program, work, { key: keyOfId(info.id), owner: null });
  if (meaning?.kind !== "function" || others.length > 0) return "escapes";
  const entity = functionEntity(program, meaning.id);
  return entity?.origin.isStub === false && !entity.owner ? projectEffect(program, entity, argument, false) : "escapes";
}

/** What a project function does to an argument, by following its parameter as if it were opened there. */
function projectEffect(
  program: Program,
  entity: FunctionEntity | undefined,
  { index, name }: Argument,
  isBound: boolean,
): Effect {
  if (!entity || entity.isGenerator || entity.decorators.length > 0) return "escapes";
  const positional = entity.parameters.filter((p) => p.form === "positional-only" || p.form === "normal");
  const bound = isBound ? positional.slice(1) : positional;
  const parameter = name ?? (index === null ? undefined : bound[index]?.name);
  if (parameter === undefined || !entity.parameters.some((p) => p.name === parameter)) return "escapes";
  return program.memo.getNamed(HANDED, entity.id, parameter) ?? "escapes";
}

const HANDED = keptQuestion<Program, Effect>("effect", effectOn);

function effectOn(program: Program, id: FunctionId, parameter: string): Effect {
  const info = functionInfo(program, id);
  if (!info?.def) return "escapes";
  const at = { start: info.def.nameSpan.start, end: info.def.nameSpan.end };
  const handed: Call = { kind: "call", ...at, callee: { kind: "name", ...at, id: parameter }, args: [], keywords: [] };
  const arrival: Statement = {
    kind: "assign",
    ...at,
    targets: [{ kind: "name", ...at, id: parameter }],
    value: handed,
  };
  const semantics = semanticsOf(program, info);
  const [fate] = resourceFates(
    { ...info.def, body: [arrival, ...info.def.body] },
    {
      ...semantics,
      // Of an untyped parameter nobody knows the class, but what it is used for here: it is a resource.
      receiverEffect(call, method) {
        if (known(info, call).length > 0) return semantics.receiverEffect(call, method);
        return CLOSING_METHODS.has(method) ? "closes" : "uses";
      },
      opens: (e) => (e === handed ? { what: "argument", closedBy: ["with"], isAsync: false } : null),
    },
  );
  if (!fate || fate.fate === "escaped" || (fate.fate === "unsure" && !fate.closes)) return "escapes";
  return fate.fate === "leaked" && fate.leak?.kind === "never" ? "uses" : "closes";
}

/** What closing is called, whatever the class. */
const CLOSING_METHODS = new Set([
  "close",
  "aclose",
  "disconnect",
  "dispose",
  "quit",
  "release",
  "shutdown",
  "stop",
  "terminate",
  "remove",
  "logout",
]);

function strongest(effects: readonly Effect[]): Effect {
  if (effects.includes("escapes")) return "escapes";
  return effects.includes("closes") ? "closes" : "uses";
}
