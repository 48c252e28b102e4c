/** Calls as they are written, and the builtins that mean more than their signature says. */
import { functionEntity } from "../../names/program.ts";
import { NO_VERBS } from "../../names/verbs.ts";
import type { Await, Call, Expression } from "../../syntax/tree.ts";
import { annotationType } from "../annotations.ts";
import type { CallRecord, Target } from "../record.ts";
import { alternatives, builtin, type FunctionType, instance, NO_PRESET, type Type, UNKNOWN, union } from "../type.ts";
import { apply } from "./apply.ts";
import { type Argument, type Arguments, literalText } from "./arguments.ts";
import { NO_LOOP } from "./asking.ts";
import { bodyCall, bodyIn, noteBodyArguments, noteTypeAsked } from "./bodies.ts";
import { evaluate, evaluateCallee, implicit, selfType } from "./expressions.ts";
import { entriesOf, fillByMethod } from "./filling.ts";
import { excuseArguments, heldBy, noteMethod } from "./forms.ts";
import { noteGivenToDecorator } from "./handing.ts";
import { memberType } from "./members.ts";
import { lookUp } from "./names.ts";
import { heldUnder, iterate, lazily, test } from "./protocols.ts";
import { type Inference, textOf } from "./state.ts";

/**
 * The type of a call, which is recorded. `awaiting` is the `await` it stands directly under; `spawned` says that it is given to something that
 * awaits it (`create_task(call())`).
 */
export function evaluateCall(inf: Inference, e: Call, awaiting: Await | null, spawned = false): Type {
  const { callee, base } = evaluateCallee(inf, e.callee);
  const args = evaluateArguments(inf, e, callee.kind === "function" && inf.program.verbs(callee.fn).spawns.length > 0);
  const special = e.callee.kind === "name" || e.callee.kind === "attribute" ? specialCall(inf, e, callee, args) : null;
  if (special) return special;
  const fromBody = bodyCall(inf, e, base, args);
  if (fromBody) return fromBody;
  const { frame } = inf;
  noteGivenToDecorator(inf, e.callee, args);
  const applied = apply(inf, callee, awaiting || spawned ? { ...args, awaited: true } : args);
  inf.record({
    node: e,
    how: "call",
    start: e.start,
    end: e.end,
    calleeStart: e.callee.start,
    calleeEnd: e.callee.end,
    text: textOf(e.callee),
    targets:
      awaiting || spawned
        ? applied.targets.map((t) => awaitedTarget(inf, t, applied.type, isDeclared(inf, e.callee)))
        : applied.targets,
    awaited: awaiting !== null,
    once: frame.keeping > 0 || frame.env.knows(NO_LOOP),
    awaitable: frame.awaitable,
    tests: frame.env.tests(),
    sure: frame.doubt === 0,
    gives: awaiting ? null : givenBy(inf, e, callee),
  });
  if (awaiting && frame.quiet === 0) {
    const record = frame.byNode.get(e);
    if (record) frame.byNode.set(awaiting, record);
  }
  fillByMethod(inf, e, callee, args);
  const type = noteBodyArguments(inf, e, applied, args);
  noteMethod(inf, e, base, args);
  excuseArguments(inf, applied, args);
  if (applied.never) frame.env.dead = true;
  return type ?? heldBy(inf, e, applied, args);
}

/** What a call gives that somebody has to take care of. Only calls by the name of a declaration count: a variable may hold something else at times. */
function givenBy(inf: Inference, e: Call, callee: Type): CallRecord["gives"] {
  if (callee.kind !== "function" || (e.callee.kind !== "name" && e.callee.kind !== "attribute")) return null;
  const entity = functionEntity(inf.program, callee.fn);
  if (!entity) return null;
  const verbs = entity.origin.isStub ? inf.program.verbs(entity.id) : NO_VERBS;
  if (verbs.weak) return { what: "task", fn: entity.id };
  if (!entity.isAsync || entity.isGenerator || verbs.starts) return null;
  if (entity.owner !== null && inf.program.verbs(entity.owner).starts) return null;
  const written = e.callee.kind === "name" ? e.callee.id : e.callee.name;
  const renamed = e.callee.kind === "name" && isImport(inf, written);
  return written === entity.name || renamed ? { what: "coroutine", fn: entity.id } : null;
}

/** Whether what is called hangs on the name of a class or module: then it is what it is, and an `await` before it is one more mistake. */
function isDeclared(inf: Inference, callee: Expression): boolean {
  let root = callee;
  while (root.kind === "attribute") root = root.value;
  if (root === callee || root.kind !== "name") return false;
  const type = lookUp(inf, root.id);
  return type.kind === "class" || (type.kind === "module" && type.key?.startsWith("lib:") === true);
}

function isImport(inf: Inference, name: string): boolean {
  const bindings = inf.outline.names.get(name) ?? [];
  return bindings.length === 1 && bindings[0]!.kind === "import";
}

/**
 * Whoever awaits the result of a call knows that it is awaitable. Where a library's function gives nothing of the kind, the receiver is not what its
 * annotation says; where a plain function of the project gives nothing of the kind, a decorator has made something else of it.
 */
