/**
 * Sessions that tasks running at the same time use together.
 *
 * Looked at are tasks that one function starts side by side: the arguments of one call that runs coroutines together (`gather`, `wait`), tasks of one group,
 * tasks started in a loop. A task uses a session that its coroutine is given, is a method of, or, where it is a nested function, takes from around it.
 *
 * It refuses to guess whether tasks overlap that are started one by one and awaited somewhere, and stays silent where a nested function holds a lock.
 */
import type { Span } from "../base/span.ts";
import type { FunctionId } from "../names/outline.ts";
import { functionEntity, keyOfId, type Program } from "../names/program.ts";
import { blocksOf, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Call, Expression, FunctionDef, Statement } from "../syntax/tree.ts";
import { declaredParameter } from "../types/functions.ts";
import { functionInfo } from "../types/inference/index.ts";
import type { FunctionInfo } from "../types/record.ts";
import { eachStatement } from "./keeping.ts";
import { holdsLock, ownSessions, pathOf } from "./own-sessions.ts";
import { opensOfType } from "./resources.ts";

export interface SharedResource {
  readonly name: string;
  readonly what: string;
  /** The call that starts the tasks. */
  readonly at: Span;
  /** Where tasks are given it; one place where each round of a loop does so. */
  readonly uses: readonly Span[];
}

/** The sessions that a function shares between tasks; offsets count from its unit. */
export function sharedIn(program: Program, id: FunctionId): readonly SharedResource[] {
  const info = functionInfo(program, id);
  if (!info?.def?.isAsync) return [];
  const starts = info.calls.filter(
    (c) => c.how === "call" && c.targets.some((t) => t.id !== null && program.verbs(t.id).spawns.length > 0),
  );
  if (starts.length === 0) return [];
  const scene: Scene = { program, info, def: info.def, nested: nestedIn(program, id), ofObjects: new Set() };
  const byGroup = new Map<string, { readonly at: Span; readonly uses: Use[] }>();
  for (const { node, calleeStart, calleeEnd, awaited } of starts) {
    if (node.kind !== "call") continue;
    const coroutines = coroutinesOf(scene, node);
    const single = coroutines.length === 1 && !coroutines[0]!.many;
    // Waited for on the spot: nothing runs beside it.
    if (awaited && single) continue;
    const group = single ? (groupOf(scene, node) ?? `${node.start}`) : `${node.start}`;
    const known = byGroup.get(group) ?? { at: { start: calleeStart, end: calleeEnd }, uses: [] };
    byGroup.set(group, known);
    const loop = single ? loopAround(scene.def, node) : null;
    for (const { call, many, bound } of coroutines) {
      for (const use of usesOf(scene, call)) {
        const root = use.name.split(".")[0]!;
        if (bound.has(root)) continue;
        known.uses.push({ ...use, many: many || (loop !== null && !isBoundIn(loop, root)) });
      }
    }
  }
  return [...byGroup.values()].flatMap(({ at, uses }) => {
    const names = [...new Set(uses.map(({ name }) => name))];
    return names.flatMap((name): readonly SharedResource[] => {
      const own = uses.filter((use) => use.name === name);
      if (own.length < 2 && !own.some(({ many }) => many)) return [];
      const what = resourceNamed(scene, name);
      return what === null ? [] : [{ name, what, at, uses: own.map(({ span }) => span) }];
    });
  });
}

interface Scene {
  readonly program: Program;
  readonly info: FunctionInfo;
  readonly def: FunctionDef;
  readonly nested: readonly Nested[];
  /** Sessions that are used by methods of the objects that keep them. */
  readonly ofObjects: Set<string>;
}

interface Nested {
  readonly name: string;
  readonly id: FunctionId;
  readonly def: FunctionDef;
}

interface Use {
  readonly name: string;
  readonly span: Span;
  readonly many: boolean;
}

interface Coroutine {
  readonly call: Expression;
  readonly many: boolean;
  /** Names of the comprehension it stands in. */
  readonly bound: ReadonlySet<string>;
}

const NO_NAMES: ReadonlySet<string> = new Set();

function nestedIn(program: Program, id: FunctionId): readonly Nested[] {
  const functions = program.outline(keyOfId(id))?.functions.values() ?? [];
  return [...functions].flatMap((f) => (f.parent === id ? [{ name: f.name, id: f.id, def: f.def }] : []));
}

