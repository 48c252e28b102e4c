/**
 * Forms and serializers: values that hold what a client sent and are worth trusting once somebody has asked whether they are valid.
 *
 * The answer counts as heeded wherever something is done with it: tested, kept, returned, handed on. A call that stands as a statement of its own and does not
 * raise drops it. What becomes of the value elsewhere is not followed: who is handed a form may check it. Reported is only what no check stands
 * before on any path, so a use behind an `if` that merely contains the check is missed.
 */
import { classEntity, functionEntity } from "../../names/program.ts";
import { type Condition, NO_VERBS, type Verbs } from "../../names/verbs.ts";
import type { Call, Expression, Parameter } from "../../syntax/tree.ts";
import { classInfo, findMember } from "../classes.ts";
import { alternatives, type Instance, type Type, union } from "../type.ts";
import type { Applied } from "./apply.ts";
import { type Arguments, bindArguments, holds } from "./arguments.ts";
import { bodyAt, bodyIn } from "./bodies.ts";
import { noteCovered } from "./excused-reads.ts";
import type { MutableForm } from "./request-state.ts";
import { type Env, type Inference, textOf } from "./state.ts";

type Form = Instance & { readonly held: number };

/** A call that makes a form of unchecked data: its result, which remembers where it was made. */
export function heldBy(inf: Inference, e: Call, applied: Applied, args: Arguments): Type {
  const target = applied.targets.find((t) => t.id !== null);
  if (!target?.id) return applied.type;
  const isClass = classEntity(inf.program, target.id) !== undefined;
  const held = isClass ? verbsOf(inf, target.id).holdsData : inf.program.verbs(target.id).holdsData;
  if (!held || (held.parameter !== null && !args.list.some((a) => comesFromClient(a.type)))) return applied.type;
  const made = alternatives(applied.type).find((t) => t.kind === "instance");
  const whole = args.list.map((a) => bodyIn(a.type)).find((b) => b?.whole);
  const index = indexOf(inf, e, made ?? null, whole ? bodyAt(inf, whole).text : null);
  mark(inf, index, "unchecked");
  return union(
    alternatives(applied.type).map((t) => (t.kind === "instance" ? ({ ...t, held: index } satisfies Form) : t)),
  );
}

/** Whether it is data of a request, or a dict or list that has some in it. */
function comesFromClient(type: Type): boolean {
  return alternatives(type).some((t) => {
    if (t.kind === "body") return !t.parameter;
    const parts = t.kind === "instance" ? t.args : t.kind === "tuple" ? t.items : [];
    return parts.some((part) => alternatives(part).some((p) => p.kind === "body" && !p.parameter));
  });
}

/** Reads `name` of a value: a form whose answer is asked for is checked from then on, one whose data is taken was trusted. */
export function noteMember(inf: Inference, e: Expression & { kind: "attribute" }, base: Type): void {
  for (const form of formsIn(base)) {
    const held = verbsOf(inf, form.cls).holdsData ?? HOLDS_NOTHING;
    if (held.answers.includes(e.name)) mark(inf, form.held, "checked");
    else if (held.members.includes(e.name)) noteTrust(inf, e, form);
  }
}

/** A field of a form, read from it: it holds what the form does. */
export function heldByField(inf: Inference, base: Type, field: Type): Type {
  const [form] = formsIn(base);
  if (!form) return field;
  return union(
    alternatives(field).map((t) =>
      t.kind === "instance" && t.held === undefined && verbsOf(inf, t.cls).holdsData ? { ...t, held: form.held } : t,
    ),
  );
}

/** What is only tested goes nowhere: `if form.submit.data and form.validate():`. */
export function onlyTested(inf: Inference, { start, end }: Expression): void {
  for (const { uses } of inf.forms) {
    const index = uses.findIndex((u) => u.start === start && u.end === end);
    if (index >= 0) uses.splice(index, 1);
  }
}

/** Calls a method of a form: one that checks it, or one of the project's that may. */
export function noteMethod(inf: Inference, e: Call, base: Type | null, args: Arguments): void {
  if (base === null || e.callee.kind !== "attribute") return;
  for (const form of formsIn(base)) {
    const check = checkOf(inf, form, e.callee.name);
    if (check === null) {
      const binding = findMember(inf.program, form, e.callee.name)?.bindings.find((b) => b.kind === "function");
      const entity = binding?.kind === "function" ? functionEntity(inf.program, binding.id) : undefined;
      if (entity && !entity.origin.isStub) mark(inf, form.held, "checked");
      continue;
    }
    const bound = bindArguments(check.parameters, 1, args);
    const raises = check.unless !== null && holds(check.unless, bound, args, () => null) !== false;
    if (inf.frame.bare !== e || raises) {
      mark(inf, form.held, "checked");
      noteCovered(inf, inf.forms[form.held]?.of ?? null, form.cls);
    } else {
      mark(inf, form.held, "dropped");
      const made = inf.forms[form.held];
      if (inf.frame.quiet > 0 || !made) continue;
      made.dropped = {
        start: e.start,
        end: e.end,
        text: textOf(e),
        raising: args.list.length === 0 ? written(check.unless) : null,
      };
    }
  }
}

/** A value that is kept, or handed to somebody who may check it. */
export function excuseForms(inf: Inference, type: Type): void {
  for (const form of formsIn(type)) mark(inf, form.held, "checked");
}

/** Takes what was asked of forms within an expression along to whatever comes after it. */
export function keepMarks(from: Env, to: Env): void {
  for (const [name, type] of from.own()) if (type && name.startsWith(MARK)) to.set(name, type);
}

