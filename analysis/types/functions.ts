/** Functions as their declarations describe them: what decorators make of them, what annotations say of parameters and results. */
import { keptQuestion, question } from "../base/memo.ts";
import type { FunctionEntity, FunctionId } from "../names/outline.ts";
import { functionEntity, type Program } from "../names/program.ts";
import type { Expression, Parameter } from "../syntax/tree.ts";
import { type AnnotationScope, annotationType, dottedNameOf, referenceMeanings } from "./annotations.ts";
import { builtin, sameType, type Type, UNKNOWN } from "./type.ts";

/** What decorators make of a function. Decorators nobody knows leave it as it is. */
export interface Shape {
  readonly property: boolean;
  readonly static: boolean;
  readonly class: boolean;
  /** A generator turned into a context manager. */
  readonly context: boolean;
  /** A generator that is always taken up again after its `yield`. */
  readonly resumed: boolean;
  /** Calling it runs the body in a worker thread and gives an awaitable. */
  readonly offloaded: boolean;
  /** Its result is kept, so callers do not run the body each time. */
  readonly cached: boolean;
  /** A setter, deleter or overload: not what reading or calling the name means. */
  readonly secondary: boolean;
}

const PLAIN: Shape = {
  property: false,
  static: false,
  class: false,
  context: false,
  resumed: false,
  offloaded: false,
  cached: false,
  secondary: false,
};

export function shapeOf(program: Program, entity: FunctionEntity): Shape {
  if (entity.decorators.length === 0) return PLAIN;
  return program.memo.get(SHAPES, entity.id) ?? PLAIN;
}

const SHAPES = keptQuestion<Program, Shape>("shape", computeShape, sameShape);

/** The result a function is declared to have: for `async def` what awaiting gives, for generators the annotation as it stands. Null without annotation. */
export function declaredReturn(program: Program, entity: FunctionEntity): Type | null {
  return entity.returns && annotationIn(program, entity, RETURN, entity.returns);
}

/** The type inside a parameter as its annotation says, null without annotation. */
export function declaredParameter(program: Program, entity: FunctionEntity, p: Parameter): Type | null {
  if (!p.annotation) return null;
  const type = annotationIn(program, entity, p.name, p.annotation);
  if (p.form === "args") return builtin("tuple", [type]);
  if (p.form === "kwargs") return builtin("dict", [builtin("str"), type]);
  return type;
}

/** Whether what a function does with what it is given for this parameter is followed in its body; of all else the annotation says enough. */
export function followsParameter(program: Program, entity: FunctionEntity, p: Parameter): boolean {
  if (p.form === "args") return false;
  const declared = declaredParameter(program, entity, p);
  return !declared || declared.kind === "unknown" || mattersToGiver(declared);
}

/** Whether it matters to whoever hands in a value of this type what is done with it: a callable, or plain data. */
export function mattersToGiver(type: Type): boolean {
  return type.kind === "callable" || (type.kind === "instance" && type.cls === "lib:builtins#dict");
}

/** What stands for the result where names of parameters stand, for no parameter can be called so. */
const RETURN = "return";

/** The type that a function's annotation of a parameter or of its result means. */
function annotationIn(program: Program, entity: FunctionEntity, name: string, annotation: Expression): Type {
  if (entity.origin.isStub) return annotationType(program, annotation, scopeOf(entity));
  return program.memo.getNamed(ANNOTATIONS, entity.id, name) ?? UNKNOWN;
}

const ANNOTATIONS = question((program: Program, id, name): Type => {
  const entity = functionEntity(program, id);
  const annotation = name === RETURN ? entity?.returns : entity?.parameters.find((p) => p.name === name)?.annotation;
  return entity && annotation ? annotationType(program, annotation, scopeOf(entity)) : UNKNOWN;
}, sameType);

function scopeOf({ origin, owner, typeParameters }: FunctionEntity): AnnotationScope {
  return { key: origin.key, owner, typeParameters };
}

/** What iterating over a value of an annotated generator's return type gives: the first argument of `Iterator[T]`, `Generator[T, …]`. */
export function itemOf(annotation: Type): Type {
  if (annotation.kind === "instance") return annotation.args[0] ?? UNKNOWN;
  return UNKNOWN;
}

function computeShape(program: Program, id: FunctionId): Shape {
  const entity = functionEntity(program, id);
  if (!entity) return PLAIN;
  const shape = { ...PLAIN };
  for (const d of entity.decorators) {
    if (d.kind === "attribute" && /^(setter|deleter)$/.test(d.name)) shape.secondary = true;
    const head = d.kind === "call" ? d.callee : d;
    for (const m of referenceMeanings(program, head, { key: entity.origin.key, owner: entity.owner })) {
      switch (dottedNameOf(program, m)) {
        case "property":
          shape.property = true;
          continue;
        case "staticmethod":
          shape.static = true;
          continue;
        case "classmethod":
          shape.class = true;
          continue;
        case "typing.overload":
        case "typing_extensions.overload":
          shape.secondary = true;
          continue;
      }
      if (m.kind === "outside" && m.name !== null && program.taught?.verbsOf(m.name, "function")?.offloads.length)
        shape.offloaded = true;
      if (m.kind !== "function" && m.kind !== "class") continue;
      const verbs = program.verbs(m.id);
      if (verbs.turnsProperty) shape.property = true;
      if (verbs.caches) shape.cached = true;
      if (verbs.contextManager) shape.context = true;
      if (verbs.resumes) shape.resumed = true;
      if (verbs.offloads.length > 0) shape.offloaded = true;
    }
  }
  return shape;
}

function sameShape(a: Shape, b: Shape): boolean {
  return (Object.keys(PLAIN) as (keyof Shape)[]).every((k) => a[k] === b[k]);
}
