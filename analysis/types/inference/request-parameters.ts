/**
 * Values of query strings, paths, headers and cookies. Most of them only choose, find or tell something, so that a read of one is no use by
 * itself: what counts is where an unchecked one goes. It becomes part of a file's path, of SQL, of an address or a command, it is written to the
 * database, or it is converted where nobody expects that to fail.
 *
 * A value that stands in any test but that of its being there counts as checked, and so does one that is handed to a function which is called for
 * nothing but that.
 */
import type { FunctionEntity } from "../../names/outline.ts";
import { classEntity, dottedNameOfId, functionEntity } from "../../names/program.ts";
import type { Call, Expression, Statement } from "../../syntax/tree.ts";
import { blocksOf, childExpressions, expressionsOf, walkExpressions } from "../../syntax/walk.ts";
import { findMember } from "../classes.ts";
import type { Target } from "../record.ts";
import { alternatives, instance, type Type } from "../type.ts";
import { type Argument, type Arguments, bindArguments } from "./arguments.ts";
import { onlyAskedAbout } from "./asked-names.ts";
import { type Body, bodyAt } from "./bodies.ts";
import { evaluate } from "./expressions.ts";
import type { MutableBody } from "./request-state.ts";
import { hasColumns, massIn } from "./sinks.ts";
import { type Inference, textOf } from "./state.ts";

/** Whether a read gives what a client chose: of the variables of a server only headers do. */
export function isChosen({ kind }: MutableBody, key: string | null): boolean {
  return kind !== "environ" || (key?.startsWith("HTTP_") ?? false);
}

/** The value of a parameter among the alternatives of a type, or in a list, tuple or dict of that type. */
export function parameterIn(type: Type): Body | null {
  for (const t of alternatives(type)) {
    if (t.kind === "body" && t.parameter && !t.whole) return t;
    const inner = t.kind === "tuple" ? t.items : t.kind === "instance" && /#(list|dict|set)$/.test(t.cls) ? t.args : [];
    for (const each of inner) {
      const found = parameterIn(each);
      if (found) return found;
    }
  }
  return null;
}

/** A text that is made of others: where a parameter is among them it can be whatever the client likes. Null where none is. */
export function builtOf(types: readonly Type[]): Type | null {
  for (const type of types) {
    const found = parameterIn(type);
    if (found) return found;
  }
  return null;
}

const WRITTEN = "is written to the database";

/** Notes what becomes of a parameter that is given to a call. Gives the result where that is made of it. */
export function noteParameterArgument(
  inf: Inference,
  e: Call,
  targets: readonly Target[],
  argument: Argument,
  args: Arguments,
): Type | null {
  if (argument.stars === 2) return noteMass(inf, e, targets, argument);
  const part = parameterIn(argument.type);
  if (!part || !argument.node) return null;
  if (isConversion(inf, targets)) {
    noteConversion(inf, e, part);
    return null;
  }
  for (const target of targets) {
    const what = target.id === null ? null : useOf(inf, target, argument, args);
    if (what !== null) noteSink(inf, part, e, what);
  }
  if (targets.some((t) => passesOn(inf, t, argument, args))) return part;
  const own = targets.every((t) => t.id === null || functionEntity(inf.program, t.id)?.origin.isStub === false);
  // Who is called for nothing but that looks at it, or sees to it: `check_name(name)`.
  if (inf.frame.bare === e && own) clear(inf, part);
  return isFormatting(e) ? part : null;
}

/** `Model(**request.args)`. */
function noteMass(inf: Inference, e: Call, targets: readonly Target[], { type }: Argument): null {
  const mass = massIn(inf, type);
  if (!mass?.parameter) return null;
  for (const { id } of targets)
    if (id !== null && (isRecord(inf, id) || inf.program.verbs(id).assigns.length > 0))
      noteUse(inf, bodyAt(inf, mass), e, "writes whatever keys there are to the database", null, null);
  return null;
}

