/**
 * Reads of unchecked data that are no uses of it: what is read is shown, finds something, prefills a form, goes to a function that only asks about
 * it, is one of a list of which only the known are let through, or is a key that a form declares which found it valid before.
 *
 * A read that fails where its key is missing stays a use, whatever is done with it. Whether a form found the data valid is told by the order in which
 * things are read, not by paths: behind `if form.is_valid(): …` its keys count as checked.
 */
import type { Binding } from "../../names/outline.ts";
import { classEntity, functionEntity, keyOfId, plainId } from "../../names/program.ts";
import type { Call, ComprehensionClause, Expression } from "../../syntax/tree.ts";
import { referenceMeanings } from "../annotations.ts";
import { classInfo, findMember } from "../classes.ts";
import type { Target } from "../record.ts";
import { instance } from "../type.ts";
import { type Argument, type Arguments, bindArguments } from "./arguments.ts";
import { isConstant, listReads, onlyAskedAbout, onlyAsks, onlyChosen, tells } from "./asked-names.ts";
import { fails, onlyAsked } from "./bodies.ts";
import { excuseParts } from "./excusing.ts";
import type { Inference } from "./state.ts";

/** Takes back the uses that stand inside of `e`, but those that may fail. */
export function excuseReads(inf: Inference, { start, end }: Expression): void {
  for (const body of inf.bodies) {
    const { uses } = body;
    const left = uses.filter((u) => u.start < start || u.end > end || fails(u, body));
    if (left.length < uses.length) uses.splice(0, uses.length, ...left);
  }
}

/** Takes back what is read in an argument of the call `e`, where the call does nothing with it but ask or tell. */
export function excuseArgument(
  inf: Inference,
  e: Call,
  targets: readonly Target[],
  argument: Argument,
  args: Arguments,
): void {
  const { node } = argument;
  if (!node || inf.frame.bodies.length === 0) return;
  if (tells(e) || argument.name === "initial" || isFoundIn(e, node)) excuseReads(inf, node);
  else if (listReads(node).length > 0 ? onlyAsks(e, node) : onlyAsks(e, node, false)) excuseAsked(inf, node);
  else if (targets.every((t) => t.id === null)) {
    // A class of forms that only its name tells: `form_class({"mail": …})`.
    const { callee } = e;
    if (MAKES_A_FORM.test(callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : ""))
      excuseParts(inf, argument, true);
  } else if (targets.every((t) => asksOnly(inf, t, argument, args))) excuseAsked(inf, node);
}

/** `LOADERS.get(form.get("kind"))`. */
function isFoundIn({ callee, args }: Call, node: Expression): boolean {
  return callee.kind === "attribute" && callee.name === "get" && args[0] === node && isConstant(callee.value);
}

const MAKES_A_FORM = /(^|_)(form|formset|serializer)(_class)?$|(Form|FormSet|Serializer)$/;

function excuseAsked(inf: Inference, node: Expression): void {
  const lists = listReads(node);
  if (lists.length > 0) for (const read of lists) excuseReads(inf, read);
  else onlyAsked(inf, node);
}

/** Whether a function of the project only asks about the parameter that takes the argument, or turns away what it does not know. */
function asksOnly(inf: Inference, { id, receiver }: Target, argument: Argument, args: Arguments): boolean {
  const entity = id === null ? undefined : functionEntity(inf.program, id);
  if (!entity || entity.origin.isStub || entity.unit !== entity.id) return false;
  const bound = bindArguments(entity.parameters, receiver ? 1 : 0, args).find((b) => b.argument === argument);
  const body = inf.program.unit(plainId(entity.id))?.def?.body;
  const names = inf.program.outline(keyOfId(entity.id))?.names;
  if (!bound || !body || !names || bound.parameter.form === "args" || bound.parameter.form === "kwargs") return false;
  return onlyAskedAbout(body, bound.parameter.name, "any", (name) => names.has(name), 0);
}

/** `[f for f in form.getlist("fields") if f in FIELDS]`: items of which only those are let through that are known. */
export function noteChosen(inf: Inference, { iterable, target, conditions }: ComprehensionClause): void {
  if (target.kind !== "name" || conditions.length === 0) return;
  const lists = listReads(iterable);
  if (lists.length > 0 && onlyChosen(conditions, target.id, (name) => inf.outline.names.has(name)))
    for (const read of lists) excuseReads(inf, read);
}

/** Notes that a form of the class `cls`, made of data that is read as `text`, was asked whether it is valid. */
export function noteCovered(inf: Inference, text: string | null, cls: string): void {
  if (text !== null && inf.frame.quiet === 0) inf.covered.push({ text: withoutSelf(text), cls });
}

/** Whether a form that declares that key was asked about data read as `text` before. */
export function isCovered(inf: Inference, text: string, key: string): boolean {
  return inf.covered.some((c) => c.text === withoutSelf(text) && declares(inf, c.cls, key));
}

/** `request.data` is the same data by another way. */
function withoutSelf(text: string): string {
  return text.startsWith("self.") ? text.slice("self.".length) : text;
}

/** Whether the model has a field of that name that is not filled by itself (`auto_now_add`); one that nobody knows may. */
function isWritable(inf: Inference, model: readonly Binding[] | undefined, key: string, name: string): boolean {
  const value = model?.find((b) => b.kind === "variable");
  if (value?.kind !== "variable" || !value.value) return true;
  const cls = referenceMeanings(inf.program, value.value, { key, owner: null }).find((m) => m.kind === "class");
  if (cls?.kind !== "class") return true;
  const field = findMember(inf.program, instance(cls.id), name)?.bindings.find((b) => b.kind === "variable");
  if (field?.kind !== "variable" || field.value?.kind !== "call") return true;
  return !field.value.keywords.some(
    (k) =>
      k.value.kind === "literal" &&
      (k.name === "editable"
        ? k.value.text === "False"
        : /^auto_now(_add)?$/.test(k.name ?? "") && k.value.text === "True"),
  );
}

function isReadOnly(field: Call): boolean {
  return field.keywords.some((k) => k.name === "read_only" && k.value.kind === "literal" && k.value.text === "True");
}

/** Whether a form or serializer has a field of that name, its own or one of its model's that `Meta` lists. */
function declares(inf: Inference, cls: string, key: string): boolean {
  const { program } = inf;
  for (const ancestor of classInfo(program, cls).ancestors) {
    const entity = classEntity(program, ancestor.cls);
    if (!entity || entity.origin.isStub) continue;
    const own = entity.members.get(key);
    if (own) return own.some((b) => b.kind === "variable" && b.value?.kind === "call" && !isReadOnly(b.value));
    const meta = entity.members.get("Meta")?.find((b) => b.kind === "class");
    const members = meta?.kind === "class" ? classEntity(program, meta.id)?.members : undefined;
    // What is only given out is not looked at.
    for (const listing of ["read_only_fields", "fields", "exclude"]) {
      const value = members?.get(listing)?.find((b) => b.kind === "variable");
      if (value?.kind !== "variable" || !value.value) continue;
      const ofModel = (): boolean => isWritable(inf, members?.get("model"), entity.origin.key, key);
      if (value.value.kind === "string") return value.value.value === "__all__" && ofModel();
      if (value.value.kind !== "collection") return false;
      const listed = value.value.items.some((i) => i.kind === "string" && i.value === key);
      if (listing !== "read_only_fields") return listing === "fields" ? listed : !listed && ofModel();
      if (listed) return false;
    }
  }
  return false;
}
