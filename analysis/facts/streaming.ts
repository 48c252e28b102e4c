/**
 * Sessions and connections that are held while a response is streamed.
 *
 * A stub says which responses take their items while they are sent (`streams`). Looked at are generators of the project that such a response is given, called on the spot:
 * a loop that yields inside of a `with` over a session that was used before keeps a connection for as long as the client reads. Where the loop goes
 * through what the session gave it has to; where the session was committed or closed before, it holds nothing. Both are left alone.
 */
import type { Span } from "../base/span.ts";
import type { FunctionEntity, FunctionId } from "../names/outline.ts";
import { classEntity, functionEntity, type Program } from "../names/program.ts";
import { blocksOf, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Call, Expression, For, Statement, While } from "../syntax/tree.ts";
import { findMember } from "../types/classes.ts";
import { functionInfo } from "../types/inference/index.ts";
import type { CallRecord, FunctionInfo } from "../types/record.ts";
import { instance } from "../types/type.ts";
import { eachStatement } from "./keeping.ts";
import { opensOfType } from "./resources.ts";

export interface HeldWhileStreaming {
  readonly what: string;
  readonly name: string;
  /** The generator's call, where the response is made. */
  readonly given: Span;
  readonly generator: FunctionId;
  /** In the generator: what opens it, and the loop that yields. */
  readonly opened: Span;
  readonly loop: Span;
}

/** What the generators that a function gives to streaming responses hold; offsets count from the unit of the function they stand in. */
export function heldWhileStreaming(program: Program, id: FunctionId): readonly HeldWhileStreaming[] {
  const info = functionInfo(program, id);
  if (!info) return [];
  return info.calls.flatMap((record): readonly HeldWhileStreaming[] => {
    const given = streamed(program, record);
    const targets = (given && info.byNode.get(given)?.targets) ?? [];
    const entity =
      targets.length === 1 && targets[0]!.id !== null ? functionEntity(program, targets[0]!.id) : undefined;
    if (!given || !entity?.isGenerator || entity.origin.isStub) return [];
    const inner = functionInfo(program, entity.id);
    return inner ? heldIn(program, inner).map((held) => ({ ...held, given, generator: entity.id })) : [];
  });
}

/** The call of a generator that a response goes on taking items from. */
export function streamed(program: Program, { node, how, targets }: CallRecord): Call | null {
  const id = targets.length === 1 ? targets[0]!.id : null;
  if (how !== "call" || node.kind !== "call" || id === null) return null;
  const parameter = streamsOf(program, id);
  if (parameter === null) return null;
  const given = node.keywords.find(({ name }) => name === parameter)?.value ?? node.args[0];
  return given?.kind === "call" ? given : null;
}

function streamsOf(program: Program, id: string): string | null {
  if (!classEntity(program, id)) return program.verbs(id).streams;
  const made = findMember(program, instance(id), "__init__")?.bindings.find((b) => b.kind === "function");
  return made?.kind === "function" ? program.verbs(made.id).streams : null;
}

type Held = Omit<HeldWhileStreaming, "given" | "generator">;

function heldIn(program: Program, { def, contexts }: FunctionInfo): readonly Held[] {
  const found: Held[] = [];
  eachStatement(def?.body ?? [], (s) => {
    if (s.kind !== "with") return;
    for (const { context, target } of s.items) {
      const type = contexts.get(context);
      const what = type ? opensOfType(program, type)?.what : undefined;
      if (target?.kind !== "name" || (what !== "database session" && what !== "database connection")) continue;
      const loop = loopHeldBy(s.body, target.id);
      if (loop) found.push({ what, name: target.id, opened: context, loop: headOf(loop) });
    }
  });
  return found;
}

/** Whether what a generator yields in a loop comes from the session it knows by `name`: then it has to hold it. */
export function givesRowsOf({ def }: FunctionEntity, name: string): boolean {
  const derived = new Set([name]);
  let found = false;
  eachStatement(def.body, (s) => {
    if (s.kind === "assign" && mentions(s.value, derived)) {
      for (const target of s.targets) walkExpressions(target, (e) => e.kind === "name" && derived.add(e.id));
    }
    if (s.kind === "with") {
      for (const { context, target } of s.items) {
        if (target && mentions(context, derived))
          walkExpressions(target, (e) => e.kind === "name" && derived.add(e.id));
      }
    }
    if ((s.kind !== "for" && s.kind !== "while") || !yieldsIn(s.body)) return;
    if (comesFrom(s.kind === "for" ? s.iterable : s.test, derived, name)) found = true;
  });
  return found;
}

/** The first loop that yields something that did not come from `name`, where `name` was used before and nothing ended that. */
export function loopHeldBy(body: readonly Statement[], name: string): For | While | null {
  const derived = new Set([name]);
  let used = false;
  const search = (body: readonly Statement[]): For | While | null | "over" => {
    for (const inner of body) {
      if ((inner.kind === "for" || inner.kind === "while") && yieldsIn(inner.body)) {
        const source = inner.kind === "for" ? inner.iterable : inner.test;
        return used && !comesFrom(source, derived, name) ? inner : "over";
      }
      for (const e of expressionsOf(inner)) {
        if (ends(e, name)) return "over";
        if (mentions(e, new Set([name]))) used = true;
      }
      if (inner.kind === "assign" && mentions(inner.value, derived)) {
        for (const target of inner.targets) walkExpressions(target, (e) => e.kind === "name" && derived.add(e.id));
      }
      for (const block of blocksOf(inner)) {
        const result = search(block);
        if (result) return result;
      }
    }
    return null;
  };
  const result = search(body);
  return result === "over" ? null : result;
}

/** Whether a loop goes through what came from the session: by that name, a method of it, a builtin over it, or by somebody who is given the session. */
function comesFrom(source: Expression, derived: ReadonlySet<string>, name: string): boolean {
  if (mentions(source, new Set([name]))) return true;
  switch (source.kind) {
    case "name":
      return derived.has(source.id);
    case "attribute":
    case "subscript":
    case "await":
      return comesFrom(source.value, derived, name);
    case "call":
      if (source.callee.kind === "attribute") return comesFrom(source.callee.value, derived, name);
      return (
        source.callee.kind === "name" &&
        /^(enumerate|zip|iter|aiter|map|filter|reversed|sorted|list|tuple|chain|islice|batched|range|len)$/.test(
          source.callee.id,
        ) &&
        mentions(source, derived)
      );
    default:
      return mentions(source, derived);
  }
}

/** `name.commit()`, `name.close()`: the connection is given back. */
function ends(e: Expression, name: string): boolean {
  let found = false;
  walkExpressions(e, (inner) => {
    if (inner.kind !== "call" || inner.callee.kind !== "attribute") return;
    const { value, name: method } = inner.callee;
    if (value.kind === "name" && value.id === name && /^(commit|rollback|a?close|release)$/.test(method)) found = true;
  });
  return found;
}

function mentions(e: Expression, names: ReadonlySet<string>): boolean {
  let found = false;
  walkExpressions(e, (inner) => {
    if (inner.kind === "name" && names.has(inner.id)) found = true;
  });
  return found;
}

function yieldsIn(body: readonly Statement[]): boolean {
  let found = false;
  eachStatement(body, (s) => {
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "yield") found = true;
      });
    }
  });
  return found;
}

export function headOf(loop: For | While): Span {
  return { start: loop.start, end: loop.kind === "for" ? loop.iterable.end : loop.test.end };
}