function awaitedTarget(inf: Inference, target: Target, result: Type, declared: boolean): Target {
  const entity = target.runs === null ? undefined : functionEntity(inf.program, target.runs);
  const decorated = entity?.decorators.some((d) => d.kind !== "name" || !/^(static|class)method$/.test(d.id)) ?? false;
  const other = decorated && !alternatives(result).some((t) => t.kind === "awaitable");
  const works = declared && !other ? target.works : [];
  return target.works.length > 0 || other ? { ...target, works, runs: other ? null : target.runs } : target;
}

/** `spawning`: calls among the positional arguments are awaited by whoever is called. */
export function evaluateArguments(inf: Inference, e: Call, spawning = false): Arguments {
  const list: Argument[] = [];
  for (const a of e.args) {
    const stars = a.kind !== "starred" ? 0 : a.double ? 2 : 1;
    list.push(argument(inf, a, null, stars, spawning));
  }
  for (const k of e.keywords) list.push(argument(inf, k.value, k.name, k.name === null ? 2 : 0, false));
  return { call: e, list, preset: NO_PRESET };
}

function argument(inf: Inference, node: Expression, name: string | null, stars: 0 | 1 | 2, spawned: boolean): Argument {
  const type = spawned && node.kind === "call" ? evaluateCall(inf, node, null, true) : evaluate(inf, node);
  const written = literalText(node);
  if (written !== null || node.kind !== "name") return { node, type, name, constant: written, byDefault: false, stars };
  // The constant may be the default of a parameter that is passed on.
  const passed = inf.frame.def?.parameters.find((p) => p.name === node.id)?.default;
  const constant = passed ? literalText(passed) : null;
  return { node, type, name, constant, byDefault: constant !== null, stars };
}

/** Calls whose result follows from the arguments in a way that no signature can say; null for all others. */
function specialCall(inf: Inference, e: Call, callee: Type, args: Arguments): Type | null {
  const first = args.list[0];
  switch (nameOf(callee)) {
    case "lib:builtins#super":
      return selfType(inf);
    case "lib:builtins#type":
      if (args.list.length !== 1 || !first) return null;
      return union(
        alternatives(first.type).map((t) =>
          t.kind === "instance" ? { kind: "class", cls: t.cls, args: t.args } : UNKNOWN,
        ),
      );
    case "lib:builtins#bool":
      if (first) implicit(inf, e, "operator", (targets) => test(inf, first.type, targets));
      return null;
    case "lib:builtins#dict": {
      if (args.list.length === 1 && first?.type.kind === "instance" && first.type.cls === "lib:builtins#dict")
        return first.type;
      if (args.list.length === 0 || args.list.some((a) => a.name === null)) return null;
      const keys = args.list.map((a): Type => ({ kind: "text", value: a.name! }));
      const values = args.list.map((a) => a.type);
      const entries = entriesOf(keys, values);
      return { ...instance("lib:builtins#dict", [builtin("str"), union(values)]), ...(entries ? { entries } : {}) };
    }
    case "lib:builtins#dict.get":
    case "lib:builtins#dict.pop":
    case "lib:builtins#dict.setdefault": {
      const receiver = callee.kind === "function" ? callee.receiver : null;
      return receiver?.kind === "instance" && first ? heldUnder(inf, receiver, first.type) : null;
    }
    case "lib:functools#partialmethod":
      return first ? partial(first.type, args) : null;
    case "lib:builtins#isinstance":
      noteTypeAsked(inf, args);
      return instance("lib:builtins#bool");
    case "lib:builtins#callable":
      return instance("lib:builtins#bool");
    case "lib:builtins#getattr": {
      const name = args.list[1]?.type;
      return first && name?.kind === "text" ? memberType(inf, first.type, name.value, []) : null;
    }
    case "lib:typing#cast": {
      // Saying what it is does not make it so.
      const said = bodyIn(args.list[1]?.type ?? UNKNOWN);
      if (said) return said;
      const target = e.args[0];
      return target ? annotationType(inf.program, target, { key: inf.key, owner: null }) : null;
    }
    case "lib:builtins#zip":
    case "lib:itertools#zip_longest": {
      const sources = args.list.filter((a) => a.name === null).map((a) => a.type);
      if (args.list.some((a) => a.stars > 0)) return null;
      return lazily(inf, sources, { kind: "tuple", items: sources.map((t) => iterate(inf, t, false, [])) });
    }
    case "lib:functools#partial":
      return first ? partial(first.type, args) : null;
  }
  return null;
}

function nameOf(callee: Type): string | null {
  if (callee.kind === "function") return callee.fn;
  if (callee.kind === "class") return callee.cls;
  return null;
}

function partial(type: Type, args: Arguments): Type {
  const given = args.list.slice(1).filter((a) => a.name === null && a.stars === 0).length;
  const preset = args.list.flatMap((a): FunctionType["preset"] => (a.name === null ? [] : [[a.name, a.constant]]));
  return union(
    alternatives(type).map((t): Type => {
      if (t.kind === "function")
        return { ...t, given: t.given + given, preset: [...t.preset, ...preset] } satisfies FunctionType;
      if (t.kind === "class") return { kind: "callable", result: instance(t.cls, t.args) };
      // Calling it later calls the parameter, whatever was given in advance.
      if (t.kind === "parameter") return t;
      return UNKNOWN;
    }),
  );
}
