/** Attributes that methods set through `self`, by the methods that do. */
import type { Expression, FunctionDef, Statement } from "../syntax/tree.ts";
import { blocksOf } from "../syntax/walk.ts";
import { isEmptyContainer, visitFilled } from "./filled.ts";
import type { Binding, FunctionEntity, FunctionId } from "./outline.ts";

/** The attributes of a class with these members that its methods assign through their first parameter, or fill where they are made empty. */
export function selfAssignments(
  members: ReadonlyMap<string, readonly Binding[]>,
  functions: ReadonlyMap<FunctionId, FunctionEntity>,
): Map<string, FunctionId[]> {
  const found = new Map<string, FunctionId[]>();
  const filled = new Map<string, FunctionId[]>();
  const empty = new Set<string>();
  for (const [name, bindings] of members)
    for (const b of bindings) {
      if (b.kind === "variable" && !b.annotation && isEmptyContainer(b.value)) empty.add(name);
      if (b.kind !== "function") continue;
      const own = attributesSetBy(functions.get(b.id)!.def);
      for (const attribute of own.assigned) addUnit(found, attribute, b.id);
      for (const attribute of own.filled) addUnit(filled, attribute, b.id);
      for (const attribute of own.empty) empty.add(attribute);
    }
  for (const [name, methods] of filled) if (empty.has(name)) for (const method of methods) addUnit(found, name, method);
  return found;
}

/** Attributes of its first parameter that a method assigns, puts something into, and makes empty, each in the order of its text. */
export interface AttributesSet {
  readonly assigned: ReadonlySet<string>;
  readonly filled: ReadonlySet<string>;
  readonly empty: ReadonlySet<string>;
}

export function attributesSetBy({ parameters, body }: FunctionDef): AttributesSet {
  const assigned = new Set<string>();
  const filled = new Set<string>();
  const empty = new Set<string>();
  const self = parameters[0]?.name;
  if (!self) return { assigned, filled, empty };
  const ofSelf = (e: Expression): string | null =>
    e.kind === "attribute" && e.value.kind === "name" && e.value.id === self ? e.name : null;
  visitAssigned(body, (target, value) => {
    const attribute = ofSelf(target);
    if (attribute === null) return;
    assigned.add(attribute);
    if (isEmptyContainer(value)) empty.add(attribute);
  });
  visitFilled(body, (container) => {
    const attribute = ofSelf(container);
    if (attribute !== null) filled.add(attribute);
  });
  return { assigned, filled, empty };
}

/** Adds a unit to those that are listed under a name. */
export function addUnit(units: Map<string, FunctionId[]>, name: string, unit: FunctionId): void {
  const found = units.get(name);
  if (!found) units.set(name, [unit]);
  else if (!found.includes(unit)) found.push(unit);
}

/**
 * Calls `visit` for every target assigned to in `body`, nested functions and classes excepted; with the value where a plain assignment says it.
 */
function visitAssigned(
  body: readonly Statement[],
  visit: (target: Expression, value: Expression | null) => void,
): void {
  const flatten = (target: Expression, value: Expression | null = null): void => {
    if (target.kind === "collection") for (const item of target.items) flatten(item);
    else if (target.kind === "starred") flatten(target.value);
    else visit(target, value);
  };
  for (const s of body) {
    if (s.kind === "assign") for (const target of s.targets) flatten(target, s.value);
    else if (s.kind === "annotated-assign" || s.kind === "augmented-assign" || s.kind === "for") flatten(s.target);
    else if (s.kind === "with") for (const i of s.items) if (i.target) flatten(i.target);
    for (const block of blocksOf(s)) visitAssigned(block, visit);
  }
}
