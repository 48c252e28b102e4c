/**
 * Which `except` catches what a `raise` names: by the classes of the project and the builtin ones.
 *
 * Stubs need not tell all bases of a library's exceptions, so of those it is only ever said that they are caught, never that they are not.
 */
import { classEntity, keyOfId, type Program } from "../names/program.ts";
import type { Expression } from "../syntax/tree.ts";
import { referenceMeanings } from "../types/annotations.ts";
import { classInfo, isSubclass } from "../types/classes.ts";
import type { FunctionInfo } from "../types/record.ts";

/** The id of the class that `raise exception` raises; null where nobody knows. */
export function raisedClass(program: Program, info: FunctionInfo, exception: Expression): string | null {
  const callee = exception.kind === "call" ? exception.callee : exception;
  return namedClass(program, info, callee);
}

/** Whether `except type` catches an exception of class `raised`; null where nobody knows. */
export function catchesClass(program: Program, info: FunctionInfo, type: Expression, raised: string): boolean | null {
  const types = type.kind === "collection" ? type.items : [type];
  const told = types.map((each) => {
    const cls = namedClass(program, info, each);
    return cls === null ? null : isCaughtAs(program, raised, cls);
  });
  if (told.includes(true)) return true;
  return told.includes(null) ? null : false;
}

function isCaughtAs(program: Program, raised: string, cls: string): boolean | null {
  if (isSubclass(program, raised, cls)) return true;
  const { ancestors, open } = classInfo(program, raised);
  if (open || ancestors.some((a) => isOfLibrary(program, a.cls))) return null;
  // Libraries give classes of Python under their own names (`asyncio.TimeoutError`).
  const name = classEntity(program, cls)?.name;
  const mayBeTheSame = isOfLibrary(program, cls) && ancestors.some((a) => classEntity(program, a.cls)?.name === name);
  return mayBeTheSame ? null : false;
}

function isOfLibrary(program: Program, cls: string): boolean {
  return classEntity(program, cls)?.origin.isStub !== false && !cls.startsWith("lib:builtins#");
}

function namedClass(program: Program, info: FunctionInfo, e: Expression): string | null {
  if (e.kind === "name" && info.def?.parameters.some((p) => p.name === e.id)) return null;
  const [meaning, ...others] = referenceMeanings(program, e, { key: keyOfId(info.id), owner: null });
  return meaning?.kind === "class" && others.length === 0 ? meaning.id : null;
}
