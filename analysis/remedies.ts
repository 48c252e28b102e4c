/**
 * What may stand in place of a call that holds the event loop, as far as the program shows it: an awaitable sibling, a way into a thread, a handler
 * that need not be `async`.
 *
 * It says what there is, not what is best, and nothing where it is not sure: a fix that breaks a program is worse than none.
 */
import { keptQuestion } from "./base/memo.ts";
import type { Span } from "./base/span.ts";
import type { FileState } from "./file-state.ts";
import type { Runner } from "./knowledge/index.ts";
import type { Linker } from "./linker.ts";
import { type FunctionEntity, type FunctionId, importedLibraries, moduleFunctionId } from "./names/outline.ts";
import { functionEntity, keyOfId, type Program, plainId } from "./names/program.ts";
import { meaningsOf, meaningsOfImport } from "./names/resolve.ts";
import type { Expression, FunctionDef, Statement } from "./syntax/tree.ts";
import { blocksOf, expressionsOf, walkExpressions } from "./syntax/walk.ts";
import { classInfo, findMember } from "./types/classes.ts";
import { declaredReturn } from "./types/functions.ts";
import { evaluateInModule, functionInfo } from "./types/inference/index.ts";
import type { CallRecord } from "./types/record.ts";
import { alternatives, type Type } from "./types/type.ts";
import type { ThreadRunner } from "./views.ts";

/** An `async def` beside a function, of the same parameters. */
export interface Sibling {
  /** The name to write over `at`. */
  readonly name: string;
  /** The last name of the callee; offsets as in the tree. */
  readonly at: Span;
  /** What to import it as, where the callee is an imported name; null where it is in reach as soon as the callee is. */
  readonly dotted: string | null;
}

/** `aget` beside `get`, `load_async` beside `load`. Null where there is none, or where `caller` is that very function. */
export function siblingOf(program: Program, record: CallRecord, caller: FunctionId): Sibling | null {
  const [target, ...others] = record.targets;
  const callee = record.node.kind === "call" ? record.node.callee : null;
  if (!target || target.id === null || others.length > 0 || callee === null) return null;
  const entity = functionEntity(program, target.id);
  if (!entity || entity.isAsync || entity.parent !== null) return null;
  for (const name of siblingNames(entity.name)) {
    const found = named(program, entity, target.receiver, name);
    if (!found?.isAsync || found.isGenerator || found.id === plainId(caller) || !takesTheSame(entity, found)) continue;
    if (callee.kind === "attribute") return { name, at: { start: callee.nameStart, end: callee.end }, dotted: null };
    if (callee.kind !== "name" || entity.owner !== null) continue;
    const imported = entity.origin.key !== keyOfId(caller);
    return { name, at: callee, dotted: imported ? `${entity.origin.module}.${name}` : null };
  }
  return null;
}

function siblingNames(name: string): readonly string[] {
  if (name.startsWith("_")) return [`_a${name.slice(1)}`, `${name}_async`];
  const plain = name.replace(/^sync_|_sync$/, "");
  const others = plain === name ? [] : [plain, `${plain}_async`, `async_${plain}`, `a${plain}`];
  return [`a${name}`, `${name}_async`, `async_${name}`, ...others];
}

function named(
  program: Program,
  entity: FunctionEntity,
  receiver: CallRecord["targets"][number]["receiver"],
  name: string,
): FunctionEntity | undefined {
  if (entity.owner === null) {
    const [meaning, ...others] = meaningsOf(program, entity.origin.key, name);
    return meaning?.kind === "function" && others.length === 0 ? functionEntity(program, meaning.id) : undefined;
  }
  if (receiver?.kind !== "instance" && receiver?.kind !== "class") return undefined;
  const bindings = findMember(program, receiver, name)?.bindings ?? [];
  return bindings.length === 1 && bindings[0]!.kind === "function"
    ? functionEntity(program, bindings[0]!.id)
    : undefined;
}

