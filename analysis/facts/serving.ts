/**
 * Whether a function runs anew for every request, and the way that leads there.
 *
 * It begins at the function and follows its callers, nearest first, up to a handler or dependency, which stubs tell apart (`handles_requests`,
 * `injects`). What happens on first use only is not followed; neither is a function that a decorator may make run once. A function that gives what it makes to
 * its caller makes it anew only where the caller does not keep it (see `keeping.ts`): the two are told apart.
 *
 * Callers are looked for by name, among the units that call something so called; a constructor is called by the names of its class and the classes
 * below. Calls without a name (`with`, iteration, operators) are not followed, nor is a way that is long or where very many functions could be on it.
 */
import { keptQuestion } from "../base/memo.ts";
import type { ClassId, FunctionEntity, FunctionId } from "../names/outline.ts";
import { classEntity, functionEntity, type Program, plainId } from "../names/program.ts";
import { referenceMeanings } from "../types/annotations.ts";
import { classInfo, isSubclass } from "../types/classes.ts";
import { shapeOf } from "../types/functions.ts";
import { giversOf } from "../types/given-as.ts";
import { functionInfo, servedBy, servingDecoration } from "../types/inference/index.ts";
import { textOf } from "../types/inference/state.ts";
import type { CallRecord } from "../types/record.ts";
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

/** What of a project the search needs. */
export interface CallerIndex {
  readonly program: Program;
  /** The units that call something by a name, sorted. */
  calling(name: string): readonly FunctionId[];
  /** The files whose text holds a word. */
  mentioning(word: string): readonly { readonly path: string }[];
}

/** Functions looked at for one way: more are only reached through names that everything is called by. */
const LOOKED_AT = 200;

/**
 * The shortest way from a handler to a function; null where none is known to lead there. `fresh`: one on which nobody may keep what the
 * function gives, or the object it makes.
 */
export function servedWay(index: CallerIndex, id: FunctionId, fresh: boolean): ServedWay | null {
  const { program } = index;
  /** Of a function the one it calls on the way; the function asked about calls none. */
  const onward = new Map<FunctionId, FunctionId | null>([[id, null]]);
  let looked = 0;
  for (const fn of onward.keys()) {
    const entity = functionEntity(program, fn);
    if (!entity || runsRarely(program, entity)) continue;
    if (++looked > LOOKED_AT) return null;
    const names = namesOf(index, entity);
    const by = servedItself(program, entity, names);
    if (by !== null) return { handler: fn, by, steps: stepsFrom(program, fn, onward, fresh) };
    for (const unit of new Set(names.flatMap((name) => index.calling(name))))
      for (const { caller, callee, kept } of program.memo.get(CALLS, unit) ?? [])
        if (!(fresh && kept) && !onward.has(caller) && isOrOverrides(program, entity, callee)) onward.set(caller, fn);
  }
  return null;
}

function stepsFrom(
  program: Program,
  handler: FunctionId,
  onward: ReadonlyMap<FunctionId, FunctionId | null>,
  fresh: boolean,
): readonly ServedStep[] {
  const steps: ServedStep[] = [];
  for (let fn = handler, next = onward.get(fn); next; fn = next, next = onward.get(fn)) {
    const entity = functionEntity(program, next);
    const call = lastingCalls(program, fn).find(
      ({ callee, kept }) => !(fresh && kept) && entity && isOrOverrides(program, entity, callee),
    );
    if (call) steps.push({ fn, record: call.record, next });
  }
  return steps;
}

/** Who says that the function itself is a handler or a dependency; null where nobody does. */
function servedItself(program: Program, entity: FunctionEntity, names: readonly string[]): string | null {
  const { id, owner, parent, decorators } = entity;
  const decorated = parent === null && decorators.length > 0 ? program.memo.get(DECORATED, id) : null;
  if (decorated) return decorated;
  if (owner !== null && program.memo.get(OVERRIDING, owner)?.includes(id)) return classEntity(program, owner)!.name;
  const units = parent === null ? giversOf(program, entity, names) : [entity.unit];
  for (const unit of units) {
    const served = servedBy(program, unit).find(({ fn }) => fn === id);
    if (served) return served.by;
  }
  return null;
}

/** That one function makes another run anew. */
interface Edge {
  readonly caller: FunctionId;
  readonly callee: FunctionId;
  /** Whether somebody may keep what it gives, each time. */
  readonly kept: boolean;
}

/** The edges that begin in a unit: no part of them is where the calls stand. */
const CALLS = keptQuestion<Program, readonly Edge[]>(
  "lasting calls",
  (program, unit) => {
    const declared = program.outline(program.home(unit).key)?.declared.get(unit)?.functions.values() ?? [];
    return [...declared].flatMap(({ id }) => {
      const callees = new Map<FunctionId, boolean>();
      for (const { callee, kept } of lastingCalls(program, id))
        callees.set(callee, kept && callees.get(callee) !== false);
      return [...callees].map(([callee, kept]): Edge => ({ caller: id, callee, kept }));
    });
  },
  (a, b) => JSON.stringify(a) === JSON.stringify(b),
);

/** The calls of a function that run project code each time, now or later. */
function lastingCalls(
  program: Program,
  fn: FunctionId,
): readonly { readonly record: CallRecord; readonly callee: FunctionId; readonly kept: boolean }[] {
  const info = functionInfo(program, fn);
  if (!info?.def) return [];
  const { first, values } = keptIn(info.def);
  return info.calls.flatMap((record) => {
    if (record.once || first.has(record.node)) return [];
    return record.targets.flatMap(({ id, runs }) => {
      const callee = runs ?? (id !== null && isRunLater(program, id) ? id : null);
      return callee === null ? [] : [{ record, callee: plainId(callee), kept: values.has(record.node) }];
    });
  });
}

/** A coroutine or generator that is made here: whoever is given it runs it, most often this very function or the framework that streams it. */
function isRunLater(program: Program, id: string): boolean {
  const entity = functionEntity(program, id);
  return entity !== undefined && !entity.origin.isStub && (entity.isGenerator || entity.isAsync);
}

/** Whether calling `callee` may run the function: it is the function, or a method it overrides. */
function isOrOverrides(program: Program, { id, owner, name }: FunctionEntity, callee: FunctionId): boolean {
  if (callee === id) return true;
  if (owner === null || !callee.endsWith(`.${name}`)) return false;
  const overridden = functionEntity(program, callee);
  return overridden?.owner ? isSubclass(program, owner, overridden.owner) : false;
}

/** What stands where the function is called or given to somebody. */
function namesOf(index: CallerIndex, { name, owner }: FunctionEntity): readonly string[] {
  if (owner === null || !/^__\w+__$/.test(name)) return [name];
  return [...new Set(classesBelow(index, owner).map((cls) => classEntity(index.program, cls)?.name ?? name))];
}

function classesBelow(index: CallerIndex, cls: ClassId): readonly ClassId[] {
  const { program } = index;
  const found = new Set<ClassId>([cls]);
  for (const each of found)
    for (const { path } of index.mentioning(classEntity(program, each)?.name ?? ""))
      for (const other of program.outline(path)?.classes.keys() ?? [])
        if (isSubclass(program, other, each)) found.add(other);
  return [...found].sort();
}

const DECORATED = keptQuestion<Program, string | null>("decorated", (program, id) => {
  const entity = functionEntity(program, id);
  return entity ? servingDecoration(program, entity) : null;
});

/** The methods of a class that override those a framework calls for each request. */
const OVERRIDING = keptQuestion<Program, readonly FunctionId[]>(
  "overriding",
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
