/**
 * The outline of a file in which the body of one function was edited: of everything else what it was.
 *
 * Only the edited function is gone through again. Where its body comes to import, or to set a name of the module, or holds a class, or decorators hold functions of their own, the
 * whole file is gone through by those who ask.
 */
import type { ClassDef, FunctionDef, Module, Statement } from "../syntax/tree.ts";
import { blocksOf } from "../syntax/walk.ts";
import { type AttributesSet, attributesSetBy, selfAssignments } from "./assigned.ts";
import { type Bound, UnitNames, withNamesOf } from "./given.ts";
import {
  type ClassEntity,
  type ClassId,
  type Declared,
  type FunctionEntity,
  type FunctionId,
  moduleFunctionId,
  type Outline,
  OutlineBuilder,
} from "./outline.ts";
import { functionShape, signatureOf } from "./shapes.ts";

/** The outline of `after`, where `outline` is that of `before`; null where it has to be made anew. */
export function outlineAfter(outline: Outline, before: Module, after: Module): Outline | null {
  if (before.shell !== after.shell || before.units.length !== after.units.length) return null;
  const moved = new Map<FunctionDef, FunctionDef>();
  for (const [index, unit] of after.units.entries())
    if (unit !== before.units[index]) moved.set(before.units[index]!, unit);
  // The first that is another is the one edited, the others only stand elsewhere.
  const [edited] = moved;
  if (edited === undefined) return outline;
  const [old, unit] = edited;
  for (const [other, next] of moved) if (other !== old && other.body !== next.body) return null;
  const entity = entityOf(outline, old);
  if (entity === null) return null;
  const was = declaredBy(old, entity);
  const is = declaredBy(unit, entity);
  if (was === null || is === null || !sameForModule(was, is, outline)) return null;
  const bound: Bound = { names: outline.names, imports: outline.localImports, hasStars: outline.stars.length > 0 };
  const wrote = was.written.get(entity.id) ?? NOTHING;
  const writes = is.written.get(entity.id) ?? NOTHING;
  const functions = functionsAfter(outline, moved, entity.id, is);
  const classes = classesAfter(outline, old, unit, entity, functions);
  const next = {
    ...outline,
    functions,
    classes,
    declared: declaredAfter(outline, before, after, moved, functions, classes, entity.id, is),
    given: withNamesOf(outline.given, entity.id, wrote.given(bound), writes.given(bound)),
    called: withNamesOf(outline.called, entity.id, wrote.called(bound), writes.called(bound)),
  };
  const isSame = classes === outline.classes && sameShapes(was.functions, is.functions);
  return isSame ? next : { ...next, signature: signatureOf(outline.names, next) };
}

const NOTHING = new UnitNames();

function entityOf({ functions }: Outline, def: FunctionDef): FunctionEntity | null {
  for (const entity of functions.values()) if (entity.def === def) return entity;
  return null;
}

/** What one unit declares and writes; null where that is not all its own, or has classes in it. */
function declaredBy(def: FunctionDef, { origin, owner, qualifiedName, id }: FunctionEntity): OutlineBuilder | null {
  const builder = new OutlineBuilder(origin);
  const unit = moduleFunctionId(origin.key);
  builder.declareFunction(def, { prefix: "", owner, parent: null, unit }, qualifiedName);
  const isAlone = [...builder.functions.values()].every((each) => each.unit === id);
  return isAlone && builder.classes.size === 0 ? builder : null;
}

/** Whether a unit does the same with names of the module, and means the same by those that it imports. */
function sameForModule(was: OutlineBuilder, is: OutlineBuilder, { names }: Outline): boolean {
  const filled = ({ filled }: OutlineBuilder): Set<string> =>
    new Set([...filled.keys()].filter((name) => names.has(name)));
  const imported = ({ imports }: OutlineBuilder): Set<string> =>
    new Set([...imports].flatMap(([name, members]) => [...members].map((member) => `${name}=${member}`)));
  const set = ({ globalAssigned }: OutlineBuilder): Set<string> => new Set(globalAssigned.keys());
  return [filled, imported, set].every((of) => sameNames(of(was), of(is)));
}

