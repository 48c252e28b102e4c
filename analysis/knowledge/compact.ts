/**
 * Trees as short text.
 *
 * Most of a stub's tree is the same few shapes over and over: keys, kinds, empty lists, nulls. Each shape is written down once, with everything in it that
 * says nothing; an object is then the number of its shape and what is left. Nothing is lost, and nothing here knows what the objects mean.
 */

/** What all objects of a shape have in common, and the keys that differ. */
export interface Shape {
  readonly constants: Readonly<Record<string, unknown>>;
  readonly keys: readonly string[];
}

/** Collects the shapes of everything it packs. */
export class Packer {
  readonly shapes: Shape[] = [];
  private readonly known = new Map<string, number>();

  /** `value`, plain data, as nested lists: a list starts with 0, an object with the number of its shape, counted from 1. */
  pack(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return [0, ...value.map((each) => this.pack(each))];
    const constants: Record<string, unknown> = {};
    const keys: string[] = [];
    const rest: unknown[] = [];
    for (const [key, field] of Object.entries(value)) {
      if (field === undefined) continue;
      if (isTelling(key, field)) {
        keys.push(key);
        rest.push(this.pack(field));
      } else constants[key] = field;
    }
    return [this.shapeOf({ constants, keys }), ...rest];
  }

  private shapeOf(shape: Shape): number {
    const text = JSON.stringify(shape);
    const known = this.known.get(text);
    if (known !== undefined) return known;
    this.shapes.push(shape);
    this.known.set(text, this.shapes.length);
    return this.shapes.length;
  }
}

/** The value that was packed. `shapes` are those of the packer. */
export function unpack(packed: unknown, shapes: readonly Shape[]): unknown {
  if (!Array.isArray(packed)) return packed;
  if (packed[0] === 0) return packed.slice(1).map((each) => unpack(each, shapes));
  const { constants, keys } = shapes[packed[0] - 1]!;
  const made: Record<string, unknown> = { ...constants };
  for (const [index, key] of keys.entries()) made[key] = unpack(packed[index + 1], shapes);
  return made;
}

/** Keys whose few values make shapes of their own. */
const FEW_VALUES = new Set(["kind", "form", "operator", "unitStart"]);

function isTelling(key: string, value: unknown): boolean {
  if (FEW_VALUES.has(key) || value === null || typeof value === "boolean") return false;
  return !(Array.isArray(value) && value.length === 0);
}
