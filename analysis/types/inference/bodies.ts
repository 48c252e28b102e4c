/**
 * Unchecked data of requests: where it enters, what is read from it, whether it reaches a schema.
 *
 * What a stub says decides. A value handed whole to something nobody knows, or returned or stored, counts as checked there.
 */

import { classEntity, functionEntity } from "../../names/program.ts";
import { isParameterKind } from "../../names/verbs.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import { classInfo } from "../classes.ts";
import type { BodyUse, Target } from "../record.ts";
import { alternatives, instance, type Type, UNKNOWN } from "../type.ts";
import { type Applied, classVerbs } from "./apply.ts";
import { type Argument, type Arguments, bindArguments, literalText } from "./arguments.ts";
import { isShaped } from "./asked-names.ts";
import { rawIn, valueNamed } from "./body-shapes.ts";
import { checksArguments, checksBefore, isOpen, onlyKeeps, promisedKeys, takesKeysUnseen } from "./checkers.ts";
import { noteConversion } from "./conversions.ts";
import { eventBody } from "./events.ts";
import { examined } from "./examining.ts";
import { excuseArgument, excuseReads, isCovered } from "./excused-reads.ts";
import { excuseParts, isRefusal, isText, refused, takesOnlyBodies, textOfPart, vouch } from "./excusing.ts";
import { onlyTested } from "./forms.ts";
import { enteringBody } from "./given-bodies.ts";
import { mixedIn, noteMixedIn } from "./merged-bodies.ts";
import { isChosen, noteParameterArgument, noteParameterMethod } from "./request-parameters.ts";
import { type MutableBody, newBody } from "./request-state.ts";
import { comparesKeys, noteAssignment, partsOf } from "./sinks.ts";
import { type Inference, textOf } from "./state.ts";
import { checksBody, onlyRecords, saysItChecks, verifiesSender } from "./vouching.ts";

export type Body = Type & { kind: "body" };

/** Something is read out of unchecked data: recorded as a use; gives the part. */
export function readBody(
  inf: Inference,
  e: Expression,
  base: Body,
  use: {
    readonly key: string | null;
    readonly required: boolean;
    readonly fallback?: string | null;
    readonly message: string;
  },
): Type {
  if (e.kind === "attribute" && use.key === null) {
    // A file that was sent along, not a field.
    if (!base.whole && FILE.test(e.name)) onlyAsked(inf, e.value);
    return UNKNOWN;
  }
  const message = use.message || (use.key === null ? "read without a check" : `"${use.key}" is read without a check`);
  if (base.whole && !SIGNED_KEYS.test(use.key ?? ""))
    noteUse(inf, base, {
      start: e.start,
      end: e.end,
      message,
      key: use.key,
      required: use.required,
      fallback: use.fallback ?? null,
      conversion: null,
    });
  if (base.parameter && base.whole && !isChosen(bodyAt(inf, base), use.key)) return UNKNOWN;
  return base.whole ? partAt(base, e) : { ...base, deep: true };
}

const FILE = /^(file|filename|content_type|type|headers)$/;

/** What goes by these names carries its own signature, or comes back as it was sent out: SAML 2.0 bindings, 3.4 and 3.5. */
const SIGNED_KEYS = /^(SAMLResponse|SAMLRequest|RelayState)$/;

/** A part of unchecked data, read at `e` or further up. */
export function partAt(base: Body, e: Expression): Body {
  return { ...base, whole: false, from: base.from ?? e.start };
}

/** A part that is read only to be tested or compared goes nowhere: `if form.get("publish"):`. Whatever else is done with it is another use. */
export function onlyAsked(inf: Inference, condition: Expression): void {
  if (condition.kind === "boolean") {
    onlyAsked(inf, condition.left);
    onlyAsked(inf, condition.right);
  } else if (condition.kind === "unary" && condition.operator === "not") onlyAsked(inf, condition.value);
  else if (isShaped(condition) && isText(inf, condition.callee.value)) onlyAsked(inf, condition.callee.value);
  else if (condition.kind === "attribute") onlyTested(inf, condition);
  else if (textOfPart(condition)) onlyAsked(inf, textOfPart(condition)!);
  else if ((condition.kind === "call" && condition.callee.kind === "attribute") || condition.kind === "subscript") {
    for (const body of inf.bodies) {
      const { uses } = body;
      const index = uses.findIndex((u) => u.start === condition.start && u.end === condition.end && !fails(u, body));
      if (index >= 0) uses.splice(index, 1);
    }
  }
}

