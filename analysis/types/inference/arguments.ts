/** The arguments of a call and the parameters they go to. */
import type { FunctionEntity } from "../../names/outline.ts";
import type { Condition, Work } from "../../names/verbs.ts";
import type { Call, Expression, Parameter } from "../../syntax/tree.ts";
import { type Given, isAsGiven, NOT_NONE, PRESENT, tellingParameters, UNSEEN } from "../conditions.ts";
import { alternatives, type FunctionType, NO_PRESET, type Type } from "../type.ts";
import type { Inference } from "./state.ts";

export interface Argument {
  readonly node: Expression | null;
  readonly type: Type;
  /** The keyword; null for positional ones. */
  readonly name: string | null;
  /** The constant it is, as conditions write it; null for anything else. */
  readonly constant: string | null;
  /** The constant is only the default of a parameter that is passed on. */
  readonly byDefault: boolean;
  /** `*x` is 1, `**x` is 2. */
  readonly stars: 0 | 1 | 2;
}

export interface Arguments {
  readonly call: Call | null;
  readonly list: readonly Argument[];
  /** Keywords given in advance by `functools.partial`. */
  readonly preset: FunctionType["preset"];
  /** The result is awaited where the call stands, so that what is called is asynchronous. */
  readonly awaited?: boolean;
}

export interface Bound {
  readonly parameter: Parameter;
  readonly argument: Argument;
}

/** One positional argument of which only the type is known. */
export function single(type: Type): Arguments {
  const argument: Argument = { node: null, type, name: null, constant: null, byDefault: false, stars: 0 };
  return { call: null, list: [argument], preset: NO_PRESET };
}

/** Pairs arguments with parameters, of which the first `skip` are already taken. Arguments behind a `*x` are left out, and `x` where it may go to a parameter with a name. */
export function bindArguments(parameters: readonly Parameter[], skip: number, args: Arguments): readonly Bound[] {
  const bound: Bound[] = [];
  if (args.list.length === 0) return bound;
  const { positional, rest, keywords } = placesOf(parameters);
  let next = skip;
  let lost = false;
  for (const argument of args.list) {
    if (argument.stars === 1) {
      // What is spread is of one type, so that it tells what `*args` holds.
      if (!lost && rest && next >= positional.length) bound.push({ parameter: rest, argument });
      lost = true;
    }
    if (argument.stars > 0) continue;
    if (argument.name === null) {
      if (lost) continue;
      const parameter = positional[next++] ?? rest;
      if (parameter) bound.push({ parameter, argument });
      continue;
    }
    const parameter =
      parameters.find((p) => p.name === argument.name && p.form !== "args" && p.form !== "kwargs") ?? keywords;
    if (parameter) bound.push({ parameter, argument });
  }
  return bound;
}

interface Places {
  readonly positional: readonly Parameter[];
  readonly rest: Parameter | undefined;
  readonly keywords: Parameter | undefined;
}

const places = new WeakMap<readonly Parameter[], Places>();

/** Where arguments may go, worked out once for each function. */
function placesOf(parameters: readonly Parameter[]): Places {
  let found = places.get(parameters);
  if (!found) {
    found = {
      positional: parameters.filter((p) => p.form === "positional-only" || p.form === "normal"),
      rest: parameters.find((p) => p.form === "args"),
      keywords: parameters.find((p) => p.form === "kwargs"),
    };
    places.set(parameters, found);
  }
  return found;
}

/** What a call gives the parameters that matter to what the project function does. The first `skip` are taken. */
export function givenTo(
  { frame }: Inference,
  { def, parameters }: FunctionEntity,
  skip: number,
  bound: readonly Bound[],
  args: Arguments,
): readonly Given[] {
  const telling = tellingParameters(def);
  if (telling.size === 0 || args.list.some((a) => a.stars > 0)) return [];
  return parameters.slice(skip).flatMap((p): readonly Given[] => {
    if (!telling.has(p.name) || p.form === "args" || p.form === "kwargs") return [];
    const byDefault = p.default ? literalText(p.default) : null;
    const argument = bound.find((b) => b.parameter === p || b.parameter.name === p.name)?.argument;
    const preset = args.preset.find(([name]) => name === p.name);
    if (!argument && preset) return [{ parameter: p.name, value: preset[1] ?? UNSEEN, from: null }];
    if (!argument) return byDefault === null ? [] : [{ parameter: p.name, value: byDefault, from: null }];
    const { node, type, constant } = argument;
    if (constant !== null && !argument.byDefault) return [{ parameter: p.name, value: constant, from: null }];
    const own = node?.kind === "name" && frame.def && isAsGiven(frame.def, node) ? node.id : null;
    const callers = own === null ? undefined : frame.def?.parameters.find((q) => q.name === own);
    const tested = frame.env.tests().filter(({ parameter }) => parameter === own);
    const isTrue = tested.some(({ equals, holds }) => equals === null && holds);
    const isThere = isTrue || tested.some(({ equals, holds }) => equals === "None" && !holds);
    if (isTrue || (isThere && isNone(p.default))) return [{ parameter: p.name, value: PRESENT, from: null }];
    if (isThere) return [{ parameter: p.name, value: NOT_NONE, from: null }];
    const lacks = alternatives(type).some((t) => t.kind === "none" || (t.kind === "parameter" && !callers));
    if (isNone(p.default) && !callers?.default && !lacks) return [{ parameter: p.name, value: PRESENT, from: null }];
    const mayBeNone = callers !== undefined && isNone(callers.default);
    const isSomething = /^(instance|text|tuple|function|class|module)$/.test(type.kind) && !mayBeNone;
    return [{ parameter: p.name, value: isSomething ? NOT_NONE : `${UNSEEN}${byDefault ?? ""}`, from: own }];
  });
}

