/**
 * What calling a value does and gives.
 *
 * A call of a project function runs its body here and now, unless it is `async`, a generator or handed to a thread by decoration; then it runs when
 * awaited, iterated, or elsewhere. A call of a library function does what its stub says.
 */

import type { FunctionEntity, FunctionId } from "../../names/outline.ts";
import { classEntity, dottedNameOfId, functionEntity, plainId, specialisedId } from "../../names/program.ts";
import { joinVerbs } from "../../names/taught.ts";
import { NO_VERBS, type Verbs } from "../../names/verbs.ts";
import { asAncestor, bindParameters, callsItself, classInfo, findMember } from "../classes.ts";
import { declaredParameter, declaredReturn, followsParameter, itemOf, shapeOf } from "../functions.ts";
import { differsOn } from "../overrides.ts";
import type { Target } from "../record.ts";
import {
  alternatives,
  type FunctionType,
  type Instance,
  instance,
  NO_PRESET,
  substitute,
  type Type,
  UNKNOWN,
  union,
} from "../type.ts";
import { type Arguments, type Bound, bindArguments, givenTo, holds, weigh } from "./arguments.ts";
import { isSpared } from "./asking.ts";
import { readPending } from "./functions.ts";
import { isPlain } from "./given-bodies.ts";
import { noteHandedOver, noteParameterCalled, wrapperOf } from "./handing.ts";
import { lifeOfObject } from "./keeping.ts";
import { methodOf, receiverOf } from "./members.ts";
import { ITERATOR, iterate, lazily, step } from "./protocols.ts";
import { type Inference, perhapsOnly } from "./state.ts";
import { mentionsVariables, unify } from "./unify.ts";

export interface Applied {
  readonly type: Type;
  readonly targets: readonly Target[];
  /** The call leaves by exception or ends the process. */
  readonly never: boolean;
}

const NEXT = "lib:builtins#next";

export const NO_ARGUMENTS: Arguments = { call: null, list: [], preset: NO_PRESET };

/** Calls `callee`, whatever it is. */
export function apply(inf: Inference, callee: Type, args: Arguments): Applied {
  if (callee.kind !== "union") return applyOne(inf, callee, args);
  const types: Type[] = [];
  const targets: Target[] = [];
  let never = true;
  let idle = false;
  for (const alternative of alternatives(callee)) {
    if (alternative.kind === "none") continue;
    const applied = applyOne(inf, alternative, args);
    types.push(applied.type);
    targets.push(...applied.targets);
    if (!applied.never) never = false;
    if (alternative.kind !== "parameter" && !applied.targets.some(isBusy)) idle = true;
  }
  // One of several callees does nothing: which it is, nobody can tell.
  const doubtful = idle && targets.some(isBusy);
  return {
    type: union(types),
    targets: doubtful ? targets.map(perhapsOnly) : targets,
    never: never && types.length > 0,
  };
}

function isBusy({ works, runs }: Target): boolean {
  return works.length > 0 || runs !== null;
}

const NOTHING: Applied = { type: UNKNOWN, targets: [], never: false };

function applyOne(inf: Inference, callee: Type, args: Arguments): Applied {
  switch (callee.kind) {
    case "function":
      return applyFunction(inf, callee, args);
    case "class":
      return construct(inf, instance(callee.cls, callee.args), args);
    case "instance": {
      const call = methodOf(inf, callee, "__call__");
      return call ? applyFunction(inf, call, args) : NOTHING;
    }
    case "callable":
      return { ...NOTHING, type: callee.result };
    case "parameter":
      if (!args.awaited) noteParameterCalled(inf, callee);
      return NOTHING;
    case "unknown":
      return callee.name === null ? NOTHING : applyName(inf, callee.name);
    default:
      return NOTHING;
  }
}

