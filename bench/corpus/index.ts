/**
 * A Python backend of any size, made up at a fixed seed: the same files on every machine. What it looks like is data, in `description.ts`.
 *
 * It is meant to cost an analysis what real projects cost it, by lines: functions of the same length with as many calls, packages that reach into each other, modules
 * everybody imports, much that matters to nobody. It is not meant to be run, and its findings say nothing about real ones.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { randomFrom } from "../../tests/harness/random.ts";
import { DESCRIPTION } from "./description.ts";
import { type File, filesOfPackage } from "./package.ts";
import { planOf } from "./plan.ts";
import { PROJECT_FILES, platformFiles } from "./platform.ts";

export type { File } from "./package.ts";

/** The files of a corpus of about so many lines, settings included. The module that has grown is left small in corpora of less than 20,000 lines. */
export function corpusOf(lines: number, seed: number = DESCRIPTION.seed): readonly File[] {
  const random = randomFrom(seed);
  const largest = lines < 20_000 ? lines / 20 : DESCRIPTION.largestModule;
  const plan = planOf(lines - largest, random);
  const files = [
    ...PROJECT_FILES,
    ...platformFiles(random, largest),
    // Each package has chance of its own, so that a small corpus is the beginning of a larger one.
    ...plan.packages.flatMap((each) => filesOfPackage(each, plan, randomFrom(seed + 1 + each.index))),
  ];
  const packages = new Set(files.map(({ path }) => path));
  const areas = new Set(plan.packages.map(({ area }) => `app/${area}/__init__.py`));
  return [...files, ...[...areas].filter((path) => !packages.has(path)).map((path) => ({ path, text: "" }))];
}

/** Writes a corpus below a folder. */
export function writeCorpus(folder: string, files: readonly File[]): void {
  for (const { path, text } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