/** A library's own naming is trusted; in a project only the same parameters make two functions twins. */
function takesTheSame(a: FunctionEntity, b: FunctionEntity): boolean {
  if (a.origin.isStub) return a.owner !== null && b.name === `a${a.name}`;
  const shown = (f: FunctionEntity): string => f.parameters.map((p) => `${p.form} ${p.name}`).join();
  return shown(a) === shown(b);
}

/** Whether what the method is called on, or what the call gives, works only on the thread that made it. */
export function staysOnItsThread(program: Program, record: CallRecord): boolean {
  const bound = (type: Type | null): boolean =>
    type !== null && alternatives(type).some((t) => (t.kind === "instance" || t.kind === "class") && isBound(t.cls));
  const isBound = (cls: string): boolean =>
    classInfo(program, cls).ancestors.some((ancestor) => program.verbs(ancestor.cls).threadBound);
  return record.targets.some(({ id, receiver }) => {
    if (bound(receiver)) return true;
    const entity = id === null ? undefined : functionEntity(program, id);
    return entity ? bound(declaredReturn(program, entity)) : id !== null && isBound(id);
  });
}

/** Whether a library function gives an iterator, which does the work when somebody goes through it, wherever it was made. */
export function worksLater(program: Program, record: CallRecord): boolean {
  return record.targets.some(({ id }) => {
    const entity = id === null ? undefined : functionEntity(program, id);
    const given = entity?.origin.isStub ? declaredReturn(program, entity) : null;
    return given?.kind === "instance" && given.cls === "lib:typing#Iterator";
  });
}

/**
 * How work is handed to a thread in this file: by what it imports for that, else by the library of coroutines it uses (or, where it uses none, that
 * the project uses), else by the standard library.
 */
export function threadRunnerOf(
  program: Program,
  runners: readonly Runner[],
  state: FileState,
  projectImports: (library: string) => boolean,
): ThreadRunner | null {
  for (const bindings of state.outline.names.values()) {
    const [binding] = bindings;
    if (bindings.length !== 1 || binding?.kind !== "import" || binding.member === null || binding.level > 0) continue;
    for (const meaning of meaningsOfImport(program, state.path, binding)) {
      const known = meaning.kind === "function" && runners.find((r) => r.name === dotted(meaning.id));
      if (known) return { ...known, name: `${binding.module}.${binding.member}` };
    }
  }
  const standard = runners.find((r) => r.standard);
  // Whoever imports the library it stands in has it; what only wraps callables is taken where it is imported by name.
  const others = runners.filter((r) => !r.standard && r.form === "call" && r.main);
  const uses = (outline: FileState["outline"], library: string): boolean => importedLibraries(outline).has(library);
  if (!standard) return null;
  if (uses(state.outline, libraryOf(standard.name))) return standard;
  const own = others.find((r) => uses(state.outline, libraryOf(r.name)));
  if (own) return own;
  if (projectImports(libraryOf(standard.name))) return standard;
  return others.find((r) => projectImports(libraryOf(r.name))) ?? standard;
}

function dotted(id: string): string {
  return id.slice("lib:".length).replace("#", ".");
}

function libraryOf(name: string): string {
  return name.split(".", 1)[0]!;
}

/**
 * Whether a handler could be a plain `def`: its framework then runs it in a thread, nothing in it is awaited or needs the loop, and nobody in the
 * project calls it as a coroutine. The library that drives loops is the one the standard way into a thread stands in.
 */
export function couldBePlain(linker: Linker, id: FunctionId): boolean {
  const { program, knowledge } = linker;
  const loopLibrary = libraryOf(knowledge.runners.find((r) => r.standard)?.name ?? "");
  const entity = functionEntity(program, id);
  if (!entity?.isAsync || entity.isGenerator || awaits(entity.def)) return false;
  // A decorator nobody knows may expect a coroutine.
  if (entity.decorators.length === 0 || !entity.decorators.every((d) => runsPlainInThread(program, d, entity)))
    return false;
  return !needsLoop(program, id, loopLibrary) && !isCalled(linker, entity);
}