/** The coroutines that a call is given, one by one, as a list, or by a name that holds a list. */
function coroutinesOf(scene: Scene, call: Call): readonly Coroutine[] {
  const [first, ...rest] = call.args;
  if (first && isFunctionGiven(scene, first)) return [{ call, many: false, bound: NO_NAMES }];
  return [first, ...rest].flatMap((argument) => (argument ? coroutinesIn(scene, argument, true) : []));
}

function coroutinesIn(scene: Scene, e: Expression, named: boolean): readonly Coroutine[] {
  switch (e.kind) {
    case "starred":
      return coroutinesIn(scene, e.value, named);
    case "collection":
      return e.items.flatMap((item) => coroutinesIn(scene, item, named));
    case "comprehension": {
      const bound = new Set<string>();
      for (const { target } of e.clauses) {
        walkExpressions(target, (inner) => {
          if (inner.kind === "name") bound.add(inner.id);
        });
      }
      return coroutinesIn(scene, e.element, false).map((c) => ({ ...c, many: true, bound }));
    }
    case "call": {
      const record = scene.info.byNode.get(e);
      const starts = record?.targets.some((t) => t.id !== null && scene.program.verbs(t.id).spawns.length > 0);
      const [inner] = e.args;
      return starts && inner ? coroutinesIn(scene, inner, named) : [{ call: e, many: false, bound: NO_NAMES }];
    }
    case "name":
      return named ? listed(scene, e.id) : [];
    default:
      return [];
  }
}

/** What a list by that name is made of. */
function listed(scene: Scene, name: string): readonly Coroutine[] {
  const found: Coroutine[] = [];
  eachStatement(scene.def.body, (s) => {
    if (s.kind === "assign" && s.targets.some((t) => t.kind === "name" && t.id === name)) {
      if (s.value.kind !== "name") found.push(...coroutinesIn(scene, s.value, false));
    }
    if (s.kind !== "expression" || s.value.kind !== "call" || s.value.callee.kind !== "attribute") return;
    const { callee, args } = s.value;
    const [item] = args;
    if (callee.name !== "append" || callee.value.kind !== "name" || callee.value.id !== name || !item) return;
    const loop = loopAround(scene.def, s);
    for (const c of coroutinesIn(scene, item, false)) {
      const bound = loop ? namesBoundIn(loop) : NO_NAMES;
      found.push({ ...c, many: c.many || loop !== null, bound });
    }
  });
  return found;
}

/** `start_soon(work, db)`: a function given uncalled, with its arguments behind it. */
function isFunctionGiven({ nested, info }: Scene, e: Expression): boolean {
  if (e.kind === "name") return nested.some(({ name }) => name === e.id);
  return e.kind === "attribute" && !info.byNode.has(e);
}

/** Names that a coroutine is given, or works on. */
function usesOf(scene: Scene, e: Expression): readonly Omit<Use, "many">[] {
  if (e.kind !== "call") return [];
  const found: Omit<Use, "many">[] = [];
  const note = (arg: Expression): void => {
    const path = pathOf(arg);
    if (path !== null) found.push({ name: path, span: arg });
  };
  const [first] = e.args;
  if (first?.kind === "name") found.push(...capturedBy(scene, first.id, e));
  for (const arg of [...e.args, ...e.keywords.map((k) => k.value)]) note(arg);
  const { callee } = e;
  if (callee.kind === "name") found.push(...capturedBy(scene, callee.id, callee));
  if (callee.kind === "attribute") {
    note(callee.value);
    found.push(...ownedBy(scene, e, callee.value));
    // `Repository(db).load(key)`.
    if (callee.value.kind === "call") for (const arg of callee.value.args) note(arg);
  }
  const names = new Set<string>();
  return found.filter(({ name }) => !names.has(name) && names.add(name));
}

/** The sessions of the object whose method a coroutine is. */
function ownedBy({ program, info, ofObjects }: Scene, call: Call, object: Expression): readonly Omit<Use, "many">[] {
  const path = pathOf(object);
  const target = info.byNode.get(call)?.targets;
  if (path === null || target?.length !== 1 || target[0]!.id === null) return [];
  return ownSessions(program, target[0]!.id).map((behind) => {
    ofObjects.add(`${path}.${behind}`);
    return { name: `${path}.${behind}`, span: object };
  });
}

