/**
 * Sessions, connections and clients that are used after the `with` that closes them.
 *
 * Looked at are names that a `with` binds to what it opens, or a context manager of the project opens for it, in the statements behind it, up to one that binds the
 * name again; behind the blocks around it only where nothing else binds the name. A use is
 * a call that waits for the other side, or is awaited, of a method of the value or of something made from it.
 *
 * It refuses to follow the value under another name, into nested functions, or out of the function.
 */
import type { Span } from "../base/span.ts";
import { CLOSING_NAME } from "../flow/borrowing.ts";
import { namesBoundIn, readScope } from "../flow/scope.ts";
import type { FunctionId } from "../names/outline.ts";
import { functionEntity, type Program } from "../names/program.ts";
import { blocksOf, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Call, Expression, FunctionDef, Statement, With } from "../syntax/tree.ts";
import { declaredReturn, itemOf, shapeOf } from "../types/functions.ts";
import { functionInfo } from "../types/inference/index.ts";
import type { FunctionInfo } from "../types/record.ts";
import { eachStatement } from "./keeping.ts";
import { openedBy, opensOfType, resourcesOf } from "./resources.ts";

export interface UsedAfterClose {
  readonly name: string;
  readonly what: string;
  /** The first call that uses it. */
  readonly use: Span;
  /** The head of the `with`. */
  readonly closed: Span;
}

/** The first use behind each `with` of a function; offsets count from its unit. */
export function usedAfterClose(program: Program, id: FunctionId): readonly UsedAfterClose[] {
  const info = functionInfo(program, id);
  if (!info?.def) return [];
  const found: UsedAfterClose[] = [];
  let declared: ReadonlySet<string> | null = null;
  const { def } = info;
  /** `after`: the statements behind the blocks around. */
  const visit = (block: readonly Statement[], after: readonly Statement[]): void => {
    block.forEach((s, index) => {
      const rest = block.slice(index + 1);
      for (const inner of blocksOf(s)) visit(inner, [...rest, ...after]);
      if (s.kind !== "with" || rest.length + after.length === 0) return;
      for (const { name, what, closed } of closedBehind(program, info, s)) {
        declared ??= readScope(def).declared;
        if (declared.has(name)) continue;
        // Behind a branch the name may hold what another one gave it.
        const isOnlyOne = timesBound(def, name) === 1;
        const use = firstUse(program, info, isOnlyOne ? [...rest, ...after] : rest, name);
        if (use) found.push({ name, what, use, closed });
      }
    });
  };
  visit(def.body, []);
  return found;
}

function timesBound(def: FunctionDef, name: string): number {
  let times = def.parameters.some((p) => p.name === name) ? 1 : 0;
  eachStatement(def.body, (s) => {
    if (namesBoundIn(s).includes(name)) times++;
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "walrus" && e.target.id === name) times++;
      });
    }
  });
  return times;
}

function closedBehind(program: Program, info: FunctionInfo, s: With): readonly Omit<UsedAfterClose, "use">[] {
  return s.items.flatMap(({ context, target }) => {
    if (target?.kind !== "name") return [];
    const opening = openedBy(program, info, context);
    const what = opening ? (opening.closedBy.includes("with") ? opening.what : null) : lentBy(program, info, context);
    if (what === null || !WATCHED.has(what)) return [];
    return [{ name: target.id, what, closed: { start: context.start, end: target.end } }];
  });
}

/** What a context manager of the project (a generator function) opens, yields and closes again, straight or by another one. */
function lentBy(program: Program, info: FunctionInfo, context: Expression, depth = MAX_MANAGERS): string | null {
  const targets = info.byNode.get(context)?.targets ?? [];
  const entity = targets.length === 1 && targets[0]!.id !== null ? functionEntity(program, targets[0]!.id) : undefined;
  if (!entity?.isGenerator || entity.origin.isStub || !shapeOf(program, entity).context) return null;
  const inner = functionInfo(program, entity.id);
  const [name, ...others] = namesYielded(entity.def);
  if (!inner || !name || others.length > 0) return null;
  const found = new Set<string | null>();
  for (const { names, fate, what } of resourcesOf(program, entity.id)) {
    if (names.includes(name)) found.add(fate === "closed" || closesInFinally(entity.def, name) ? what : null);
  }
  eachStatement(entity.def.body, (s) => {
    if (s.kind !== "with" || depth === 0) return;
    for (const { context: other, target } of s.items) {
      if (target?.kind === "name" && target.id === name && openedBy(program, inner, other) === null)
        found.add(lentBy(program, inner, other, depth - 1));
    }
  });
  const [what, ...more] = found;
  if (more.length > 0) return null;
  if (what !== undefined) return what;
  // How it is made nobody knows, but what it is, and that it is closed.
  const given = closesInFinally(entity.def, name) ? declaredReturn(program, entity) : null;
  return given && (opensOfType(program, itemOf(given))?.what ?? null);
}

/** How many context managers within one another are looked through. */
const MAX_MANAGERS = 3;

