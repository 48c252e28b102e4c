/**
 * Whether a function runs anew for every request, and the way that leads there.
 *
 * It begins at the function and follows its callers, nearest first, up to a handler or dependency, which stubs tell apart (`handles_requests`,
 * `injects`). What happens on first use only is not followed; neither is a function that a decorator may make run once. A function that gives what it makes to
 * its caller makes it anew only where the caller does not keep it (see `keeping.ts`): the two are told apart.
 *
 * Callers are looked for in the functions whose text holds the function's name, under whatever name a file imports it; a constructor's is that of its class and
 * the classes below, that of an object's call the names the object is given. Calls without any name (`with`, iteration, operators) are found by the
 * name of the class, if at all.
 */
import { question } from "../base/memo.ts";
import {
  type ClassId,
  type FunctionEntity,
  type FunctionId,
  moduleFunctionId,
  type Outline,
} from "../names/outline.ts";
import { classEntity, functionEntity, type Program, plainId } from "../names/program.ts";
import { referenceMeanings } from "../types/annotations.ts";
import { classInfo, isSubclass } from "../types/classes.ts";
import { shapeOf } from "../types/functions.ts";
import { functionInfo, servedBy, servingDecoration } from "../types/inference/index.ts";
import { textOf } from "../types/inference/state.ts";
import type { CallRecord, Target } from "../types/record.ts";
import { keptIn } from "./keeping.ts";

/** How a function comes to run: the handler that begins it, and the calls that lead on. */
export interface ServedWay {
  readonly handler: FunctionId;
  readonly by: string;
  readonly steps: readonly ServedStep[];
}

interface ServedStep {
  readonly fn: FunctionId;
  readonly record: CallRecord;
  readonly next: FunctionId;
}

/** Gives the files whose text holds a word, in an order that does not depend on what was asked before. */
export type Mentioning = (word: string) => readonly { readonly text: string; readonly outline: Outline }[];

/**
 * The shortest way from a handler to a function; null where none is known to lead there. `fresh`: one on which nobody may keep what the
 * function gives, or the object it makes.
 */
export function servedWay(program: Program, mentioning: Mentioning, id: FunctionId, fresh: boolean): ServedWay | null {
  const search: Search = { program, mentioning, fresh };
  const onward = new Map<FunctionId, ServedStep | null>([[id, null]]);
  for (const [fn, step] of onward) {
    const entity = functionEntity(program, fn);
    if (!entity || runsRarely(program, entity)) continue;
    const units = unitsNaming(search, entity);
    const by = servedItself(program, entity, units);
    if (by !== null) return { handler: fn, by, steps: stepsFrom(step, onward) };
    for (const { caller, record } of callersIn(search, entity, units))
      if (!onward.has(caller)) onward.set(caller, { fn: caller, record, next: fn });
  }
  return null;
}

interface Search {
  readonly program: Program;
  readonly mentioning: Mentioning;
  readonly fresh: boolean;
}

function stepsFrom(
  first: ServedStep | null,
  onward: ReadonlyMap<FunctionId, ServedStep | null>,
): readonly ServedStep[] {
  const steps: ServedStep[] = [];
  for (let step = first; step; step = onward.get(step.next) ?? null) steps.push(step);
  return steps;
}

/** Who says that the function itself is a handler or a dependency; null where nobody does. */
function servedItself(program: Program, entity: FunctionEntity, units: readonly FunctionId[]): string | null {
  const { id, owner, parent, decorators } = entity;
  const decorated = parent === null && decorators.length > 0 ? program.memo.get(DECORATED, id) : null;
  if (decorated) return decorated;
  if (owner !== null && program.memo.get(OVERRIDING, owner)?.includes(id)) return classEntity(program, owner)!.name;
  for (const unit of units) {
    const served = servedBy(program, unit).find(({ fn }) => fn === id);
    if (served) return served.by;
  }
  return null;
}

/** The calls of a function that make it run anew. */
function callersIn(
  { program, fresh }: Search,
  entity: FunctionEntity,
  units: readonly FunctionId[],
): readonly { readonly caller: FunctionId; readonly record: CallRecord }[] {
  const found: { caller: FunctionId; record: CallRecord }[] = [];
  for (const unit of units)
    for (const caller of functionsOf(program, unit)) {
      const info = functionInfo(program, caller);
      if (!info?.def) continue;
      const kept = keptIn(info.def);
      for (const record of info.calls) {
        if (record.once || !record.targets.some((target) => runsIt(program, target, entity))) continue;
        if (kept.first.has(record.node) || (fresh && kept.values.has(record.node))) continue;
        found.push({ caller, record });
      }
    }
  return found;
}

/** A unit and the functions nested in it. */
function functionsOf(program: Program, unit: FunctionId): readonly FunctionId[] {
  const declared = program.outline(program.home(unit).key)?.declared.get(unit)?.functions.values() ?? [];
  return [...declared].map(({ id }) => id);
}