/** Whether a read fails unexpectedly where the key is missing. Werkzeug answers 400 for a form. */
export function fails({ required, key }: BodyUse, { kind, text, present }: MutableBody): boolean {
  return required && (key === null || !present.has(key)) && !(kind === "form" && text.endsWith(".form"));
}

/** `"mail" in form`: from then on a read of that key does not fail. */
export function notePresence(inf: Inference, key: Type, container: Type): void {
  const body = bodyIn(container);
  if (body && key.kind === "text") noteKey(inf, body, "present", key.value);
}

/** `isinstance(data["mail"], str)`: the value of that key has been looked at. What stands in a dict or list is not known by its being one. */
export function noteTypeAsked(inf: Inference, { list: [value, type] }: Arguments): void {
  const body = bodyIn(value?.type ?? UNKNOWN);
  if (!body || body.whole || body.deep || !value?.node || !type?.node) return;
  if (alternatives(type.type).some((t) => t.kind === "class" && /#(dict|list)$/.test(t.cls))) return;
  const source = bodyAt(inf, body);
  const use = source.uses.find((u) => u.start === value.node!.start && u.end === value.node!.end);
  if (!use || use.key === null || fails(use, source)) return;
  noteKey(inf, body, "typed", use.key);
  for (const { text, uses } of inf.bodies) {
    if (text !== source.text) continue;
    const left = uses.filter((u) => u.key !== use.key);
    if (left.length < uses.length) uses.splice(0, uses.length, ...left);
  }
}

/** A function of the project has looked at what stands under a key: reading it behind that is no use. */
function noteChecked(inf: Inference, { type }: Argument, key: string): void {
  const body = bodyIn(type);
  if (!body?.whole || body.source < 0) return;
  noteKey(inf, body, "present", key);
  noteKey(inf, body, "typed", key);
}

/** Each `request.POST` is a read of its own, so that what was seen of one holds of all. */
function noteKey(inf: Inference, body: Body, seen: "present" | "typed", key: string): void {
  const { text } = bodyAt(inf, body);
  for (const other of inf.bodies) if (other.text === text) other[seen].add(key);
  const known = inf[seen].get(text);
  if (known) known.add(key);
  else inf[seen].set(text, new Set([key]));
}

/** The unchecked data among the alternatives of a type. */
export function bodyIn(type: Type): Body | null {
  if (type.kind !== "union") return type.kind === "body" ? type : null;
  const bodies = type.members.filter((t): t is Body => t.kind === "body");
  return bodies.find((b) => !b.parameter) ?? bodies[0] ?? null;
}

/** A method called on unchecked data; null where the call is something else. */
export function bodyCall(inf: Inference, e: Call, base: Type | null, args: Arguments): Type | null {
  if (e.callee.kind !== "attribute" || base === null) return null;
  noteRead(inf, base);
  const { name } = e.callee;
  const mixed = READING.test(name) ? mixedIn(base, args.list[0]?.type) : null;
  if (!mixed) noteMixedIn(inf, e, base, args);
  const body = bodyIn(base) ?? mixed;
  if (!body && name === "join") return rawIn(inf, args.list[0]?.type ?? UNKNOWN);
  if (!body && name === "get") return eventBody(inf, e, base, args.list[0]?.type);
  if (!body) return name === "items" ? partsOf(inf, base) : null;
  if (/^(get|pop|getlist|setdefault|getall|getone|getunicode)$/.test(name)) {
    // Taken out and thrown away.
    if (name === "pop" && inf.frame.bare === e) return UNKNOWN;
    // What is no number, and no date, is left out: `form.get("page", type=int)`.
    if (args.list.some((a) => a.name === "type" && a.constant !== "None")) return UNKNOWN;
    const key = args.list[0]?.type;
    const required = name === "pop" && args.list.length < 2;
    const fallback = args.list[1]?.node ? written(args.list[1].node) : null;
    return readBody(inf, e, body, { key: key?.kind === "text" ? key.value : null, required, fallback, message: "" });
  }
  if (/^(difference|issubset|intersection)$/.test(name)) comparesKeys(inf, body, "-");
  const ofPath = noteParameterMethod(inf, e, name, body);
  if (ofPath) return ofPath;
  // The same data in another shape, still unchecked.
  if (
    /^(copy|dict|decode|to_dict|mixed|dict_of_lists|[lr]?strip|lower|upper|casefold|replace|remove(pre|suf)fix|read\w*|iter_\w+)$/.test(
      name,
    )
  )
    return body;
  if (/^(items|values|lists)$/.test(name)) return readBody(inf, e, body, { key: null, required: false, message: "" });
  return UNKNOWN;
}

const READING = /^(get|pop|setdefault|items|values)$/;

/** A default as it is written, where it is a constant; "…" for anything else. */
function written(e: Expression): string {
  return literalText(e) ?? "…";
}

/** What a call does to unchecked data among its arguments, and whether it is a source of it itself. Gives the result where that is such data. */
export function noteBodyArguments(inf: Inference, e: Call, applied: Applied, args: Arguments): Type | null {
  for (const target of applied.targets) {
    const kind = kindOf(inf, target);
    if (kind !== null) return valueNamed(inf, e, target, args, source(inf, e, kind, textOf(e), null, target.id));
  }
  const entering = enteringBody(inf, e, applied.type, applied.targets);
  if (entering) return entering;
  if (onlyRecords(e)) {
    excuseReads(inf, e);
    return null;
  }
  if (
    verifiesSender(
      e,
      args.list.some((a) => bodyIn(a.type)?.whole),
    )
  )
    vouch(inf);
  let result: Type | null = null;
  for (const argument of args.list) {
    // Most functions have no data of requests; they may still hand on their parameters.
    if (inf.bodies.length === 0 && !alternatives(argument.type).some(mayBeGiven)) continue;
    const built = inf.bodies.length > 0 && noteParameterArgument(inf, e, applied.targets, argument, args);
    if (built) result = built;
    if (noteAssignment(inf, e, applied.targets, argument, args)) continue;
    noteParameter(inf, applied.targets, argument, args);
    const checker = checkerOf(inf, applied.targets, argument, args);
    if (checker !== null) excuseParts(inf, argument, checker === "schema");
    excuseArgument(inf, e, applied.targets, argument, args);
    const base = bodyIn(argument.type) ?? mixedIn(argument.type);
    if (!base) continue;
    if (!base.whole) {
      if (base.parameter) continue;
      if (isRefusal(inf, e, applied.targets) && refused(inf, base, argument.node)) {
        if (effectOf(inf, applied.targets, argument, args) === "passes")
          result = source(inf, e, "json", textOf(e), null);
        continue;
      }
      if (noteConversion(inf, argument, base, applied) === "str") result = base;
      continue;
    }
    const effect = saysItChecks(e) ? "checks" : effectOf(inf, applied.targets, argument, args, inf.frame.bare === e);
    if (effect === "passes")
      result = picks(inf, applied.targets) ? { ...base, picked: true } : { ...base, parsed: true };
    else if (effect === "checks") Object.assign(bodyAt(inf, base), { checked: true, vetted: true });
    else if (effect === "writes")
      noteUse(inf, base, {
        start: e.start,
        end: e.end,
        message: `goes into ${textOf(e.callee)} as it came`,
        key: null,
        required: false,
        fallback: null,
        conversion: null,
      });
  }
  return result;
}

/** Whether a value may be a parameter, or a dict made of one. */
function mayBeGiven(type: Type): boolean {
  return type.kind === "parameter" || type.kind === "part" || (type.kind === "instance" && type.cls === DICT);
}

const DICT = "lib:builtins#dict";

/** Whether a library's schema or form is given the argument, or a validator of single values, which checks nothing around what it is given. */
function checkerOf(
  inf: Inference,
  targets: readonly Target[],
  argument: Argument,
  args: Arguments,
): "schema" | "value" | null {
  if (inf.frame.bodies.length === 0) return null;
  for (const { id, receiver } of targets) {
    if (id === null) continue;
    const owners = classEntity(inf.program, id) ? classInfo(inf.program, id).ancestors.map((a) => a.cls) : [id];
    for (const owner of owners) {
      const { holdsData } = inf.program.verbs(owner);
      // `context={…}` goes past the form.
      if (holdsData && (argument.name === null || argument.name === (holdsData.parameter ?? argument.name)))
        return "schema";
    }
    if (classEntity(inf.program, id)) {
      if (owners.some((owner) => inf.program.verbs(owner).validates.length > 0)) return "schema";
      continue;
    }
    const { validates, checks } = inf.program.verbs(id);
    const called = functionEntity(inf.program, id);
    if (called && !called.origin.isStub && checksArguments(inf.program, called)) return "value";
    if (validates.length === 0 && !checks?.parameter) continue;
    const bound = bindArguments(called?.parameters ?? [], receiver ? 1 : 0, args).find((b) => b.argument === argument);
    const name = bound?.parameter.name;
    if (validates.some((v) => v === null || v === name) || (name !== undefined && checks?.parameter === name))
      return receiver ? "schema" : "value";
  }
  return null;
}

function picks(inf: Inference, targets: readonly Target[]): boolean {
  return targets.some((t) => t.id !== null && inf.program.verbs(t.id).picks);
}

/** A value that leaves the function, or is kept, may be checked elsewhere. */
export function letGo(inf: Inference, type: Type): void {
  for (const t of alternatives(type)) {
    if (t.kind === "body" && t.whole) bodyAt(inf, t).checked = true;
    if (t.kind === "parameter" && t.of === inf.frame.id) inf.frame.kept.add(t.name);
  }
}

/** Something is read out of a value that is a parameter of the function being read. */
export function noteRead(inf: Inference, type: Type): void {
  for (const t of alternatives(type)) if (t.kind === "parameter" && t.of === inf.frame.id) inf.frame.read.add(t.name);
}

/** What a call does with parameters of the function being read among its arguments. */
function noteParameter(inf: Inference, targets: readonly Target[], argument: Argument, args: Arguments): void {
  for (const t of alternatives(argument.type)) {
    if (t.kind !== "parameter" || t.of !== inf.frame.id) continue;
    const effect = effectOf(inf, targets, argument, args);
    if (effect === "checks" || effect === "passes") inf.frame.kept.add(t.name);
    else if (effect === "writes") inf.frame.read.add(t.name);
  }
}

/** What kind of request data a target gives; what may be the query string, too, is that where it is not known to be read for the body. */
function kindOf(inf: Inference, { id }: Target): string | null {
  const kind = id === null ? null : inf.program.verbs(id).requestBody;
  if (kind !== "mixed") return kind;
  return takesOnlyBodies(inf) ? "form" : "query";
}

/** A property, or what going through an object gives each time, that is data of the request. */
export function bodyProperty(inf: Inference, e: Expression, targets: readonly Target[]): Type | null {
  for (const target of targets) {
    const kind = kindOf(inf, target);
    if (kind !== null) return source(inf, e, kind, textOf(e), null, target.id);
  }
  return null;
}

export function source(
  inf: Inference,
  node: Expression,
  kind: string,
  text: string,
  parameter: string | null,
  by: string | null = null,
): Body {
  // The node of a parameter is made anew each time it is asked for.
  let index = inf.bodies.findIndex(
    (b) => b.node === node || (b.parameter === parameter && b.start === node.start && b.end === node.end),
  );
  if (index < 0) {
    index = inf.bodies.length;
    const { start, end } = node;
    const checked = inf.frame.vouched || (inf.frame.entity?.decorators.some(checksBody) ?? false) || checksBefore(inf);
    const body: MutableBody = {
      ...newBody({ kind, node, start, end, text, parameter, by, checked }),
      present: new Set([...(inf.present.get(text) ?? []), ...promisedKeys(inf.frame.entity?.decorators ?? [])]),
      typed: new Set(inf.typed.get(text)),
      vetted: inf.frame.vouched,
    };
    inf.bodies.push(body);
    inf.frame.bodies.push(body);
  }
  return { kind: "body", source: index, whole: true, ...(isParameterKind(kind) ? { parameter: true } : {}) };
}

/** Notes the `await` over the read of a body. */
export function noteAwaited(inf: Inference, body: Body, e: Expression): void {
  bodyAt(inf, body).awaited ??= { start: e.start, end: e.end };
}

export function bodyAt(inf: Inference, body: Body): MutableBody {
  return inf.bodies[body.source] ?? NOBODY;
}

/** Stands in for data whose source is another unit's. */
const NOBODY = newBody({
  kind: "json",
  node: null,
  start: 0,
  end: 0,
  text: "",
  parameter: null,
  by: null,
  checked: true,
});

export function noteUse(inf: Inference, body: Body, use: BodyUse): void {
  if (body.source < 0) return;
  const read = bodyAt(inf, body);
  const { uses, typed, text, reads } = read;
  if (body.parameter) {
    // That one is read is no use of it.
    if (body.whole) reads.set(use.start, use.key);
    return;
  }
  if (use.key !== null && (typed.has(use.key) || isCovered(inf, text, use.key))) return;
  // The framework has seen to the values; only what is missing fails.
  if (read.kind === "values" && !fails(use, read)) return;
  if (!uses.some((u) => u.start === use.start && u.end === use.end)) uses.push(use);
}

/** What the call does with the whole of it. `dropped`: nobody looks at what it gives. */
function effectOf(
  inf: Inference,
  targets: readonly Target[],
  argument: Argument,
  args: Arguments,
  dropped = false,
): "checks" | "passes" | "writes" | "nothing" {
  if (targets.length === 0) return "checks";
  let effect: "passes" | "writes" | "nothing" = "nothing";
  for (const target of targets) {
    if (target.id === null) return "checks";
    const cls = classEntity(inf.program, target.id);
    if (cls) {
      const info = classInfo(inf.program, cls.id);
      const verbs = classVerbs(inf, instance(cls.id));
      if (verbs.validates.length > 0) return "checks";
      if (verbs.passes.length > 0) effect = "passes";
      else if (!cls.origin.isStub && argument.stars === 2 && !info.open && info.ancestors.length > 1) effect = "writes";
      else if (argument.stars === 2 && onlyKeeps(inf.program, cls) && !cls.members.has("__post_init__"))
        effect = "writes";
      else if (!cls.origin.isStub) return "checks";
      continue;
    }
    const entity = functionEntity(inf.program, target.id);
    if (!entity) return "checks";
    const skip = target.receiver ? 1 : 0;
    const parameter = bindArguments(entity.parameters, skip, args).find((b) => b.argument === argument)?.parameter.name;
    if (!entity.origin.isStub) {
      if (argument.stars === 2 && takesKeysUnseen(inf, entity)) {
        effect = "writes";
        continue;
      }
      if (argument.stars > 0 || parameter === undefined || !isOpen(inf.program, entity, parameter)) return "checks";
      const facts = inf.askParameters(entity.id);
      if (!facts || facts.kept.includes(parameter)) return "checks";
      const seen = examined(inf.program, entity, parameter);
      if (seen?.all) return "checks";
      for (const key of seen?.keys ?? []) noteChecked(inf, argument, key);
      // Of what is signed nothing is read.
      if ((seen && !seen.goesOn) || DIGESTS.test(entity.name)) continue;
      if (facts.read.includes(parameter)) effect = "writes";
      continue;
    }
    const verbs = inf.program.verbs(target.id);
    if (verbs.validates.some((v) => v === null || v === parameter)) return "checks";
    // Makes an instance of a schema around its checks (`model_construct`).
    if (argument.stars === 2 && target.receiver?.kind === "class" && entity.owner !== null)
      if (inf.program.verbs(entity.owner).validates.length > 0) effect = "writes";
    // A check that answers is none where nobody looks at the answer.
    if (!dropped && verbs.checks?.parameter && verbs.checks.parameter === parameter) return "checks";
    if (verbs.passes.some((v) => v === parameter)) effect = "passes";
  }
  return effect;
}

const DIGESTS = /digest|hmac|signature|checksum/;
