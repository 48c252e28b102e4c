/**
 * What a function does where a parameter was left out, and where it was given.
 *
 * `def load(path, text=None): if text is None: text = open(path).read()` waits for the disk only for those who give no text. So a call that settles
 * which parameters are `None` runs the function _in that case_: the same reading, without the calls that stand where such a parameter must be
 * otherwise. A value that is passed and may be anything counts as given, because who passes one mostly has one. Whether a number is zero or a list
 * empty is not looked at.
 */
import { question } from "../base/memo.ts";
import type { FunctionEntity, FunctionId } from "../names/outline.ts";
import { functionEntity, inCaseId, type Program, settledIn } from "../names/program.ts";
import { blocksOf, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Expression, FunctionDef, Parameter, Statement } from "../syntax/tree.ts";
import type { Arguments, Bound } from "./inference/arguments.ts";
import type { Frame } from "./inference/state.ts";
import type { FunctionInfo } from "./record.ts";
import { alternatives } from "./type.ts";

/** Facts of an environment about a parameter: that it still is what was passed, and what is known of that. */
export const asPassed = (name: string): string => `${name} is as passed`;
export const isNone = (name: string): string => `${name} is None`;
export const isGiven = (name: string): string => `${name} is given`;

/** Under which conditions on its parameters the code being read runs: `text-` where it is `None`, `text+` where it is not. */
export function conditionsHere(frame: Frame): readonly string[] {
  if (!frame.def) return NO_CONDITIONS;
  const found: string[] = [];
  for (const { name } of frame.def.parameters) {
    if (frame.env.knows(isNone(name))) found.push(`${name}-`);
    else if (frame.env.knows(isGiven(name))) found.push(`${name}+`);
  }
  return found.length > 0 ? found : NO_CONDITIONS;
}

const NO_CONDITIONS: readonly string[] = [];

/** Learns that a name that was tested is `None`, or is not; of use where it is a parameter nobody has assigned to. */
export function learnCase(frame: Frame, tested: Expression, none: boolean): void {
  if (tested.kind !== "name" || !frame.env.knows(asPassed(tested.id))) return;
  frame.env.learn(none ? isNone(tested.id) : isGiven(tested.id));
}

/** What of a call of `entity` depends on which parameters were given: those that this call settles, and those it hands on from the caller's own. */
export function caseOfCall(
  program: Program,
  frame: Frame,
  entity: FunctionEntity,
  bound: readonly Bound[],
  args: Arguments,
): { readonly settled: readonly string[]; readonly passes: readonly (readonly [string, string])[] } {
  const tested = testedParameters(program, entity.id);
  if (tested.length === 0 || args.list.some((a) => a.stars > 0) || args.preset.length > 0) return UNSETTLED;
  const settled: string[] = [];
  const passes: (readonly [string, string])[] = [];
  for (const parameter of entity.parameters) {
    const { name } = parameter;
    if (!tested.includes(name)) continue;
    const argument = bound.find((b) => b.parameter.name === name)?.argument;
    const node = argument ? argument.node : parameter.default;
    const literal = node ? truthOfLiteral(node) : null;
    if (literal !== null) settled.push(`${name}${literal ? "+" : "-"}`);
    if (literal !== null || !argument || !defaultsToNone(parameter)) continue;
    const own = node?.kind === "name" ? frame.def?.parameters.find((p) => p.name === node.id) : undefined;
    if (own && !own.default && !alternatives(argument.type).some((t) => t.kind === "none")) settled.push(`${name}+`);
    else if (own && frame.env.knows(asPassed(own.name))) {
      if (frame.env.knows(isNone(own.name))) settled.push(`${name}-`);
      else if (frame.env.knows(isGiven(own.name))) settled.push(`${name}+`);
      else passes.push([name, own.name]);
    } else if (!alternatives(argument.type).some((t) => t.kind === "none" || t.kind === "parameter"))
      settled.push(`${name}+`);
  }
  return settled.length + passes.length === 0 ? UNSETTLED : { settled, passes };
}

const UNSETTLED = { settled: [], passes: [] };

/** A function as it runs in the case its identifier names: without the calls that stand where a parameter must be otherwise. */
export function inCase(info: FunctionInfo, id: FunctionId): FunctionInfo {
  const settled = settledIn(id);
  if (settled.length === 0) return info;
  const otherwise = new Set(settled.map((s) => s.slice(0, -1) + (s.endsWith("+") ? "-" : "+")));
  const calls = info.calls.flatMap((record) => {
    if (record.when.some((condition) => otherwise.has(condition))) return [];
    if (!record.targets.some((t) => t.passes)) return [record];
    const targets = record.targets.map((target) => {
      if (!target.passes || target.runs === null) return target;
      const handed = target.passes.flatMap(([to, from]) =>
        settled.flatMap((s) => (s.slice(0, -1) === from ? [`${to}${s.slice(-1)}`] : [])),
      );
      return handed.length > 0 ? { ...target, runs: inCaseId(target.runs, handed) } : target;
    });
    return [{ ...record, targets }];
  });
  return { ...info, calls };
}

/** Parameters that the function tests for being given, or hands on so that others may. */
function testedParameters(program: Program, id: FunctionId): readonly string[] {
  return program.memo.get(TESTED, id) ?? NO_CONDITIONS;
}

const TESTED = question<Program, readonly string[]>(
  (program, id) => {
    const entity = functionEntity(program, id);
    if (!entity || entity.origin.isStub) return NO_CONDITIONS;
    const def = program.unit(id)?.def ?? entity.def;
    const candidates = entity.parameters.filter((p) => p.default && truthOfLiteral(p.default) !== null);
    if (candidates.length === 0) return NO_CONDITIONS;
    const looked = namesLookedAt(def);
    return candidates.filter((p) => looked.has(p.name)).map((p) => p.name);
  },
  (a, b) => a.join() === b.join(),
);

/** Names that conditions of the body test, and those that stand alone as arguments. */
function namesLookedAt(def: FunctionDef): ReadonlySet<string> {
  const found = new Set<string>();
  const note = (e: Expression): void => {
    if (e.kind === "name") found.add(e.id);
    else if (e.kind === "unary") note(e.value);
    else if (e.kind === "boolean") {
      note(e.left);
      note(e.right);
    } else if (e.kind === "comparison") e.operands.forEach(note);
  };
  const visit = (body: readonly Statement[]): void => {
    for (const s of body) {
      if (s.kind === "if") note(s.test);
      for (const e of expressionsOf(s))
        walkExpressions(e, (inner) => {
          if (inner.kind === "conditional") note(inner.test);
          else if (inner.kind === "boolean") note(inner);
          else if (inner.kind === "call") {
            for (const a of inner.args) if (a.kind === "name") found.add(a.id);
            for (const k of inner.keywords) if (k.value.kind === "name") found.add(k.value.id);
          }
        });
      for (const block of blocksOf(s)) visit(block);
    }
  };
  visit(def.body);
  return found;
}

function defaultsToNone(parameter: Parameter): boolean {
  return parameter.default?.kind === "literal" && parameter.default.text === "None";
}

/** Whether a literal counts as given: `None`, `False`, zero and the empty string do not. Null for what is no literal. */
function truthOfLiteral(e: Expression): boolean | null {
  if (e.kind === "string") return e.value === null ? null : e.value !== "";
  if (e.kind !== "literal" || e.text === "...") return null;
  return !/^(None|False|0+(\.0*)?)$/.test(e.text);
}
