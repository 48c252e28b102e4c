/**
 * Which functions run anew for every request, and the way that leads there.
 *
 * It begins at handlers and dependencies, which stubs tell apart (`handles_requests`, `injects`), and follows calls of project functions from there, nearest first.
 * What happens on first use only is not followed; neither is a function that a decorator may make run once. A function that gives what it makes to its
 * caller makes it anew only where the caller does not keep it (see `keeping.ts`): the two are told apart.
 *
 * It needs what every unit of the project gives to frameworks, so it is worked out only when a rule asks, and anew after an edit.
 */
import { question } from "../base/memo.ts";
import type { FunctionEntity, FunctionId, Outline } from "../names/outline.ts";
import { classEntity, functionEntity, type Program } from "../names/program.ts";
import { referenceMeanings } from "../types/annotations.ts";
import { classInfo } from "../types/classes.ts";
import { shapeOf } from "../types/functions.ts";
import { functionInfo, servedBy, servingDecoration } from "../types/inference/index.ts";
import { textOf } from "../types/inference/state.ts";
import type { CallRecord } from "../types/record.ts";
import { keptIn } from "./keeping.ts";

/** How a function comes to run: the handler that begins it, and the calls that lead on. */
export interface ServedWay {
  readonly handler: FunctionId;
  readonly by: string;
  readonly steps: readonly { readonly fn: FunctionId; readonly record: CallRecord; readonly next: FunctionId }[];
}

/** What of a project is looked through. */
export interface ProjectUnits {
  readonly outlines: Iterable<Outline>;
  unitsOf(outline: Outline): readonly FunctionId[];
}

export class Serving {
  private readonly program: Program;
  private readonly project: ProjectUnits;
  private readonly reached: Explored;

  constructor(program: Program, project: ProjectUnits) {
    this.program = program;
    this.project = project;
    this.reached = { any: this.explore(false), fresh: this.explore(true) };
  }

  /**
   * The shortest way from a handler to a function; null where none is known to lead there. `fresh`: one on which nobody may keep what the
   * function gives, or the object it makes.
   */
  wayTo(id: FunctionId, fresh: boolean): ServedWay | null {
    const reached = fresh ? this.reached.fresh : this.reached.any;
    const steps: ServedWay["steps"][number][] = [];
    let at = reached.get(id);
    let next = id;
    while (at?.from) {
      steps.unshift({ fn: at.from.fn, record: at.from.record, next });
      next = at.from.fn;
      at = reached.get(next);
    }
    return at ? { handler: next, by: at.by, steps } : null;
  }

  private explore(fresh: boolean): ReadonlyMap<FunctionId, Reached> {
    const reached = new Map<FunctionId, Reached>();
    const queue: FunctionId[] = [];
    const reach = (fn: FunctionId, how: Reached): void => {
      if (reached.has(fn)) return;
      reached.set(fn, how);
      if (!runsRarely(this.program, fn)) queue.push(fn);
      else reached.delete(fn);
    };
    for (const { fn, by } of this.served()) reach(fn, { by, from: null });
    for (const fn of queue) {
      const info = functionInfo(this.program, fn);
      if (!info?.def) continue;
      const kept = keptIn(info.def);
      for (const record of info.calls) {
        if (record.once || kept.first.has(record.node) || (fresh && kept.values.has(record.node))) continue;
        for (const target of record.targets) {
          const callee = target.runs ?? laterOf(this.program, target.id);
          if (callee !== null) reach(callee, { by: "", from: { fn, record } });
        }
      }
    }
    return reached;
  }

  /** Handlers and dependencies, in an order that does not depend on that of the files. */
  private served(): readonly { readonly fn: FunctionId; readonly by: string }[] {
    const found = new Map<FunctionId, string>();
    const note = (fn: FunctionId, by: string): void => {
      if (!found.has(fn)) found.set(fn, by);
    };
    for (const outline of this.project.outlines) {
      for (const entity of outline.functions.values()) {
        if (entity.parent !== null || entity.decorators.length === 0) continue;
        const by = this.program.memo.get(DECORATED, entity.id);
        if (by) note(entity.id, by);
      }
      for (const cls of outline.classes.values()) {
        for (const fn of this.program.memo.get(OVERRIDING, cls.id) ?? []) note(fn, cls.name);
      }
      for (const unit of this.project.unitsOf(outline)) {
        for (const { fn, by } of servedBy(this.program, unit)) note(fn, by);
      }
    }
    return [...found].map(([fn, by]) => ({ fn, by })).sort((a, b) => (a.fn < b.fn ? -1 : 1));
  }
}

interface Explored {
  readonly any: ReadonlyMap<FunctionId, Reached>;
  readonly fresh: ReadonlyMap<FunctionId, Reached>;
}

interface Reached {
  readonly by: string;
  readonly from: { readonly fn: FunctionId; readonly record: CallRecord } | null;
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

/** A coroutine or generator that is made here: whoever is given it runs it, most often this very function or the framework that streams it. */
function laterOf(program: Program, id: string | null): FunctionId | null {
  const entity = id === null ? undefined : functionEntity(program, id);
  return entity && !entity.origin.isStub && (entity.isGenerator || entity.isAsync) ? entity.id : null;
}

/** Whether a decorator may keep what the function gives, so that its body runs once. */
function runsRarely(program: Program, fn: FunctionId): boolean {
  const entity = functionEntity(program, fn);
  if (!entity) return true;
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