/** Something outside of what is known: only the settings may say what it does. What a class of which they name methods makes goes on by its name. */
function applyName(inf: Inference, name: string): Applied {
  const { taught } = inf.program;
  const isClass = /(^|\.)[A-Z]\w*[a-z]\w*$/.test(name);
  const works = taught?.verbsOf(name, isClass ? "class" : "function")?.works ?? [];
  const type: Type = taught?.speaksBelow(name) ? { kind: "unknown", name } : UNKNOWN;
  return { type, targets: [{ ...NO_TARGET, name, works }], never: false };
}

export const NO_TARGET: Target = {
  id: null,
  name: null,
  works: [],
  runs: null,
  given: [],
  perhaps: false,
  receiver: null,
  opens: true,
};

export function applyFunction(inf: Inference, callee: FunctionType, given: Arguments): Applied {
  const args = callee.preset.length > 0 ? { ...given, preset: callee.preset } : given;
  const entity = functionEntity(inf.program, callee.fn);
  if (!entity) return NOTHING;
  const verbs = verbsOn(inf, entity, callee.receiver);
  const skip = (callee.receiver ? 1 : 0) + callee.given;
  const bound = bindArguments(entity.parameters, skip, args);
  const shape = shapeOf(inf.program, entity);
  if (verbs.asksLoop === "tells" || (verbs.asksLoop === "raises" && inf.frame.tries > 0)) inf.frame.askedLoop = true;
  const wrapped = wrapsAway(inf, entity);
  // What a cached property gives is kept by the object only.
  const cached = shape.cached && !(shape.property && lifeOfObject(inf, callee.receiver) === "object");
  const here = !entity.isAsync && !entity.isGenerator && !shape.context && !shape.offloaded && !cached && !wrapped;
  const elsewhere = !entity.origin.isStub && (shape.offloaded || cached || wrapped);
  noteHandedOver(inf, entity, verbs, bound, args);
  const run = forReceiver(inf, entity, callee.receiver);
  const runsHere = here && !entity.origin.isStub && !verbs.harmless;
  const main: Target = {
    ...NO_TARGET,
    id: entity.id,
    works: entity.isAsync || elsewhere ? [] : weighed(inf, verbs, bound, args),
    runs: runsHere ? run : null,
    given: runsHere ? givenTo(inf, entity, skip, bound, args) : [],
    receiver: callee.receiver,
    opens: !verbs.harmless && opensNow(inf, verbs, bound, args),
  };
  const targets = [main, ...callbacks(inf, entity, verbs, bound)];
  const variables = variablesOf(inf, callee.receiver, entity);
  const result = lazyResult(inf, entity, bound, resultOf(inf, entity, run, callee.receiver, variables, bound));
  return { type: verbs.harmless ? unsuspected(result) : result, targets, never: verbs.neverReturns };
}

/** What stubs and settings say about a function; settings may name an inherited method by the class it is called on. */
function verbsOn(inf: Inference, entity: FunctionEntity, receiver: Type | null): Verbs {
  const { taught } = inf.program;
  if (taught === null) return entity.origin.isStub ? inf.program.verbs(entity.id) : NO_VERBS;
  const verbs = inf.program.verbs(entity.id);
  if (verbs.harmless || (receiver?.kind !== "instance" && receiver?.kind !== "class")) return verbs;
  if (receiver.cls === entity.owner) return verbs;
  const said = taught.verbsOf(`${dottedNameOfId(inf.program, receiver.cls)}.${entity.name}`, "function");
  return said === null ? verbs : joinVerbs(verbs, said);
}

/** A result without the suspicion that nobody has checked it. */
function unsuspected(type: Type): Type {
  return union(alternatives(type).map((t) => (t.kind === "body" ? UNKNOWN : t)));
}

/** Whether decorators of the project make an awaitable of calling the function; then its body runs where they say. */
function wrapsAway(inf: Inference, entity: FunctionEntity): boolean {
  if (entity.decorators.length === 0 || entity.isAsync || entity.origin.isStub) return false;
  return wrapperOf(inf, entity) !== null;
}

