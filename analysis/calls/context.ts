/** On what a function's body runs. A property of the function alone: `async def`, or what a framework that was handed the function does with it. */
import { functionEntity, type Program } from "../names/program.ts";
import { findMember } from "../types/classes.ts";
import { evaluateInModule } from "../types/inference/index.ts";
import { alternatives, instance } from "../types/type.ts";

export interface RunsOn {
  readonly where: "loop" | "thread" | "unknown";
  readonly because: string;
}

const UNKNOWN: RunsOn = { where: "unknown", because: "whoever calls it decides" };

export function runsOn(program: Program, id: string): RunsOn {
  const entity = functionEntity(program, id);
  if (!entity) return UNKNOWN;
  if (entity.isAsync) return { where: "loop", because: "it is an async def" };
  for (const d of entity.decorators) {
    const head = d.kind === "call" ? d.callee : d;
    for (const t of alternatives(evaluateInModule(program, entity.origin.key, head))) {
      const where = t.kind === "function" ? program.verbs(t.fn).runsOn : null;
      if (where !== null) return { where, because: "its framework runs it there" };
    }
  }
  if (entity.owner === null) return UNKNOWN;
  const inherited = findMember(program, instance(entity.owner), entity.name, entity.owner);
  for (const b of inherited?.bindings ?? []) {
    const where = b.kind === "function" ? program.verbs(b.id).runsOn : null;
    if (where !== null) return { where, because: `the ${entity.name} it overrides runs there` };
  }
  return UNKNOWN;
}
