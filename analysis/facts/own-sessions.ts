/**
 * Sessions that methods use of the object they belong to: `self.session`, and those of objects it keeps (`self.orders.session`).
 *
 * It refuses properties, which may give another one each time, and methods that hold a lock.
 */
import { keptQuestion } from "../base/memo.ts";
import type { FunctionId } from "../names/outline.ts";
import { functionEntity, type Program } from "../names/program.ts";
import { expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Expression, FunctionDef } from "../syntax/tree.ts";
import { findMember } from "../types/classes.ts";
import { functionInfo } from "../types/inference/index.ts";
import { instance } from "../types/type.ts";
import { eachStatement } from "./keeping.ts";
import { opensOfType } from "./resources.ts";

/** Paths behind the object, as `session` and `orders.session`, of the database sessions that a method uses. */
export function ownSessions(program: Program, method: FunctionId, depth = MAX_OBJECTS): readonly string[] {
  return program.memo.getNamed(OWN, method, `${depth}`) ?? [];
}

/** How many objects between the method's own and the session are looked through. */
const MAX_OBJECTS = 2;

const OWN = keptQuestion<Program, readonly string[]>(
  "own sessions",
  (program, id, depth) => computeOwn(program, id, Number(depth)),
  (a, b) => a.length === b.length && a.every((path, index) => path === b[index]),
);

function computeOwn(program: Program, id: FunctionId, depth: number): readonly string[] {
  const entity = functionEntity(program, id);
  const info = functionInfo(program, id);
  const self = entity?.def.parameters[0]?.name;
  if (!info?.def || !entity?.owner || entity.origin.isStub || !self || holdsLock(info.def)) return [];
  const found = new Set<string>();
  for (const { node, how, targets, awaited } of info.calls) {
    if (how !== "call" || !awaited || node.kind !== "call" || node.callee.kind !== "attribute") continue;
    const path = pathOf(node.callee.value);
    if (path === null || (path !== self && !path.startsWith(`${self}.`))) continue;
    const behind = path.slice(self.length + 1);
    const [first] = behind.split(".");
    if (first && isComputed(program, entity.owner, first)) continue;
    for (const { id: target, receiver } of targets) {
      if (behind && receiver && opensOfType(program, receiver)?.what === "database session") found.add(behind);
      else if (depth > 0 && target !== null && target !== id) {
        for (const inner of ownSessions(program, target, depth - 1)) found.add(behind ? `${behind}.${inner}` : inner);
      }
    }
  }
  return [...found].sort();
}

function isComputed(program: Program, owner: string, name: string): boolean {
  return findMember(program, instance(owner), name)?.bindings.some((b) => b.kind === "function") ?? false;
}

/** `self.orders.session`; null for what is not made of names and dots. */
export function pathOf(e: Expression): string | null {
  if (e.kind === "name") return e.id;
  if (e.kind !== "attribute") return null;
  const base = pathOf(e.value);
  return base && `${base}.${e.name}`;
}

/** Whether a function holds a lock or a limiter around some of what it does. */
export function holdsLock(def: FunctionDef): boolean {
  let found = false;
  eachStatement(def.body, (s) => {
    if (s.kind !== "with") return;
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        const name = e.kind === "name" ? e.id : e.kind === "attribute" ? e.name : "";
        if (/lock|sem|limit/i.test(name)) found = true;
      });
    }
  });
  return found;
}