/** `finally: release(session)` */
function closesInFinally(def: FunctionDef, name: string): boolean {
  let found = false;
  eachStatement(def.body, (s) => {
    if (s.kind !== "try") return;
    eachStatement(s.finalbody, (inner) => {
      for (const root of expressionsOf(inner)) {
        walkExpressions(root, (e) => {
          if (e.kind !== "call") return;
          const called = e.callee.kind === "name" ? e.callee.id : e.callee.kind === "attribute" ? e.callee.name : "";
          const isGiven = e.args.some((a) => a.kind === "name" && a.id === name) || rootOf(e.callee) === name;
          if (isGiven && CLOSING_NAME.test(called)) found = true;
        });
      }
    });
  });
  return found;
}

function namesYielded(def: FunctionDef): ReadonlySet<string> {
  const found = new Set<string>();
  eachStatement(def.body, (s) => {
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "yield") found.add(e.value?.kind === "name" ? e.value.id : "");
      });
    }
  });
  return found;
}

/** What a closed one of is of no use, or opens anew what nobody closes. */
const WATCHED = new Set(["database session", "database connection", "database client", "http client"]);

function firstUse(program: Program, info: FunctionInfo, block: readonly Statement[], name: string): Span | null {
  for (const s of block) {
    if (expectsFailure(s)) continue;
    const use = useIn(program, info, s, name);
    const bound = bindingIn(s, name);
    if (use && (bound === null || use.end <= bound)) return use;
    if (bound !== null) return null;
  }
  return null;
}

function useIn(program: Program, info: FunctionInfo, s: Statement, name: string): Span | null {
  let found: Expression | null = null;
  eachStatement([s], (inner) => {
    for (const root of expressionsOf(inner)) {
      walkExpressions(root, (e) => {
        if (e.kind === "call" && isUse(program, info, e, name) && (!found || e.start < found.start)) found = e;
      });
    }
  });
  return found && { start: (found as Expression).start, end: (found as Expression).end };
}

/** Where a statement gives the name another value; null where it does not. */
function bindingIn(s: Statement, name: string): number | null {
  let found: number | null = null;
  eachStatement([s], (inner) => {
    let binds = namesBoundIn(inner).includes(name);
    for (const root of expressionsOf(inner)) {
      walkExpressions(root, (e) => {
        if (e.kind === "walrus" && e.target.id === name) binds = true;
      });
    }
    // What stands in the statement itself is evaluated before it binds, but for a `with` or a loop nobody needs to know.
    if (binds) found ??= inner.kind === "assign" ? inner.end : inner.start;
  });
  return found;
}

function isUse(program: Program, info: FunctionInfo, call: Call, name: string): boolean {
  return uses(program, info, call, name, MAX_HANDS);
}

function isMethodUse(program: Program, info: FunctionInfo, call: Call, name: string): boolean {
  if (call.callee.kind !== "attribute" || rootOf(call.callee) !== name || AFTERWARDS.test(call.callee.name))
    return false;
  const record = info.byNode.get(call);
  if (!record || record.targets.length === 0 || record.targets.some((t) => t.id === null)) return false;
  if (record.targets.some((t) => program.verbs(t.id!).closes.length > 0)) return false;
  return (
    record.awaited || record.targets.some((t) => t.works.some(({ kind }) => kind === "network" || kind === "database"))
  );
}

/** Whether a function of the project is given it that uses it, or hands it on to one that does. */
function handsToUser(program: Program, info: FunctionInfo, call: Call, name: string, depth: number): boolean {
  const record = info.byNode.get(call);
  const target = record?.targets.length === 1 ? record.targets[0]! : null;
  const entity = target?.id ? functionEntity(program, target.id) : undefined;
  if (!target || !entity || entity.origin.isStub || entity.isGenerator || depth === 0) return false;
  if (entity.isAsync && !record?.awaited) return false;
  const isName = (e: Expression): boolean => e.kind === "name" && e.id === name;
  const positional = target.receiver ? entity.parameters.slice(1) : entity.parameters;
  const keyword = call.keywords.find((k) => isName(k.value));
  const parameter = keyword ? keyword.name : positional[call.args.findIndex(isName)]?.name;
  const inner = parameter ? functionInfo(program, entity.id) : null;
  return (
    !!inner && inner.calls.some(({ node }) => node.kind === "call" && uses(program, inner, node, parameter!, depth - 1))
  );
}

function uses(program: Program, info: FunctionInfo, call: Call, name: string, depth: number): boolean {
  return isMethodUse(program, info, call, name) || handsToUser(program, info, call, name, depth);
}

/** How many functions in a row it is followed through. */
const MAX_HANDS = 3;

/** Methods that may well be called on what is closed: they give up, forget or ask. */
const AFTERWARDS = /^(a?close|rollback|reset|invalidate|expunge|expunge_all|dispose|wait_closed|ensure_closed)$/;

function rootOf(e: Expression): string | null {
  let at = e;
  for (;;) {
    if (at.kind === "attribute") at = at.value;
    else if (at.kind === "call") at = at.callee;
    else return at.kind === "name" ? at.id : null;
  }
}

/** `with raises(...)`: what stands in there is meant to fail. */
function expectsFailure(s: Statement): boolean {
  if (s.kind !== "with") return false;
  return s.items.some(({ context }) => {
    if (context.kind !== "call") return false;
    const { callee } = context;
    const called = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
    return /^(raises|assertRaises\w*|suppress)$/.test(called);
  });
}