function isNone(e: Expression | null): boolean {
  return e?.kind === "literal" && e.text === "None";
}

/** Whether a value is an instance of a class, by its dotted name; null where nobody can tell. */
export type IsA = (type: Type, cls: string) => boolean | null;

/** The work as it is done with these arguments; null where a condition excuses it. What nobody can tell makes it likely only. */
export function weigh(work: Work, bound: readonly Bound[], args: Arguments, isA: IsA): Work | null {
  if (work.unless === null) return work;
  const excused = holds(work.unless, bound, args, isA);
  if (excused === true) return null;
  return excused === null && !work.likely ? { ...work, likely: true } : work;
}

/** True, false, or null where it depends on values nobody knows. */
export function holds(condition: Condition, bound: readonly Bound[], args: Arguments, isA: IsA): boolean | null {
  switch (condition.kind) {
    case "not": {
      const inner = holds(condition.operand, bound, args, isA);
      return inner === null ? null : !inner;
    }
    case "and":
    case "or": {
      const decisive = condition.kind === "or";
      let unsure = false;
      for (const operand of condition.operands) {
        const value = holds(operand, bound, args, isA);
        if (value === decisive) return decisive;
        if (value === null) unsure = true;
      }
      return unsure ? null : !decisive;
    }
    default: {
      const given = bound.find(
        (b) => b.parameter.name === condition.argument || b.argument.name === condition.argument,
      );
      const spread = args.list.some((a) => a.stars > 0);
      if (!given) {
        const preset = args.preset.find(([name]) => name === condition.argument);
        if (preset) return heldBy(condition, preset[1]);
        return spread ? null : false;
      }
      if (condition.kind === "given") return true;
      if (condition.kind === "flag") return hasFlag(given.argument.node, condition.flag);
      if (condition.kind === "instance") return isA(given.argument.type, condition.cls);
      const held = heldBy(condition, given.argument.constant);
      return held === false && given.argument.byDefault ? null : held;
    }
  }
}

function heldBy(
  condition: Condition & { kind: "given" | "equals" | "below" | "instance" | "flag" },
  constant: string | null,
): boolean | null {
  if (condition.kind === "given") return true;
  if (condition.kind === "instance" || condition.kind === "flag" || constant === null) return null;
  if (condition.kind === "equals") return constant === condition.value;
  return /^-?[\d.]/.test(constant) ? Number(constant.replaceAll("_", "")) < condition.limit : null;
}

/** Whether `LOCK_EX | fcntl.LOCK_NB` has a flag; null where a part of it is anything but the name of a constant. */
function hasFlag(e: Expression | null, flag: string): boolean | null {
  if (e?.kind === "binary" && e.operator === "|") {
    const [left, right] = [hasFlag(e.left, flag), hasFlag(e.right, flag)];
    if (left || right) return true;
    return left === null || right === null ? null : false;
  }
  if (e?.kind === "literal") return false;
  const name = e?.kind === "name" ? e.id : e?.kind === "attribute" ? e.name : "";
  return /^[A-Z][A-Z0-9_]*$/.test(name) ? name === flag : null;
}

/** A constant as conditions write it; null for anything that is no constant. */
export function literalText(e: Expression): string | null {
  if (e.kind === "literal") return e.text;
  if (e.kind === "string") return JSON.stringify(e.value);
  if (e.kind === "unary" && e.operator === "-" && e.value.kind === "literal") return `-${e.value.text}`;
  return null;
}