/** Making an instance runs `__init__`, `__new__` and what a dataclass calls after. */
function construct(inf: Inference, made: Instance, args: Arguments): Applied {
  const { program } = inf;
  const verbs = classVerbs(inf, made);
  const info = classInfo(program, made.cls);
  const variables = new Map<string, Type>(made.args.length > 0 ? bindParameters(info.parameters, made.args) : []);
  if (callsItself(program, made.cls)) {
    const known = info.parameters.map((p) => variables.get(p) ?? UNKNOWN);
    return { ...NOTHING, type: instance(made.cls, known) };
  }
  const targets: Target[] = [];
  const initial = findMember(program, made, "__init__");
  const init = initial?.bindings.find((b) => b.kind === "function");
  let bound: readonly Bound[] = [];
  if (init?.kind === "function") {
    const entity = functionEntity(program, init.id)!;
    bound = bindArguments(entity.parameters, 1, args);
    if (info.parameters.length > 0 && made.args.length === 0) {
      const seen = new Map<string, Type>();
      unifyAll(inf, entity, bound, seen);
      const inOwner = asAncestor(program, { cls: made.cls, args: info.variables }, entity.owner!);
      const parameters = classInfo(program, entity.owner!).parameters;
      inOwner?.forEach((type, i) => {
        if (type.kind === "typevar" && seen.has(parameters[i]!)) variables.set(type.name, seen.get(parameters[i]!)!);
      });
    }
    const initVerbs = entity.origin.isStub || program.taught ? program.verbs(entity.id) : NO_VERBS;
    targets.push({
      ...NO_TARGET,
      id: made.cls,
      works: [...weighed(inf, verbs, bound, args), ...weighed(inf, initVerbs, bound, args)],
      runs: entity.origin.isStub || verbs.harmless ? null : forReceiver(inf, entity, made),
      given: entity.origin.isStub ? [] : givenTo(inf, entity, 1, bound, args),
      opens: !verbs.harmless && opensNow(inf, verbs, bound, args),
    });
    targets.push(...callbacks(inf, entity, initVerbs, bound));
    noteHandedOver(inf, entity, initVerbs, bound, args);
  } else
    targets.push({
      ...NO_TARGET,
      id: made.cls,
      works: weighed(inf, verbs, bound, args),
      opens: !verbs.harmless,
    });
  for (const name of ["__post_init__", "__new__"]) {
    const method = methodOf(inf, made, name);
    const entity = method && functionEntity(program, method.fn);
    if (entity && !entity.origin.isStub) targets.push({ ...NO_TARGET, id: entity.id, runs: entity.id });
  }
  const typeArguments = info.parameters.map((p) => variables.get(p) ?? UNKNOWN);
  return { type: instance(made.cls, typeArguments), targets, never: false };
}

/** What the stub of a class or of its nearest stubbed ancestor says about constructing it. */
export function classVerbs(inf: Inference, made: Instance): Verbs {
  for (const ancestor of classInfo(inf.program, made.cls).ancestors) {
    if (!classEntity(inf.program, ancestor.cls)?.origin.isStub && !inf.program.taught) continue;
    const verbs = inf.program.verbs(ancestor.cls);
    if (verbs !== NO_VERBS) return verbs;
  }
  return NO_VERBS;
}

function weighed(inf: Inference, verbs: Verbs, bound: readonly Bound[], args: Arguments): Target["works"] {
  if (verbs.works.length === 0 || isSpared(inf, args)) return [];
  const works = nestingIsMinded(inf) ? verbs.works.filter((w) => w.kind !== "loop") : verbs.works;
  return works.map((w) => weigh(w, bound, args, (type, name) => isA(inf, type, name))).filter((w) => w !== null);
}

/** Whether the code being read asks first if a loop runs, or expects the error. */
function nestingIsMinded(inf: Inference): boolean {
  for (let frame: Inference["frame"] | null = inf.frame; frame; frame = frame.parent)
    if (frame.askedLoop || frame.expectsNesting > 0) return true;
  return false;
}