function runsPlainInThread(program: Program, decorator: Expression, { origin }: FunctionEntity): boolean {
  const head = decorator.kind === "call" ? decorator.callee : decorator;
  const meant = alternatives(evaluateInModule(program, origin.key, head));
  return meant.some((t) => t.kind === "function" && program.verbs(t.fn).runsOn === "thread");
}

function awaits(def: FunctionDef): boolean {
  let found = false;
  const visit = (statements: readonly Statement[]): void => {
    for (const s of statements) {
      if (found) return;
      if ((s.kind === "for" || s.kind === "with") && s.isAsync) found = true;
      for (const e of expressionsOf(s))
        walkExpressions(e, (each) => {
          if (each.kind === "await" || each.kind === "yield") found = true;
          if (each.kind === "comprehension" && each.clauses.some((clause) => clause.isAsync)) found = true;
        });
      for (const block of blocksOf(s)) visit(block);
    }
  };
  visit(def.body);
  return found;
}

/** Whether it, or a function that runs within it, makes a coroutine or calls what drives loops. */
function needsLoop(program: Program, root: FunctionId, loopLibrary: string): boolean {
  const seen = new Set<FunctionId>([root]);
  for (const id of seen)
    for (const call of functionInfo(program, id)?.calls ?? [])
      for (const target of call.targets) {
        if (target.runs !== null) seen.add(target.runs);
        const name = target.id ?? target.name;
        if (name === null) continue;
        if (libraryOf(name.replace(/^lib:/, "").replace("#", ".")) === loopLibrary) return true;
        if (target.id === null) continue;
        if (functionEntity(program, target.id)?.isAsync || program.verbs(target.id).spawns.length > 0) return true;
      }
  return false;
}

/** Whether anybody in the project calls the function itself. Only files that name it are looked at. */
function isCalled(linker: Linker, { id, name }: FunctionEntity): boolean {
  const { memo } = linker.program;
  return linker.mentioning(name).some(({ path }) => memo.getNamed(CALLED_IN, id, path) === true);
}

/** Whether a function is called in a file. */
const CALLED_IN = keptQuestion<Program, boolean>("called in", (program, id, path) => {
  const name = functionEntity(program, id)?.name;
  const text = program.text(path);
  if (name === undefined || text === undefined) return false;
  const mentions = text.match(new RegExp(`\\b${name}\\s*\\(`, "g"))?.length ?? 0;
  if (mentions === 0 || (mentions === 1 && path === keyOfId(id))) return false;
  const callers = [...(program.outline(path)?.functions.keys() ?? []), moduleFunctionId(path)];
  return callers.some((caller) =>
    functionInfo(program, caller)?.calls.some((call) => call.targets.some((target) => target.id === id)),
  );
});

/** The calls whose value the receiver of a method is: `open(p)` for `f` in `f.read()` after `f = open(p)` or `with open(p) as f`. */
export function makersOf(record: CallRecord, def: FunctionDef | null): readonly Span[] {
  const { node } = record;
  let receiver: Expression = node;
  if (node.kind === "call") {
    if (node.callee.kind !== "attribute") return [];
    receiver = node.callee.value;
  } else if (record.how === "property" && node.kind === "attribute") receiver = node.value;
  if (receiver.kind === "call") return [receiver];
  if (receiver.kind !== "name" || def === null) return [];
  const made: Span[] = [];
  const bind = (target: Expression | null, value: Expression | null): void => {
    const call = value?.kind === "await" ? value.value : value;
    if (target?.kind === "name" && target.id === (receiver as { id?: string }).id && call?.kind === "call")
      made.push(call);
  };
  const visit = (statements: readonly Statement[]): void => {
    for (const s of statements) {
      if (s.kind === "assign") for (const target of s.targets) bind(target, s.value);
      if (s.kind === "annotated-assign") bind(s.target, s.value);
      if (s.kind === "with") for (const item of s.items) bind(item.target, item.context);
      for (const block of blocksOf(s)) visit(block);
    }
  };
  visit(def.body);
  return made;
}
