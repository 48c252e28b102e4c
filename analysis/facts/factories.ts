/**
 * Functions of the project that open something for their callers: what they return they have opened themselves, and kept nowhere.
 *
 * Few functions return what they open, so that is asked first: what else becomes of it takes following it through the functions it is given to.
 */
import type { Opening } from "../flow/ownership.ts";
import type { FunctionId } from "../names/outline.ts";
import { functionEntity, type Program } from "../names/program.ts";
import { blocksOf, walkBody } from "../syntax/index.ts";
import type { Call, Expression, Statement } from "../syntax/tree.ts";
import { functionInfo } from "../types/inference/index.ts";
import type { FunctionInfo } from "../types/record.ts";

/**
 * What calling a function opens; null where not all it returns is of one kind, or somebody else may have it. `openingOf`: what an expression opens;
 * `keeps`: whether who is given an argument of a call may keep it.
 */
export function computeFactory(
  program: Program,
  id: FunctionId,
  openingOf: (program: Program, info: FunctionInfo, e: Expression) => Opening | null,
  keeps: (program: Program, info: FunctionInfo, call: Call, argument: Expression) => boolean,
): Opening | null {
  const entity = functionEntity(program, id);
  // What a decorator makes of the result (a cache, most often) is unknown.
  if (!entity || entity.isGenerator || entity.decorators.length > (entity.owner ? 1 : 0)) return null;
  const info = functionInfo(program, id);
  const body = info?.def?.body ?? [];
  const results = resultsIn(body);
  if (!info || results.length === 0) return null;
  if (results.some((e) => e.kind !== "name" && !openingOf(program, info, e))) return null;
  const holders = new Map<string, Opening>();
  const shared = new Set<string>();
  const returned: (Opening | null)[] = [];
  const visit = (block: readonly Statement[]): void => {
    for (const s of block) {
      if (s.kind === "global" || s.kind === "nonlocal") for (const name of s.names) shared.add(name);
      if (s.kind === "assign") {
        const opening = openingOf(program, info, s.value);
        const [target] = s.targets;
        if (s.targets.length === 1 && target?.kind === "name") {
          if (opening) holders.set(target.id, opening);
          else if (holders.has(target.id) && !isTakenOut(s.value)) shared.add(target.id);
        }
        // Stored somewhere besides: the owner is there.
        if (s.value.kind === "name" && target?.kind !== "name") shared.add(s.value.id);
      }
      if (s.kind === "return" && isResult(s.value)) {
        const held = s.value.kind === "name" ? holders.get(s.value.id) : undefined;
        returned.push(openingOf(program, info, s.value) ?? held ?? null);
      }
      for (const inner of blocksOf(s)) visit(inner);
    }
  };
  visit(body);
  const [first] = returned;
  if (!first || returned.some((r) => r === null || r.what !== first.what)) return null;
  const isGivenAway = (call: Call): boolean =>
    call.args.some((a) => a.kind === "name" && holders.has(a.id) && keeps(program, info, call, a));
  if ([...holders.keys()].some((name) => shared.has(name)) || callsIn(body).some(isGivenAway)) return null;
  const { what, closedBy, isAsync, awaitsClose = false } = first;
  return { what, closedBy, isAsync, awaitsClose };
}

/** What a function returns, but for `None` and what it takes out of a store. */
function resultsIn(body: readonly Statement[]): readonly Expression[] {
  return body.flatMap((s) => (s.kind === "return" && isResult(s.value) ? [s.value] : blocksOf(s).flatMap(resultsIn)));
}

function isResult(e: Expression | null): e is Expression {
  return e !== null && !(e.kind === "literal" && e.text === "None") && !isTakenOut(e);
}

/** `self.idle.pop()`, `await self.queue.get()`: what a pool has is the caller's once it is taken out. */
function isTakenOut(e: Expression): boolean {
  const call = e.kind === "await" ? e.value : e;
  if (call.kind !== "call" || call.callee.kind !== "attribute" || call.args.length > 0) return false;
  return /^(pop|popleft|get|get_nowait)$/.test(call.callee.name) && call.callee.value.kind === "attribute";
}

function callsIn(body: readonly Statement[]): readonly Call[] {
  const found: Call[] = [];
  walkBody(body, (e) => {
    if (e.kind === "call") found.push(e);
  });
  return found;
}