/** Whether nothing excuses a call from opening what its verbs say it opens. */
function opensNow(inf: Inference, verbs: Verbs, bound: readonly Bound[], args: Arguments): boolean {
  return verbs.opens?.unless ? holds(verbs.opens.unless, bound, args, (t, name) => isA(inf, t, name)) === false : true;
}

/** Whether a value is an instance of the class with that dotted name; null where nobody can tell. */
function isA(inf: Inference, type: Type, name: string): boolean | null {
  const verdicts = alternatives(type).map((t) => {
    const receiver = receiverOf(t);
    if (!receiver) return null;
    const { ancestors, open } = classInfo(inf.program, receiver.cls);
    if (ancestors.some((a) => dottedNameOfId(inf.program, a.cls) === name)) return true;
    return open ? null : false;
  });
  return verdicts.every((v) => v === verdicts[0]) ? (verdicts[0] ?? null) : null;
}

/** Functions among the arguments that the callee calls on this thread, and iterables it walks through. */
function callbacks(inf: Inference, entity: FunctionEntity, verbs: Verbs, bound: readonly Bound[]): Target[] {
  const targets: Target[] = [];
  for (const { parameter, argument } of bound) {
    if (entity.origin.isStub) {
      if (verbs.calls.includes(parameter.name)) targets.push(...callBack(inf, argument.type));
      else if (
        parameter.annotation &&
        alternatives(argument.type).some((t) => /^(instance|generator|lazy)$/.test(t.kind)) &&
        declaredAs(inf, entity, parameter, "Iterable")
      ) {
        iterate(inf, argument.type, false, targets);
      } else if (entity.id === NEXT && parameter === entity.parameters[0]) step(inf, argument.type, targets);
      continue;
    }
    if (!alternatives(argument.type).some((t) => t.kind === "function" || t.kind === "parameter" || t.kind === "class"))
      continue;
    if (verbs.harmless || verbs.offloads.includes(parameter.name)) continue;
    if (!followsParameter(inf.program, entity, parameter)) continue;
    const facts = inf.askParameters(entity.id);
    // What is called here or in a thread, depending on what it is, is given to be run in the right place.
    if (facts?.called.includes(parameter.name) && !facts.offloaded.includes(parameter.name))
      targets.push(...callBack(inf, argument.type));
  }
  return targets;
}

function callBack(inf: Inference, callee: Type): readonly Target[] {
  return apply(inf, callee, NO_ARGUMENTS).targets;
}

/** Whether a stub's parameter is an `Iterable`, which is walked through at once, or an `Iterator`, which is when somebody walks through the result. */
function declaredAs(
  inf: Inference,
  entity: FunctionEntity,
  parameter: Bound["parameter"],
  name: "Iterable" | "Iterator",
): boolean {
  const type = declaredParameter(inf.program, entity, { ...parameter, form: "normal" });
  return type?.kind === "instance" && dottedNameOfId(inf.program, type.cls) === `typing.${name}`;
}

/** What a library's function that takes iterators gives. */
function lazyResult(inf: Inference, entity: FunctionEntity, bound: readonly Bound[], result: Type): Type {
  if (!entity.origin.isStub || result.kind !== "instance" || result.cls !== ITERATOR) return result;
  const sources = bound.filter((b) => b.parameter.annotation && declaredAs(inf, entity, b.parameter, "Iterator"));
  if (sources.length === 0) return result;
  return lazily(
    inf,
    sources.map((b) => b.argument.type),
    result.args[0] ?? UNKNOWN,
  );
}

/** What the type variables of the method's class stand for on this receiver. */
function variablesOf(inf: Inference, receiver: Type | null, entity: FunctionEntity): Map<string, Type> {
  if (entity.owner === null || (receiver?.kind !== "instance" && receiver?.kind !== "class")) return new Map();
  const args = asAncestor(inf.program, receiver, entity.owner);
  const parameters = classInfo(inf.program, entity.owner).parameters;
  return args ? bindParameters(parameters, args) : new Map();
}

