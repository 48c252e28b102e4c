/**
 * On what a function's body runs. A property of the function alone: `async def`, or what a framework or a loop that was handed the function does with it.
 *
 * Who hands a function over is looked up by its name: only the units that give something of that name to others are asked what they do with it.
 */

import type { FunctionEntity } from "../names/outline.ts";
import { functionEntity, type Program } from "../names/program.ts";
import { NO_VERBS } from "../names/verbs.ts";
import { findMember } from "../types/classes.ts";
import { shapeOf } from "../types/functions.ts";
import { givenAs, giversOf } from "../types/given-as.ts";
import { effectOfDecoration, handedOver } from "../types/inference/index.ts";
import { instance } from "../types/type.ts";

export interface RunsOn {
  readonly where: "loop" | "thread" | "unknown";
  readonly because: string;
}

const UNKNOWN: RunsOn = { where: "unknown", because: "whoever calls it decides" };

export function runsOn(program: Program, id: string): RunsOn {
  const entity = functionEntity(program, id);
  if (!entity) return UNKNOWN;
  if (entity.isAsync) return { where: "loop", because: "it is an async def" };
  const decorated = entity.parent === null && entity.decorators.length > 0 ? effectOfDecoration(program, entity) : null;
  if (decorated) return { where: decorated.where, because: `\`${decorated.by}\` decorates it` };
  if (shapeOf(program, entity).property) return UNKNOWN;
  return inherited(program, entity) ?? handed(program, entity) ?? UNKNOWN;
}

/** Where the method it overrides runs. */
function inherited(program: Program, entity: FunctionEntity): RunsOn | null {
  const { owner, name } = entity;
  if (owner === null) return null;
  let overridden = findMember(program, instance(owner), name, owner);
  while (overridden) {
    for (const b of overridden.bindings) {
      const verbs = b.kind === "function" ? program.verbs(b.id) : NO_VERBS;
      const where = verbs.runsOverrides ? verbs.runsOn : null;
      if (where !== null) return { where, because: `it overrides a \`${name}\` that runs there` };
    }
    overridden = findMember(program, instance(owner), name, overridden.owner.id);
  }
  return null;
}

/** Where those who are handed the function run it; the loop, where some run it there. */
function handed(program: Program, entity: FunctionEntity): RunsOn | null {
  const units =
    entity.parent === null ? giversOf(program, entity, givenAs(program, entity, /^__call__$/)) : [entity.unit];
  const given = units.flatMap((unit) => handedOver(program, unit)).filter((h) => h.fn === entity.id);
  const decisive = given.find((h) => h.where === "loop") ?? given[0];
  return decisive ? { where: decisive.where, because: `it is given to \`${decisive.by}\`` } : null;
}
