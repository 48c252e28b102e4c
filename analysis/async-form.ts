/**
 * Whether a plain function could be an `async def` that everybody awaits who calls it.
 *
 * It could only where every place that may mean the function is seen and is a call of it and nothing else, standing where an `await` may stand. So one
 * mention that cannot be read settles the matter: a reference that is handed on, a string that names it, a receiver of unknown type. What lies outside
 * of the project (a program that imports this one, a template) is not seen; whoever writes the fix leaves it to people to choose it.
 */
import type { FileState } from "./file-state.ts";
import type { Linker } from "./linker.ts";
import { importsOf, type Mention, mentionsOf } from "./mentions.ts";
import type { ClassEntity, FunctionEntity, FunctionId } from "./names/outline.ts";
import { classEntity, functionEntity, type Program, plainId } from "./names/program.ts";
import { type Meaning, meaningsOf, meaningsOfImport } from "./names/resolve.ts";
import { NO_VERBS } from "./names/verbs.ts";
import type { Expression, ImportFrom } from "./syntax/tree.ts";
import { dottedNameOf, referenceMeanings } from "./types/annotations.ts";
import { classInfo, findMember, isSubclass } from "./types/classes.ts";
import { functionInfo } from "./types/inference/index.ts";
import type { CallRecord } from "./types/record.ts";
import { instance } from "./types/type.ts";

/** A call that would have to be awaited. */
export interface Caller {
  /** An `async def`. */
  readonly fn: FunctionId;
  readonly record: CallRecord;
}

/**
 * All calls of a plain function, in the order of files and text; null where one of them could not be awaited, where something else than a call may mean
 * the function, or where nobody calls it.
 */
export function callersToAwait(linker: Linker, id: FunctionId): readonly Caller[] | null {
  return linker.once(CALLERS, id, () => {
    const entity = functionEntity(linker.program, id);
    return entity && isChangeable(linker, entity) ? allCallers(linker, entity) : null;
  });
}

const CALLERS = "callers to await";

/** Whether the declaration stands alone: declared once, as what it seems, and called by nobody but those who name it. */
function isChangeable(linker: Linker, entity: FunctionEntity): boolean {
  const { program } = linker;
  const { id, name, origin, owner, isAsync, isGenerator, parent } = entity;
  if (isAsync || isGenerator || parent !== null || origin.isStub || /^(__.*__|<.*)$/.test(name)) return false;
  if (program.verbs(id) !== NO_VERBS || !entity.decorators.every((d) => isPlainDecorator(program, entity, d)))
    return false;
  if (owner !== null) return isOwnMethod(linker, entity, owner);
  const outline = program.outline(origin.key)!;
  return outline.names.get(name)?.length === 1 && !outline.globalAssigned.has(name);
}

function isPlainDecorator(program: Program, { origin, owner }: FunctionEntity, decorator: Expression): boolean {
  const [meaning, ...others] = referenceMeanings(program, decorator, { key: origin.key, owner });
  const name = meaning && others.length === 0 ? dottedNameOf(program, meaning) : null;
  return name === "staticmethod" || name === "classmethod";
}

/** Whether nobody but those who name the method can reach it: no relative defines or calls it, no metaclass or decorator knows its class. */
function isOwnMethod(linker: Linker, { name }: FunctionEntity, owner: string): boolean {
  const { program } = linker;
  const cls = classEntity(program, owner);
  if (!cls || cls.outer !== null || cls.keywords.length > 0) return false;
  if (cls.members.get(name)?.length !== 1 || cls.selfAssigned.has(name)) return false;
  const scope = { key: cls.origin.key, owner: null };
  const isDataclass = (d: Expression): boolean =>
    referenceMeanings(program, d.kind === "call" ? d.callee : d, scope).some(
      (m) => dottedNameOf(program, m) === "dataclasses.dataclass",
    );
  if (!cls.decorators.every(isDataclass)) return false;
  const bases = classInfo(program, owner).ancestors.map((a) => classEntity(program, a.cls));
  if (!bases.every((base) => base?.origin.isStub || (base && keepsToItself(program, base, name)))) return false;
  return linker
    .classesHaving(name)
    .every(
      (other) =>
        other.id === owner ||
        (!isSubclass(program, other.id, owner) && !isSubclass(program, owner, other.id) && !isProtocol(other)),
    );
}

/**
 * Whether all bases of a class leave a method of that name alone. A library's class may call what is defined below it: only those that mark or describe a
 * class are known not to.
 */
function keepsToItself(program: Program, { bases, origin, outer }: ClassEntity, name: string): boolean {
  return bases.every((base) => {
    const head = base.kind === "subscript" ? base.value : base;
    const [meaning, ...others] = referenceMeanings(program, head, { key: origin.key, owner: outer });
    if (!meaning || others.length > 0) return false;
    if (MARKERS.has(dottedNameOf(program, meaning) ?? "")) return true;
    if (meaning.kind !== "class") return false;
    const isSchema = program.verbs(meaning.id).schema !== null;
    return classEntity(program, meaning.id)?.origin.isStub
      ? isSchema && findMember(program, instance(meaning.id), name) === null
      : true;
  });
}

const MARKERS = new Set(["object", "abc.ABC", "typing.Generic"]);

/** What is called by the protocol may be any class that has its members. */
function isProtocol({ bases }: ClassEntity): boolean {
  return bases.some((base) => {
    const head = base.kind === "subscript" ? base.value : base;
    return (head.kind === "name" ? head.id : head.kind === "attribute" ? head.name : "") === "Protocol";
  });
}