/** The method as it runs on this receiver: read for the receiver's class where that overrides what it uses. */
function forReceiver(inf: Inference, entity: FunctionEntity, receiver: Type | null): FunctionId {
  if (receiver?.kind !== "instance" && receiver?.kind !== "class") return entity.id;
  if (entity.origin.isStub || entity.owner === null || entity.owner === receiver.cls || entity.unit !== entity.id)
    return entity.id;
  return differsOn(inf.program, entity.id, receiver.cls) ? specialisedId(entity.id, receiver.cls) : entity.id;
}

function resultOf(
  inf: Inference,
  entity: FunctionEntity,
  run: FunctionId,
  receiver: Type | null,
  variables: Map<string, Type>,
  bound: readonly Bound[],
): Type {
  const shape = shapeOf(inf.program, entity);
  const declared = declaredReturn(inf.program, entity);
  const self: Type | null = receiver?.kind === "class" ? instance(receiver.cls, receiver.args) : receiver;
  const finish = (type: Type): Type => {
    if (mentionsVariables(type)) unifyAll(inf, entity, bound, variables);
    return substitute(type, variables, self);
  };
  let type: Type;
  if (entity.isGenerator || (entity.origin.isStub && shape.context)) {
    const annotated = declared ? finish(itemOf(declared)) : UNKNOWN;
    const item = annotated.kind === "unknown" && !entity.origin.isStub ? inferred(inf, "yields", run) : annotated;
    const isAsync =
      entity.isAsync || (entity.origin.isStub && /Async/.test(declared?.kind === "instance" ? declared.cls : ""));
    return { kind: "generator", fn: run, item, isAsync, context: shape.context };
  }
  if (declared && declared.kind !== "unknown") type = withBodies(inf, entity, run, finish(declared));
  else if (entity.origin.isStub) type = UNKNOWN;
  else type = substitute(throughParameters(inferred(inf, "returns", run), entity.id, bound), variables, self);
  return entity.isAsync || shape.offloaded || wrapsAway(inf, entity) ? { kind: "awaitable", result: type } : type;
}

/** The declared result, and the request data that a function of the project gives though it declares a plain dict or list. */
function withBodies(inf: Inference, entity: FunctionEntity, run: FunctionId, declared: Type): Type {
  if (entity.origin.isStub || !isPlain(declared)) return declared;
  const bodies = alternatives(inferred(inf, "returns", run)).filter((t) => t.kind === "body" && t.source < 0);
  return bodies.length > 0 ? union(bodies) : declared;
}

/** What was inferred of a function: of one in this unit as far as it is known, of others by asking. */
function inferred(inf: Inference, what: "returns" | "yields", fn: FunctionId): Type {
  const entity = functionEntity(inf.program, fn);
  if (entity?.unit !== inf.unit || plainId(fn) === inf.unit) return inf.ask({ what, id: fn, name: "" });
  const local = readPending(inf, fn);
  return local ? (what === "returns" ? local.returns : local.yields) : UNKNOWN;
}

/** A function that returns its parameter returns the argument. */
function throughParameters(type: Type, fn: FunctionId, bound: readonly Bound[]): Type {
  if (!alternatives(type).some((t) => t.kind === "parameter")) return type;
  return union(
    alternatives(type).map((t) => {
      if (t.kind !== "parameter") return t;
      if (t.of !== fn) return UNKNOWN;
      return bound.find((b) => b.parameter.name === t.name)?.argument.type ?? UNKNOWN;
    }),
  );
}

function unifyAll(inf: Inference, entity: FunctionEntity, bound: readonly Bound[], variables: Map<string, Type>): void {
  const seen = new Map<string, Type>();
  for (const { parameter, argument } of bound) {
    if (!parameter.annotation || parameter.form === "kwargs") continue;
    const declared = declaredParameter(inf.program, entity, { ...parameter, form: "normal" });
    if (declared) unify(inf, declared, argument.type, seen);
  }
  for (const [name, type] of seen) {
    const before = variables.get(name);
    if (!before || before.kind === "unknown") variables.set(name, type);
  }
}
