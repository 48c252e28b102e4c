/** What the declaration of a function or class says of the values it is given: that they are checked, or only kept under their names. */
import type { ClassEntity, FunctionEntity } from "../../names/outline.ts";
import { dottedNameOfId, functionEntity, type Program } from "../../names/program.ts";
import type { Expression } from "../../syntax/tree.ts";
import { referenceMeanings } from "../annotations.ts";
import { declaredParameter, shapeOf } from "../functions.ts";
import type { Frame, Inference } from "./state.ts";

/** Whether a decorator of the function checks what it is called with (`validate_call`). */
export function checksArguments(program: Program, { decorators, origin, owner }: FunctionEntity): boolean {
  return namesOf(program, decorators, origin.key, owner).some((id) => program.verbs(id).validates.length > 0);
}

const checking = new WeakMap<Frame, boolean>();

/** Whether a decorator of the project has data of the request checked before the function being read runs. */
export function checksBefore(inf: Inference): boolean {
  const { entity } = inf.frame;
  if (!entity || entity.decorators.length === 0) return false;
  const known = checking.get(inf.frame);
  if (known !== undefined) return known;
  const found = namesOf(inf.program, entity.decorators, entity.origin.key, entity.owner).some(
    (id) => functionEntity(inf.program, id)?.origin.isStub === false && inf.askParameters(id)?.checksBody === true,
  );
  checking.set(inf.frame, found);
  return found;
}

/** Whether a function of the project takes what `**` of a dict gives it as it comes: nothing says what it is, and none of it is handed to a check. */
export function takesKeysUnseen({ program, askParameters }: Inference, entity: FunctionEntity): boolean {
  const { static: isStatic, class: isClass } = shapeOf(program, entity);
  if (entity.decorators.length > (isStatic || isClass ? 1 : 0)) return false;
  const taken = entity.parameters.slice(entity.owner === null || isStatic ? 0 : 1);
  if (!taken.some((p) => p.form === "normal" || p.form === "keyword-only")) return false;
  return taken.every((p) => p.annotation === null) && askParameters(entity.id)?.kept.length === 0;
}

/** Whether a parameter takes anything, or any dict: only then is it known what becomes of what it is given. */
export function isOpen(program: Program, entity: FunctionEntity, name: string): boolean {
  const parameter = entity.parameters.find((p) => p.name === name);
  const declared = parameter ? declaredParameter(program, entity, parameter) : null;
  return (
    !declared || declared.kind === "unknown" || (declared.kind === "instance" && declared.cls === "lib:builtins#dict")
  );
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