/** `order.note = request.args["note"]`. */
export function noteParameterAssigned(inf: Inference, target: Expression, value: Expression, type: Type): void {
  const part = parameterIn(type);
  if (!part) return;
  if (target.kind === "name") {
    const { def } = inf.frame;
    const isFixed = (name: string): boolean => inf.outline.names.has(name);
    const isAsked = (body: readonly Statement[]): boolean =>
      isQuestioned(body, target.id) || onlyAskedAbout(body, target.id, "text", isFixed, -1, value);
    if (def && isAsked(def.body)) clear(inf, part);
    return;
  }
  if (target.kind !== "attribute" || alternatives(type).every((t) => t.kind !== "body")) return;
  const owner = inf.quietly(() => evaluate(inf, target.value));
  if (alternatives(owner).some((t) => t.kind === "instance" && hasColumns(inf, t.cls)))
    noteSink(inf, part, target, WRITTEN);
}

/** A method called on a path that is made of a parameter: `Path(request.args["file"]).read_text()`. */
export function noteParameterMethod(inf: Inference, e: Call, name: string, body: Body): Type | null {
  if (!body.parameter || body.whole) return null;
  if (/^(joinpath|resolve|absolute|with_suffix|encode|format|replace)$/.test(name)) return body;
  if (OF_FILES.test(name)) noteSink(inf, body, e, "chooses which file is used");
  return null;
}

const OF_FILES = /^(read_text|read_bytes|open|write_text|write_bytes|unlink|rmdir|mkdir|touch|iterdir|rglob)$/;

/** Takes a parameter for checked. */
export function clear(inf: Inference, part: Body): void {
  if (part.from === undefined) return;
  const body = bodyAt(inf, part);
  body.cleared.add(part.from);
  const left = body.sinks.filter((use) => body.origins.get(`${use.start}-${use.end}`) !== part.from);
  if (left.length < body.sinks.length) body.sinks.splice(0, body.sinks.length, ...left);
}

function noteSink(inf: Inference, part: Body, e: Expression, what: string): void {
  const body = bodyAt(inf, part);
  if (part.source < 0 || part.from === undefined || body.cleared.has(part.from)) return;
  // Who came with which browser from where is put on record, whatever it is.
  if (what === WRITTEN && /^(header|environ)$/.test(body.kind)) return;
  const key = body.reads.get(part.from) ?? null;
  noteUse(inf, body, e, key === null ? what : `"${key}" ${what}`, key, part.from);
}

function noteUse(
  { frame }: Inference,
  body: MutableBody,
  { start, end }: Expression,
  message: string,
  key: string | null,
  from: number | null,
): void {
  if (frame.env.dead || body.sinks.some((u) => u.start === start && u.end === end)) return;
  if (from !== null) body.origins.set(`${start}-${end}`, from);
  body.sinks.push({ start, end, message, key, required: false, fallback: null, conversion: null });
}

/** What a call does with a parameter that matters, in words that follow its name; null where nothing does. */
function useOf(inf: Inference, target: Target, argument: Argument, args: Arguments): string | null {
  const { program } = inf;
  const id = target.id!;
  if (classEntity(program, id) && isRecord(inf, id)) return argument.name === null ? null : WRITTEN;
  const called = calledBy(inf, id);
  if (!called?.origin.isStub) return null;
  const skip = target.receiver || classEntity(program, id) ? 1 : 0;
  const parameter = bindArguments(called.parameters, skip, args).find((b) => b.argument === argument)?.parameter;
  if (!parameter) return null;
  const { name } = parameter;
  const verbs = program.verbs(called.id);
  if (verbs.assigns.includes(name) && called.name !== "__init__") return WRITTEN;
  const works = (kind: string): boolean => target.works.some((w) => w.kind === kind);
  const made = called.owner === null ? null : program.verbs(called.owner);
  const resource = made?.opens?.what ?? made?.madeOnce?.what ?? "";
  if (verbs.reaches?.parameter === name) return REACHED[verbs.reaches.what] ?? null;
  if (works("disk") && target.receiver === null && A_PATH.test(name)) return "chooses which file is used";
  const direct = alternatives(argument.type).some((t) => t.kind === "body");
  if ((works("database") || resource.startsWith("database")) && SQL.test(name) && direct) return "becomes part of SQL";
  if ((works("network") || resource === "http client") && AN_ADDRESS.test(name))
    return "becomes part of the address that is called";
  return works("process") && A_COMMAND.test(name) ? "becomes part of a command" : null;
}

