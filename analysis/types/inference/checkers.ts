/** What the decorator of a function or class says of the values it is given: that they are checked, or only kept under their names. */
import type { ClassEntity, FunctionEntity } from "../../names/outline.ts";
import { dottedNameOfId, type Program } from "../../names/program.ts";
import type { Expression } from "../../syntax/tree.ts";
import { referenceMeanings } from "../annotations.ts";

/** Whether a decorator of the function checks what it is called with (`validate_call`). */
export function checksArguments(program: Program, { decorators, origin, owner }: FunctionEntity): boolean {
  return namesOf(program, decorators, origin.key, owner).some((id) => program.verbs(id).validates.length > 0);
}

/** Whether the class only keeps what it is made of, whatever that is: a dataclass of the standard library, a class of attrs. */
export function onlyKeeps(program: Program, { decorators, origin }: ClassEntity): boolean {
  return namesOf(program, decorators, origin.key, null).some((id) => KEEPING.test(dottedNameOfId(program, id)));
}

/** Generated constructors that assign their arguments. Those of attrs run validators where fields name some. */
const KEEPING = /^dataclasses\.dataclass$/;

function namesOf(
  program: Program,
  decorators: readonly Expression[],
  key: string,
  owner: FunctionEntity["owner"],
): readonly string[] {
  return decorators.flatMap((d) =>
    referenceMeanings(program, d.kind === "call" ? d.callee : d, { key, owner }).flatMap((m) =>
      m.kind === "function" || m.kind === "class" ? [m.id] : [],
    ),
  );
}

/** Keys that a decorator is told about are asked for before the function runs: `@requires("mail", "name")`. */
export function promisedKeys(decorators: readonly Expression[]): readonly string[] {
  const calls = decorators.flatMap((d) => (d.kind === "call" ? d.args : []));
  return calls.flatMap((a) => (a.kind === "string" ? [a.value] : []));
}
