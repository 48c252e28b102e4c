/** Writes the modules of one package, by layer. */
import type { Random } from "../../tests/harness/random.ts";
import { CODE_LAYERS, type Write } from "./code-layers.ts";
import { DATA_LAYERS } from "./data-layers.ts";
import { DESCRIPTION, type Layer } from "./description.ts";
import type { Package, Plan } from "./plan.ts";
import { Writer } from "./writer.ts";

export interface File {
  readonly path: string;
  readonly text: string;
}

/** All files of a package, its tests and migrations included. `random` is used up in a fixed order. */
export function filesOfPackage(owner: Package, plan: Plan, random: Random): readonly File[] {
  const folder = owner.module.split(".").join("/");
  const tests = `tests/${owner.area}/${owner.entity}`;
  const files: File[] = [{ path: `${folder}/__init__.py`, text: "" }];
  for (const layer of DESCRIPTION.layers) {
    if (!owner.layers.has(layer.name)) continue;
    const isTest = layer.name.startsWith("test_") || layer.name === "factories";
    for (let n = 0; n < Math.max(1, layer.share); n++) {
      const writer = new Writer(random, owner);
      WRITERS[layer.name]!(writer, lengthOf(layer, random), plan, owner);
      const name = layer.name === "migration" ? `${owner.index}${n}_${owner.entity}_${writer.word()}` : layer.name;
      const place = layer.name === "migration" ? `migrations/versions` : isTest ? tests : folder;
      files.push({ path: `${place}/${name}.py`, text: writer.text() });
    }
  }
  if (random.below(2) === 0) files.push({ path: `${tests}/__init__.py`, text: "" });
  return files;
}

/** Half of all lengths lie within the spread, one in twelve far beyond. */
function lengthOf({ lines, spread }: Layer, random: Random): number {
  const exponent = (random.below(1000) + random.below(1000) + random.below(1000)) / 750 - 2;
  return lines * spread ** (exponent * 1.2) * (random.below(12) === 0 ? 2.4 : 1);
}

const WRITERS: Readonly<Record<string, Write>> = { ...CODE_LAYERS, ...DATA_LAYERS };