/** What stubs say that an argument decides, in words. */
const REACHED: Readonly<Record<string, string>> = {
  "a file": "chooses which file is used",
  SQL: "becomes part of SQL",
  "an address": "becomes part of the address that is called",
  "a command": "becomes part of a command",
};

const A_PATH =
  /^(path|file|filename|filepath|name|src|dst|source|target|directory|dir|top)$|_(path|file|filename|or_file)$/;
const SQL = /^(sql|query|statement|operation|stmt|command)$/;
const AN_ADDRESS = /^(url|uri|host|hostname|address|endpoint)$/;
const A_COMMAND = /^(args|cmd|command|popenargs|program)$/;

/** The function that a call runs, of a class its constructor. */
function calledBy(inf: Inference, id: string): FunctionEntity | undefined {
  const cls = classEntity(inf.program, id);
  const init = cls && findMember(inf.program, instance(id), "__init__")?.bindings.find((b) => b.kind === "function");
  return functionEntity(inf.program, init?.kind === "function" ? init.id : id);
}

function isRecord(inf: Inference, cls: string): boolean {
  return classEntity(inf.program, cls) !== undefined && hasColumns(inf, cls);
}

function passesOn(inf: Inference, target: Target, argument: Argument, args: Arguments): boolean {
  if (target.id === null) return false;
  const called = calledBy(inf, target.id);
  if (!called?.origin.isStub) return false;
  const skip = target.receiver || classEntity(inf.program, target.id) ? 1 : 0;
  const name = bindArguments(called.parameters, skip, args).find((b) => b.argument === argument)?.parameter.name;
  const passes = [...inf.program.verbs(target.id).passes, ...inf.program.verbs(called.id).passes];
  return name !== undefined && passes.includes(name);
}

/** `"…".format(name)`, `"/".join(names)`. */
function isFormatting({ callee }: Call): boolean {
  return callee.kind === "attribute" && (callee.name === "format" || callee.name === "join");
}

function isConversion(inf: Inference, targets: readonly Target[]): boolean {
  const id = targets[0]?.id;
  return typeof id === "string" && /^(int|float)$/.test(dottedNameOfId(inf.program, id));
}

/** `int(request.args["page"])`. What a path holds is matched by its route, and what a length is the server has looked at. */
function noteConversion(inf: Inference, e: Call, part: Body): void {
  const body = bodyAt(inf, part);
  const key = part.from === undefined ? null : body.reads.get(part.from);
  if (inf.frame.tries > 0 || !/^(query|cookie|header|environ)$/.test(body.kind) || /content.length/i.test(key ?? ""))
    return;
  noteSink(inf, part, e, `makes ${textOf(e)} fail unless it is a number`);
}

/** Whether a name stands in a test that asks more than whether it is there: `if name not in NAMES`, `if len(name) > 80`. */
function isQuestioned(body: readonly Statement[], name: string): boolean {
  return body.some((s) => {
    const asked =
      s.kind === "if" || s.kind === "while" || s.kind === "assert" ? [s.test] : s.kind === "match" ? [s.subject] : [];
    if (asked.some((test) => asksMore(test, name))) return true;
    let found = false;
    for (const e of expressionsOf(s))
      walkExpressions(e, (inner) => {
        if (inner.kind === "conditional" && asksMore(inner.test, name)) found = true;
      });
    return found || blocksOf(s).some((block) => isQuestioned(block, name));
  });
}

function asksMore(test: Expression, name: string): boolean {
  if (test.kind === "name") return false;
  if (test.kind === "boolean") return asksMore(test.left, name) || asksMore(test.right, name);
  if (test.kind === "unary") return asksMore(test.value, name);
  if (test.kind === "comparison" && /^(is|is not|==|!=)$/.test(test.operators[0] ?? "")) {
    const [left, right] = test.operands;
    if (left?.kind === "name" && (right?.kind === "literal" || (right?.kind === "string" && right.value === "")))
      return false;
  }
  return mentions(test, name);
}

function mentions(e: Expression, name: string): boolean {
  return (e.kind === "name" && e.id === name) || childExpressions(e).some((child) => mentions(child, name));
}