function allCallers(linker: Linker, entity: FunctionEntity): readonly Caller[] | null {
  const callers: Caller[] = [];
  const paths = linker.mentioning(entity.name).map(({ path }) => path);
  for (const path of paths.sort()) {
    const state = linker.textOf(path)!;
    const mentions = mentionsOf(state, entity.name);
    if (mentions.length === 0 && state.tree.errors.length === 0) continue;
    const found = state.tree.errors.length > 0 ? null : callersIn(linker.program, entity, state, mentions);
    if (found === null) return null;
    callers.push(...found);
  }
  return callers.length > 0 ? callers : null;
}

/** The calls in one file; null where a mention may be something else. */
function callersIn(
  program: Program,
  entity: FunctionEntity,
  state: FileState,
  mentions: readonly Mention[],
): readonly Caller[] | null {
  const callers: Caller[] = [];
  const sight = sightOf(program, entity, state);
  if (sight === null) return null;
  for (const mention of mentions) {
    if (mention.kind === "text") return null;
    if (mention.kind === "import") continue;
    if (mention.kind === "scope") {
      if (sight.byName) return null;
      continue;
    }
    const caller = callerAt(program, entity, mention);
    if (caller === "another") continue;
    if (caller !== null) callers.push(caller);
    else if (couldMean(program, entity, state, mention, sight)) return null;
  }
  return callers;
}

type Reference = Extract<Mention, { kind: "reference" }>;

/** The call a reference is called by, where it is surely one that may be awaited; "another": surely of something else; null: nobody knows. */
function callerAt(program: Program, { id }: FunctionEntity, mention: Reference): Caller | "another" | null {
  const { call, fn, outside } = mention;
  if (call === null) return null;
  const record = functionInfo(program, fn)?.byNode.get(call);
  if (!record || record.targets.length === 0) return null;
  const isIt = (target: CallRecord["targets"][number]): boolean =>
    [target.id, target.runs].some((other) => other !== null && plainId(other) === id);
  if (!record.targets.some(isIt)) return "another";
  const entity = functionEntity(program, fn);
  if (outside || !record.targets.every(isIt) || !entity?.isAsync || !record.awaitable || record.awaited) return null;
  return { fn, record };
}

/** By what a file may reach the function. */
interface Sight {
  /** Its bare name may mean it. */
  readonly byName: boolean;
  /** An attribute of that name may mean it, whatever it is read on. */
  readonly byAttribute: boolean;
}

/** Null where the file has the function under another name, or imports something that may be it. */
function sightOf(program: Program, entity: FunctionEntity, state: FileState): Sight | null {
  const { name, origin, owner } = entity;
  const here = state.path === origin.key;
  // A method's bare name is known to the body of its class alone.
  if (owner !== null) return { byName: here, byAttribute: true };
  const means = (m: Meaning): boolean => m.kind === "function" && m.id === entity.id;
  let byName = here || meaningsOf(program, state.path, name).some(means);
  let byAttribute = false;
  for (const statement of importsOf(state)) {
    if (statement.kind === "import") {
      for (const { name: module } of statement.names)
        byAttribute ||= leadsTo(
          program,
          entity,
          meaningsOfImport(program, state.path, { module, level: 0, member: null }),
        );
      continue;
    }
    const { module, level } = statement;
    for (const { name: member, alias } of statement.names) {
      const meanings = meaningsOfImport(program, state.path, { module, level, member });
      if (member === name && meanings.some(means)) {
        if (alias !== null && alias !== name) return null;
        byName = true;
      } else if (member === name && mayBeItsModule(entity, statement) && meanings.every(isOutside)) return null;
      byAttribute ||= leadsTo(program, entity, meanings);
    }
  }
  return { byName, byAttribute };
}

function isOutside({ kind }: Meaning): boolean {
  return kind === "outside";
}

/** Whether an import that leads nowhere is written as one of the function's module would be. */
function mayBeItsModule({ origin }: FunctionEntity, { module, level }: ImportFrom): boolean {
  return level > 0 || lastOf(module) === lastOf(origin.module);
}

/** Whether one of the modules is that of the function, one above it, one that passes it on, or one that may be it. */
function leadsTo(program: Program, { id, name, origin }: FunctionEntity, meanings: readonly Meaning[]): boolean {
  return meanings.some((m) => {
    if (m.kind !== "module") return false;
    if (m.name === origin.module || origin.module.startsWith(`${m.name}.`)) return true;
    if (m.key === null) return lastOf(m.name) === lastOf(origin.module);
    return meaningsOf(program, m.key, name).some((each) => each.kind === "function" && each.id === id);
  });
}

function lastOf(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf(".") + 1);
}

/** Whether a reference that is no readable call of the function may mean it all the same. */
function couldMean(
  program: Program,
  entity: FunctionEntity,
  state: FileState,
  { node, fn, outside }: Reference,
  sight: Sight,
): boolean {
  if (node.kind === "name") return sight.byName && (entity.owner === null || outside);
  if (!sight.byAttribute) return false;
  if (node.value.kind !== "name") return true;
  const { id } = node.value;
  const meanings = meaningsOf(program, state.path, id);
  const isModule = meanings.length > 0 && meanings.every((m) => m.kind === "module" && m.key !== state.path);
  if (entity.owner === null) return id !== "self" && !(isModule && !leadsTo(program, entity, meanings));
  // What hangs on a module is no method.
  return !isModule && (id !== "self" || !hasItsOwn(program, entity, fn));
}

/** Whether `self` in `fn` is of a class that has a member of that name, and has nothing to do with the function's. */
function hasItsOwn(program: Program, { name, owner }: FunctionEntity, fn: FunctionId): boolean {
  const cls = functionEntity(program, fn)?.owner ?? null;
  if (cls === null || owner === null || isSubclass(program, cls, owner)) return false;
  return findMember(program, instance(cls), name) !== null;
}
