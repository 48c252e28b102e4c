/** What others may depend on in a declaration, as a hash: bodies and places are no part of it. */
import { Hasher } from "../base/hash.ts";
import type { Binding, ClassEntity, Declared, FunctionEntity, Outline } from "./outline.ts";

/** A hash of all that other files may depend on. */
export function signatureOf(
  names: Outline["names"],
  { stars, globalAssigned, classes, functions }: Pick<Outline, "stars" | "globalAssigned" | "classes" | "functions">,
): string {
  const hash = new Hasher();
  for (const part of [names, stars, globalAssigned]) feed(hash, part);
  for (const c of classes.values()) hash.text(classShape(c));
  for (const f of functions.values()) hash.text(functionShape(f));
  return hash.digest();
}

interface KnownShape extends Pick<FunctionEntity, "id" | "owner" | "parent"> {
  readonly shape: string;
}

/** By their parameters, which a function keeps when it moves. */
const functionShapes = new WeakMap<FunctionEntity["parameters"], KnownShape>();

export function functionShape(f: FunctionEntity): string {
  const { id, isAsync, isGenerator, decorators, parameters, returns, typeParameters, owner, parent } = f;
  const known = functionShapes.get(parameters);
  // Equal functions share what was read of them, and so do old and new ones of a name.
  if (known?.id === id && known.owner === owner && known.parent === parent) return known.shape;
  const parts = [id, isAsync, isGenerator, decorators, parameters, returns, typeParameters, owner, parent];
  const shape = shapeOf(parts);
  functionShapes.set(parameters, { id, owner, parent, shape });
  return shape;
}

const classShapes = new WeakMap<ClassEntity, string>();

export function classShape(c: ClassEntity): string {
  const { id, decorators, bases, typeParameters, keywords, members, selfAssigned } = c;
  let shape = classShapes.get(c);
  if (shape === undefined) {
    shape = shapeOf([id, decorators, bases, typeParameters, keywords, members, selfAssigned]);
    classShapes.set(c, shape);
  }
  return shape;
}

/** Of all that is declared in a unit. */
export function declaredShape({ functions, classes }: Declared): string {
  return [...[...functions.values()].map(functionShape), ...[...classes.values()].map(classShape)].join();
}

/** Of what a name is bound to, or of the units listed under one. */
export function bindingsShape(bindings: readonly Binding[] | readonly string[]): string {
  const hash = new Hasher();
  feed(hash, bindings);
  return hash.digest();
}

function shapeOf(parts: readonly unknown[]): string {
  const hash = new Hasher();
  for (const part of parts) feed(hash, part);
  return hash.digest();
}

/** Hashes a value made of records, arrays, maps and plain values, places and bodies left out. Records of one kind have their fields in one order. */
function feed(hash: Hasher, value: unknown): void {
  if (typeof value === "string") hash.text(value);
  else if (typeof value === "number") hash.number(value);
  else if (typeof value !== "object" || value === null) hash.text(String(value));
  else if (Array.isArray(value)) {
    hash.number(value.length);
    for (const item of value) feed(hash, item);
  } else if (value instanceof Map) {
    hash.number(value.size);
    for (const [key, item] of value) {
      hash.text(key);
      feed(hash, item);
    }
  } else for (const key in value) if (!LEFT_OUT.has(key)) feed(hash, (value as Record<string, unknown>)[key]);
}

/** Fields that say where something is, and the one that leads to a body. */
const LEFT_OUT: ReadonlySet<string> = new Set(["start", "end", "nameStart", "nameSpan", "unitStart", "def"]);
