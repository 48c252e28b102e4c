/** Under which names a function is given to others. */
import { nameIn } from "../names/given.ts";
import { isTest } from "../names/modules.ts";
import type { FunctionEntity, FunctionId } from "../names/outline.ts";
import { classEntity, keyOfId, type Program } from "../names/program.ts";

/** The function's own name; of a method that `ofObject` matches, which comes along with its object, also its class's, and the object's own in the class's module. */
export function givenAs(
  program: Program,
  { name, owner, origin }: FunctionEntity,
  ofObject: RegExp,
): readonly string[] {
  const cls = owner !== null && ofObject.test(name) ? classEntity(program, owner)?.name : undefined;
  if (cls === undefined) return [name];
  const found = [name, cls];
  for (const [variable, bindings] of program.outline(origin.key)?.names ?? [])
    if (bindings.some((b) => b.kind === "variable" && b.value?.kind === "call" && nameIn(b.value.callee) === cls))
      found.push(variable);
  return found;
}

/** The units that give something by one of these names to others, and may decide where the function runs: what tests do with a function that is in none decides nothing. */
export function giversOf(
  program: Program,
  { origin }: FunctionEntity,
  names: readonly string[],
): readonly FunctionId[] {
  const units = [...new Set(names.flatMap((name) => program.handing(name)))];
  return isTest(origin.key) ? units : units.filter((unit) => !isTest(keyOfId(unit)));
}