/** Forms among the arguments of a call of code that is no library's. */
export function excuseArguments(inf: Inference, applied: Applied, args: Arguments): void {
  if (inf.forms.length === 0) return;
  if (applied.targets.length > 0 && applied.targets.every((t) => t.id !== null && isStub(inf, t.id))) return;
  for (const argument of args.list) excuseForms(inf, argument.type);
}

/** A type without the memory of where in this unit it was made. */
export function withoutForms(type: Type): Type {
  if (formsIn(type).length === 0) return type;
  return union(
    alternatives(type).map((t): Type => {
      if (t.kind !== "instance" || t.held === undefined) return t;
      const { held: _, ...plain } = t;
      return plain;
    }),
  );
}

const HOLDS_NOTHING = { parameter: null, members: [], answers: [] } as const;

function formsIn(type: Type): readonly Form[] {
  if (type.kind === "union") return type.members.filter(isForm);
  return isForm(type) ? [type] : NO_FORMS;
}

function isForm(type: Type): type is Form {
  return type.kind === "instance" && type.held !== undefined;
}

const NO_FORMS: readonly Form[] = [];

/** The data of a form is taken; a mistake where no path to here has asked for the answer. */
function noteTrust(inf: Inference, e: Expression & { kind: "attribute" }, form: Form): void {
  if (inf.frame.quiet > 0 || inf.frame.env.dead) return;
  const state = inf.frame.env.get(keyOfForm(form.held));
  if (!state || alternatives(state).some((t) => t.kind === "text" && t.value === "checked")) return;
  // A method of the project may check before it goes on.
  const binding = findMember(inf.program, form, e.name)?.bindings.find((b) => b.kind === "function");
  const entity = binding?.kind === "function" ? functionEntity(inf.program, binding.id) : undefined;
  if (entity && !entity.origin.isStub) return;
  const uses = inf.forms[form.held]?.uses;
  if (!uses || uses.some((u) => u.start === e.start && u.end === e.end)) return;
  uses.push({ start: e.start, end: e.end, text: textOf(e) });
}

function indexOf(inf: Inference, e: Call, made: Instance | null, of: string | null): number {
  const known = inf.forms.findIndex((f) => f.node === e);
  if (known >= 0) return known;
  const { start, end } = e;
  const check = made && raisingCheck(inf, made.cls);
  const asks = made && askedBy(inf, made.cls);
  const form: MutableForm = { node: e, start, end, text: textOf(e), check, asks, of, dropped: null, uses: [] };
  inf.forms.push(form);
  inf.frame.forms.push(form);
  return inf.forms.length - 1;
}

function mark(inf: Inference, index: number, state: "unchecked" | "dropped" | "checked"): void {
  inf.frame.env.set(keyOfForm(index), { kind: "text", value: state });
}

/** No name of Python is spelled like this. */
const MARK = "?.";

function keyOfForm(index: number): string {
  return `${MARK}${index}`;
}

/** What a stub says of a method, or of the one that it overrides: when it raises, and its parameters; null where it is no check. */
function checkOf(
  inf: Inference,
  form: Form,
  name: string,
): { readonly unless: Condition | null; readonly parameters: readonly Parameter[] } | null {
  for (const { cls } of classInfo(inf.program, form.cls).ancestors) {
    const entity = classEntity(inf.program, cls);
    if (!entity?.origin.isStub) continue;
    const binding = entity.members.get(name)?.find((b) => b.kind === "function");
    const checks = binding?.kind === "function" ? inf.program.verbs(binding.id).checks : null;
    if (binding?.kind !== "function" || !checks || checks.parameter !== null) continue;
    return { unless: checks.unless, parameters: functionEntity(inf.program, binding.id)?.parameters ?? [] };
  }
  return null;
}

/** How a form is checked so that it raises, as it is written: `is_valid(raise_exception=True)`. Null where it cannot be told to. */
function raisingCheck(inf: Inference, cls: string): string | null {
  for (const ancestor of classInfo(inf.program, cls).ancestors) {
    const entity = classEntity(inf.program, ancestor.cls);
    if (!entity?.origin.isStub) continue;
    for (const [name, bindings] of entity.members)
      for (const b of bindings) {
        const argument = b.kind === "function" ? written(inf.program.verbs(b.id).checks?.unless ?? null) : null;
        if (argument !== null) return `${name}(${argument})`;
      }
  }
  return null;
}

/** The method of a library's form that tells whether it is valid, with the module that is from. */
function askedBy(inf: Inference, cls: string): MutableForm["asks"] {
  for (const ancestor of classInfo(inf.program, cls).ancestors) {
    const entity = classEntity(inf.program, ancestor.cls);
    if (!entity?.origin.isStub) continue;
    for (const [name, [b]] of entity.members)
      if (b?.kind === "function" && inf.program.verbs(b.id).checks) return { name, library: entity.origin.module };
  }
  return null;
}

/** What the nearest ancestor with such a stub says of the data its instances hold. */
function verbsOf(inf: Inference, cls: string): Verbs {
  for (const ancestor of classInfo(inf.program, cls).ancestors) {
    if (!isStub(inf, ancestor.cls)) continue;
    const verbs = inf.program.verbs(ancestor.cls);
    if (verbs.holdsData !== null) return verbs;
  }
  return NO_VERBS;
}

function isStub(inf: Inference, id: string): boolean {
  return (classEntity(inf.program, id) ?? functionEntity(inf.program, id))?.origin.isStub === true;
}

/** The argument that makes a check raise, as it is written in a call. */
function written(condition: Condition | null): string | null {
  return condition?.kind === "equals" ? `${condition.argument}=${condition.value}` : null;
}