function functionsAfter(
  outline: Outline,
  moved: ReadonlyMap<FunctionDef, FunctionDef>,
  edited: FunctionId,
  is: OutlineBuilder,
): Map<FunctionId, FunctionEntity> {
  const functions = new Map<FunctionId, FunctionEntity>();
  for (const [id, entity] of outline.functions) {
    const def = moved.get(entity.def);
    if (id === edited) for (const [inner, own] of is.functions) functions.set(inner, own);
    else if (entity.unit !== edited) functions.set(id, def === undefined ? entity : { ...entity, def });
  }
  return functions;
}

/** The classes, of which the one around the edited method may have another attribute. */
function classesAfter(
  { classes }: Outline,
  old: FunctionDef,
  unit: FunctionDef,
  { owner }: FunctionEntity,
  functions: ReadonlyMap<FunctionId, FunctionEntity>,
): ReadonlyMap<ClassId, ClassEntity> {
  const cls = owner === null ? undefined : classes.get(owner);
  if (cls === undefined || sameAttributes(attributesSetBy(old), attributesSetBy(unit))) return classes;
  return new Map(classes).set(cls.id, { ...cls, selfAssigned: selfAssignments(cls.members, functions) });
}

function sameAttributes(a: AttributesSet, b: AttributesSet): boolean {
  return sameNames(a.assigned, b.assigned) && sameNames(a.filled, b.filled) && sameNames(a.empty, b.empty);
}

function sameNames(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].join() === [...b].join();
}

function sameShapes(a: ReadonlyMap<FunctionId, FunctionEntity>, b: ReadonlyMap<FunctionId, FunctionEntity>): boolean {
  return [...a.values()].map(functionShape).join() === [...b.values()].map(functionShape).join();
}

/** The same by definitions in the tree, of which all that stand behind the edit, and the classes around them, are others now. */
function declaredAfter(
  outline: Outline,
  before: Module,
  after: Module,
  moved: ReadonlyMap<FunctionDef, FunctionDef>,
  functions: ReadonlyMap<FunctionId, FunctionEntity>,
  classes: ReadonlyMap<ClassId, ClassEntity>,
  edited: FunctionId,
  is: OutlineBuilder,
): Outline["declared"] {
  const declared = new Map<FunctionId, Declared>(outline.declared);
  for (const [id, { unit, def }] of outline.functions) {
    const next = moved.get(def);
    if (next === undefined || id !== unit) continue;
    const { functions: own, classes } = outline.declared.get(id)!;
    const others = new Map<FunctionDef, FunctionEntity>();
    for (const [inner, entity] of own) others.set(inner === def ? next : inner, functions.get(entity.id) ?? entity);
    declared.set(id, { functions: others, classes });
  }
  declared.set(edited, is.declared.get(edited)!);
  const top = moduleFunctionId(outline.origin.key);
  const own = outline.declared.get(top);
  if (own === undefined || own.classes.size === 0) return declared;
  const definitions = new Map<ClassDef, ClassDef>();
  pairClasses(before.body, after.body, definitions);
  const others = new Map<ClassDef, ClassEntity>();
  for (const [def, cls] of own.classes) others.set(definitions.get(def) ?? def, classes.get(cls.id) ?? cls);
  return declared.set(top, { functions: own.functions, classes: others });
}

/** Classes outside of functions that are other objects in the tree after the edit, with these. */
function pairClasses(before: readonly Statement[], after: readonly Statement[], found: Map<ClassDef, ClassDef>): void {
  for (const [index, s] of before.entries()) {
    const next = after[index]!;
    if (s === next || s.kind === "function") continue;
    if (s.kind === "class" && next.kind === "class") found.set(s, next);
    const blocks = blocksIn(next);
    for (const [nth, block] of blocksIn(s).entries()) pairClasses(block, blocks[nth]!, found);
  }
}

function blocksIn(s: Statement): readonly (readonly Statement[])[] {
  return s.kind === "class" ? [s.body] : blocksOf(s);
}
