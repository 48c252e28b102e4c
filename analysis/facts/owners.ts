/**
 * Classes of the project whose instances own a connection, a session or a client of a database that they open themselves: making one opens it, and
 * what closes the instance closes that.
 *
 * Looked at is what `__init__` assigns to an attribute straight away (`self.connection = connect(dsn)`). A method that calls a closing method of that attribute
 * closes the instance; `__exit__` that does so, or calls such a method, makes `with` close it. A class without any is an owner that nobody can close. It refuses
 * to say so of classes with bases it does not see, with `__del__`, or that hand the attribute out.
 */
import type { Opening } from "../flow/ownership.ts";
import { expressionsOf } from "../flow/scope.ts";
import { classEntity, functionEntity, type Program } from "../names/program.ts";
import { walkExpressions } from "../syntax/index.ts";
import type { Call, Expression, FunctionDef } from "../syntax/tree.ts";
import { classInfo, findMember } from "../types/classes.ts";
import { functionInfo } from "../types/inference/index.ts";
import type { FunctionInfo, Target } from "../types/record.ts";
import { instance } from "../types/type.ts";
import { eachStatement } from "./keeping.ts";

export interface Owner {
  /** What an instance opens, and how it is closed. */
  readonly opening: Opening;
  /** Methods after which somebody else may have the instance. */
  readonly givesItself: readonly string[];
}

type OpeningOf = (program: Program, info: FunctionInfo, e: Expression) => Opening | null;

/** The class whose instance a call makes; null where it makes none of the project. */
export function madeBy(program: Program, { id }: Target): string | null {
  if (id === null) return null;
  if (classEntity(program, id)) return id;
  const entity = functionEntity(program, id);
  return entity?.name === "__init__" ? entity.owner : null;
}

/** What instances of a class own; null for nothing, or nobody knows. `openingOf`: what an expression opens. */
export function computeOwner(program: Program, cls: string, openingOf: OpeningOf): Owner | null {
  const { ancestors, open } = classInfo(program, cls);
  if (open || classEntity(program, cls)?.origin.isStub !== false) return null;
  if (ancestors.some((a) => classEntity(program, a.cls)?.origin.isStub && !/[#.](object|ABC|Generic)$/.test(a.cls)))
    return null;
  const init = methodOf(program, cls, "__init__");
  const held = init && heldBy(program, init, openingOf);
  if (!held) return null;
  const methods = methodsOf(program, cls);
  if (methods.some(({ def }) => def.name === "__del__")) return null;
  const closers = new Set(methods.flatMap(({ def }) => (closes(def, held.attribute) ? [def.name] : [])));
  const exits = methods.filter(({ def }) => /^__a?exit__$/.test(def.name));
  const leavesClosed = exits.some(({ def }) => closers.has(def.name) || [...closers].some((c) => callsOwn(def, c)));
  const named = [...closers].filter((name) => !/^__/.test(name));
  if (methods.some(({ def }) => def.name !== "__init__" && givesAttribute(def, held.attribute))) return null;
  const { what } = held.opening;
  const isAsync = exits.some(({ def }) => def.name === "__aexit__");
  const awaitsClose = methods.some(({ def }) => def.name === named[0] && def.isAsync);
  return {
    opening: { what, closedBy: [...named, ...(leavesClosed ? ["with"] : [])], isAsync, awaitsClose, keeps: true },
    givesItself: methods.flatMap(({ def }) => (givesSelf(def) ? [def.name] : [])),
  };
}

/** Whether a function reads an attribute of a name other than to call it: then what the object keeps may be closed past it. */
export function isReachedInto(def: FunctionDef, names: readonly string[]): boolean {
  let reads = 0;
  eachStatement(def.body, (s) => {
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        const isOf = (inner: Expression): boolean =>
          inner.kind === "attribute" && inner.value.kind === "name" && names.includes(inner.value.id);
        if (isOf(e)) reads++;
        if (e.kind === "call" && isOf(e.callee)) reads--;
      });
    }
  });
  return reads > 0;
}

const OWNED = new Set(["database connection", "database session", "database client"]);

/** The attribute that `__init__` opens a resource for, whatever it is given. */
function heldBy(
  program: Program,
  { info, def }: Method,
  openingOf: OpeningOf,
): { readonly attribute: string; readonly opening: Opening } | null {
  for (const s of def.body) {
    const value = s.kind === "assign" || s.kind === "annotated-assign" ? s.value : null;
    const target = s.kind === "assign" ? s.targets[0] : s.kind === "annotated-assign" ? s.target : undefined;
    if (value?.kind !== "call" || target?.kind !== "attribute" || !isSelf(target.value)) continue;
    const opening = openingOf(program, info, value);
    if (opening && OWNED.has(opening.what)) return { attribute: target.name, opening };
  }
  return null;
}

interface Method {
  readonly info: FunctionInfo;
  readonly def: FunctionDef;
}

function methodOf(program: Program, cls: string, name: string): Method | null {
  const [found] = findMember(program, instance(cls), name)?.bindings ?? [];
  const info = found?.kind === "function" ? functionInfo(program, found.id) : undefined;
  return info?.def ? { info, def: info.def } : null;
}

function methodsOf(program: Program, cls: string): readonly Method[] {
  const names = new Set(
    classInfo(program, cls).ancestors.flatMap((a) => [...(classEntity(program, a.cls)?.members.keys() ?? [])]),
  );
  return [...names].flatMap((name) => methodOf(program, cls, name) ?? []);
}

const CLOSING = /^(a?close|disconnect|dispose|quit|release|shutdown|stop|terminate)(_all|_connections)?$/;

/** Whether a method calls a closing method of `self.attribute`, or hands that on. */
function closes(def: FunctionDef, attribute: string): boolean {
  return someCall(def, ({ callee, args }) => {
    if (args.some((a) => isOwn(a, attribute))) return /clos|release|putconn|dispose|shutdown/.test(nameOf(callee));
    return callee.kind === "attribute" && CLOSING.test(callee.name) && isOwn(callee.value, attribute);
  });
}

function callsOwn(def: FunctionDef, method: string): boolean {
  return someCall(def, ({ callee }) => isOwn(callee, method));
}

/** Whether a method gives the attribute itself to others. */
function givesAttribute(def: FunctionDef, attribute: string): boolean {
  let gives = false;
  eachStatement(def.body, (s) => {
    if (s.kind === "return" && s.value && isOwn(s.value, attribute)) gives = true;
  });
  return gives;
}

/** Whether `self` is written for more than its attributes. */
function givesSelf(def: FunctionDef): boolean {
  let bare = 0;
  eachStatement(def.body, (s) => {
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (isSelf(e)) bare++;
        if (e.kind === "attribute" && isSelf(e.value)) bare--;
      });
    }
  });
  return bare > 0;
}

function someCall(def: FunctionDef, is: (call: Call) => boolean): boolean {
  let found = false;
  eachStatement(def.body, (s) => {
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "call" && is(e)) found = true;
      });
    }
  });
  return found;
}

function isOwn(e: Expression, attribute: string): boolean {
  return e.kind === "attribute" && e.name === attribute && isSelf(e.value);
}

function isSelf(e: Expression): boolean {
  return e.kind === "name" && e.id === "self";
}

function nameOf(callee: Expression): string {
  return callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
}
