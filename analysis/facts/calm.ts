/**
 * Calls that raise nothing worth a thought, so that they may stand between opening a resource and closing it.
 *
 * That is what a stub says, writing a line to a log whose library nobody knows, and project functions and constructors that only assign and call such things.
 * It refuses to look into what those call: of two project functions in a row nothing is said.
 */
import { keptQuestion } from "../base/memo.ts";
import type { FunctionId } from "../names/outline.ts";
import { classEntity, functionEntity, type Program } from "../names/program.ts";
import { blocksOf, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Call, Expression, Statement } from "../syntax/tree.ts";
import { classInfo, findMember } from "../types/classes.ts";
import { functionInfo } from "../types/inference/index.ts";
import type { FunctionInfo, Target } from "../types/record.ts";
import { instance } from "../types/type.ts";

/** Whether a call of a function raises nothing worth a thought. */
export function isCalm(program: Program, info: FunctionInfo, call: Expression): boolean {
  const targets = info.byNode.get(call)?.targets ?? [];
  if (targets.length === 0 || targets.some((t) => t.id === null)) return call.kind === "call" && writesLog(call);
  return targets.every((t) => isSaidCalm(program, t) || isCalmFunction(program, t.id!));
}

function isSaidCalm(program: Program, { id }: Target): boolean {
  return id !== null && (GOING_THROUGH.test(id) || program.verbs(id).neverRaises);
}

/** What `len`, `join` and their like do with a container of Python's own. */
const GOING_THROUGH = /^lib:(builtins#\w+\.__iter__|typing#Iterator\.__next__)$/;

/** `log.info("opened", host=host)`, by whatever library. */
function writesLog({ callee }: Call): boolean {
  if (callee.kind !== "attribute" || !LEVELS.test(callee.name)) return false;
  const { value } = callee;
  const name = value.kind === "name" ? value.id : value.kind === "attribute" ? value.name : "";
  return /^_*(log|logger|logging)$/i.test(name);
}

const LEVELS = /^(debug|info|warn|warning|error|exception|critical|fatal|log|msg|trace|success)$/;

function isCalmFunction(program: Program, id: string): boolean {
  if (!classEntity(program, id)) return program.memo.get(CALM, id) ?? false;
  const entity = classEntity(program, id)!;
  const { open, ancestors } = classInfo(program, id);
  if (entity.decorators.length > 0 || entity.origin.isStub) return false;
  // Bases that nobody knows matter where they may be what makes it.
  if (!entity.members.has("__init__") && (open || ancestors.some(({ cls }) => isOfLibrary(program, cls)))) return false;
  const made = findMember(program, instance(id), "__init__")?.bindings ?? [];
  return made.every(
    (b) => b.kind === "function" && (b.id.startsWith("lib:builtins#") || program.memo.get(CALM, b.id) === true),
  );
}

function isOfLibrary(program: Program, id: string): boolean {
  const entity = classEntity(program, id) ?? functionEntity(program, id);
  return entity?.origin.isStub !== false && !/^lib:(builtins|abc|typing)#/.test(id);
}

const CALM = keptQuestion<Program, boolean>("calm", computeCalm);

function computeCalm(program: Program, id: FunctionId): boolean {
  const entity = functionEntity(program, id);
  if (!entity || entity.origin.isStub || entity.decorators.length > 0 || entity.isAsync || entity.isGenerator)
    return false;
  const info = functionInfo(program, id);
  return !!info?.def && staysCalm(program, info, info.def.body);
}

function staysCalm(program: Program, info: FunctionInfo, body: readonly Statement[]): boolean {
  return body.every((s) => {
    if (!CALM_STATEMENTS.has(s.kind)) return false;
    let calm = true;
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "subscript" || e.kind === "await" || e.kind === "yield" || e.kind === "comprehension")
          calm = false;
        if (e.kind !== "call") return;
        const targets = info.byNode.get(e)?.targets ?? [];
        if (targets.length === 0 ? !writesLog(e) : !targets.every((t) => isSaidCalm(program, t))) calm = false;
      });
    }
    return calm && blocksOf(s).every((block) => staysCalm(program, info, block));
  });
}

const CALM_STATEMENTS: ReadonlySet<Statement["kind"]> = new Set([
  "assign",
  "annotated-assign",
  "expression",
  "if",
  "return",
  "pass",
]);