/** What a nested function takes from around it, unless it holds a lock meanwhile. */
function capturedBy({ nested }: Scene, name: string, span: Span): readonly Omit<Use, "many">[] {
  const inner = nested.find((each) => each.name === name);
  if (!inner) return [];
  const own = namesBoundIn(inner.def.body);
  for (const p of inner.def.parameters) own.add(p.name);
  const found = new Set<string>();
  eachStatement(inner.def.body, (s) => {
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "name" && !own.has(e.id)) found.add(e.id);
      });
    }
  });
  return holdsLock(inner.def) ? [] : [...found].map((each) => ({ name: each, span }));
}

/** The task group a task belongs to: the name of a `with` that the method is called on. */
function groupOf({ def }: Scene, { callee }: Call): string | null {
  if (callee.kind !== "attribute" || callee.value.kind !== "name") return null;
  const { id } = callee.value;
  let found: string | null = null;
  eachStatement(def.body, (s) => {
    if (s.kind !== "with" || !(s.start <= callee.start && callee.end <= s.end)) return;
    if (s.items.some(({ target }) => target?.kind === "name" && target.id === id)) found = `${id}@${s.start}`;
  });
  return found;
}

/** The innermost loop around a place in which nothing is awaited that a name holds; null where there is none. */
function loopAround(def: FunctionDef, place: Span): readonly Statement[] | null {
  let found: readonly Statement[] | null = null;
  eachStatement(def.body, (s) => {
    if ((s.kind === "for" || s.kind === "while") && s.start <= place.start && place.end <= s.end) {
      found = awaitsName(s.body) ? null : s.kind === "for" ? [s] : s.body;
    }
  });
  return found;
}

function awaitsName(body: readonly Statement[]): boolean {
  let found = false;
  eachStatement(body, (s) => {
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "await" && e.value.kind === "name") found = true;
      });
    }
  });
  return found;
}

function isBoundIn(body: readonly Statement[], name: string): boolean {
  return namesBoundIn(body).has(name);
}

function namesBoundIn(body: readonly Statement[]): Set<string> {
  const found = new Set<string>();
  const bind = (target: Expression): void =>
    walkExpressions(target, (e) => {
      if (e.kind === "name") found.add(e.id);
    });
  const visit = (block: readonly Statement[]): void => {
    for (const s of block) {
      if (s.kind === "assign") s.targets.forEach(bind);
      if (s.kind === "annotated-assign" || s.kind === "for") bind(s.target);
      if (s.kind === "with") for (const { target } of s.items) if (target) bind(target);
      for (const inner of blocksOf(s)) visit(inner);
    }
  };
  visit(body);
  return found;
}

/** What kind of session a name holds: by its annotation, by the `with` that binds it, or by the class its methods are looked up in. */
function resourceNamed({ program, info, def, nested, ofObjects }: Scene, name: string): string | null {
  if (ofObjects.has(name)) return "database session";
  const found: (string | undefined)[] = [];
  for (let id: FunctionId | null = info.id; id !== null; ) {
    const entity = functionEntity(program, id);
    const parameter = entity?.parameters.find((p) => p.name === name);
    const declared = entity && parameter ? declaredParameter(program, entity, parameter) : null;
    if (declared) found.push(opensOfType(program, declared)?.what);
    id = entity?.parent ?? null;
  }
  eachStatement(def.body, (s) => {
    if (s.kind !== "with") return;
    for (const { context, target } of s.items) {
      const type = target?.kind === "name" && target.id === name ? info.contexts.get(context) : undefined;
      if (type) found.push(opensOfType(program, type)?.what);
    }
  });
  for (const { calls } of [info, ...nested.flatMap((n) => functionInfo(program, n.id) ?? [])]) {
    for (const { node, targets } of calls) {
      if (node.kind !== "call" || node.callee.kind !== "attribute") continue;
      if (pathOf(node.callee.value) !== name) continue;
      for (const { receiver } of targets) if (receiver) found.push(opensOfType(program, receiver)?.what);
    }
  }
  return found.find((what) => what === "database session") ?? null;
}