/** Whether what is called is the function, made to run now or later, or a method it overrides. */
function runsIt(program: Program, { id, runs }: Target, entity: FunctionEntity): boolean {
  const called = runs ?? (id !== null && isRunLater(program, id) ? id : null);
  if (called === null) return false;
  if (plainId(called) === entity.id) return true;
  const { owner, name } = entity;
  if (owner === null || !called.endsWith(`.${name}`)) return false;
  const overridden = functionEntity(program, called);
  return overridden?.owner ? isSubclass(program, owner, overridden.owner) : false;
}

/** A coroutine or generator that is made here: whoever is given it runs it, most often this very function or the framework that streams it. */
function isRunLater(program: Program, id: string): boolean {
  const entity = functionEntity(program, id);
  return entity !== undefined && !entity.origin.isStub && (entity.isGenerator || entity.isAsync);
}

/** The units whose text holds a name the function is called by, sorted; module tops among them, which may register it. */
function unitsNaming(search: Search, entity: FunctionEntity): readonly FunctionId[] {
  const found = new Set<FunctionId>();
  for (const name of namesOf(search, entity)) {
    const alias = new RegExp(`(?<!\\w)${name} as (\\w+)`, "g");
    for (const { text, outline } of search.mentioning(name)) {
      const names = [name, ...[...text.matchAll(alias)].map((match) => match[1]!)];
      const mention = new RegExp(`(?<!\\w)(?:${names.join("|")})(?!\\w)`);
      if (!mention.test(text)) continue;
      found.add(moduleFunctionId(outline.origin.key));
      for (const [id, { unit, def }] of outline.functions)
        if (unit === id && mention.test(text.slice(def.unitStart, def.unitStart + def.end))) found.add(id);
    }
  }
  return [...found].sort();
}

/** What stands where the function is called. */
function namesOf(search: Search, { name, owner }: FunctionEntity): readonly string[] {
  if (owner === null || !/^__\w+__$/.test(name)) return [name];
  const classes = classesBelow(search, owner);
  const names = classes.map((cls) => classEntity(search.program, cls)?.name ?? "");
  if (name !== "__call__") return names;
  return [...names, ...names.flatMap((cls) => objectsOf(search, cls))];
}

function classesBelow({ program, mentioning }: Search, cls: ClassId): readonly ClassId[] {
  const found = new Set<ClassId>([cls]);
  for (const each of found)
    for (const { outline } of mentioning(classEntity(program, each)?.name ?? ""))
      for (const other of outline.classes.keys()) if (isSubclass(program, other, each)) found.add(other);
  return [...found];
}

/** Module-level names of objects that are made of a class. */
function objectsOf({ mentioning }: Search, cls: string): readonly string[] {
  return mentioning(cls).flatMap(({ outline }) =>
    [...outline.names].flatMap(([name, bindings]) =>
      bindings.some((b) => b.kind === "variable" && b.value?.kind === "call" && lastNameOf(b.value.callee) === cls)
        ? [name]
        : [],
    ),
  );
}

function lastNameOf(e: { readonly kind: string; readonly id?: string; readonly name?: string }): string | undefined {
  return e.kind === "name" ? e.id : e.kind === "attribute" ? e.name : undefined;
}

const DECORATED = question<Program, string | null>((program, id) => {
  const entity = functionEntity(program, id);
  return entity ? servingDecoration(program, entity) : null;
});

/** The methods of a class that override those a framework calls for each request. */
const OVERRIDING = question<Program, readonly FunctionId[]>(
  (program, cls) => {
    const served = new Set<string>();
    for (const { cls: id } of classInfo(program, cls).ancestors) {
      const ancestor = classEntity(program, id);
      if (!ancestor?.origin.isStub) continue;
      for (const [name, bindings] of ancestor.members) {
        for (const b of bindings) {
          if (b.kind !== "function") continue;
          const verbs = program.verbs(b.id);
          if (verbs.runsOverrides && verbs.handlesRequests !== null) served.add(name);
        }
      }
    }
    if (served.size === 0) return [];
    const members = classEntity(program, cls)?.members ?? new Map<string, never>();
    return [...members].flatMap(([name, bindings]) =>
      served.has(name) ? bindings.flatMap((b) => (b.kind === "function" ? [b.id] : [])) : [],
    );
  },
  (a, b) => a.join("\n") === b.join("\n"),
);

/** Whether a decorator may keep what the function gives, so that its body runs once. */
function runsRarely(program: Program, entity: FunctionEntity): boolean {
  if (entity.decorators.length === 0) return false;
  return entity.decorators.some((d) => mayKeep(program, entity, d)) || keepsProperty(program, entity);
}

function mayKeep(program: Program, entity: FunctionEntity, decorator: FunctionEntity["decorators"][number]): boolean {
  const head = decorator.kind === "call" ? decorator.callee : decorator;
  const scope = { key: entity.origin.key, owner: entity.owner };
  const meanings = referenceMeanings(program, head, scope);
  if (meanings.some((m) => (m.kind === "function" || m.kind === "class") && program.verbs(m.id).caches)) return true;
  return /cach|once|single|memo|lazy/i.test(textOf(head));
}

function keepsProperty(program: Program, entity: FunctionEntity): boolean {
  if (!shapeOf(program, entity).property) return false;
  return entity.decorators.some((d) => d.kind !== "name" || d.id !== "property");
}
