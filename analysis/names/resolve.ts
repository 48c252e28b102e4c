/**
 * From a name in a module to what it was declared as, through imports, re-exports and stars.
 *
 * A name may be bound more than once (`try: import x except ImportError: x = None`); all of its meanings are given, in order.
 */

import { keptQuestion } from "../base/memo.ts";
import { parentOf } from "./modules.ts";
import type { Binding, Outline } from "./outline.ts";
import type { Program } from "./program.ts";

export type Meaning =
  | { readonly kind: "function"; readonly id: string }
  | { readonly kind: "class"; readonly id: string }
  /** `key` is null for a module nobody knows. */
  | { readonly kind: "module"; readonly name: string; readonly key: string | null }
  | { readonly kind: "variable"; readonly key: string; readonly name: string }
  /** Something outside of all that is known, by its dotted name where that is certain. */
  | { readonly kind: "outside"; readonly name: string | null };

/** Import chains longer than this are cycles. */
const LONGEST_CHAIN = 24;

/** What `name` means as an attribute of the module `key`; empty where it has no such name. */
export function meaningsOf(program: Program, key: string, name: string): readonly Meaning[] {
  return program.memo.getNamed(MEANINGS, key, name) ?? [];
}

const MEANINGS = keptQuestion<Program, readonly Meaning[]>(
  "meanings",
  (program, key, name) => find(program, key, name, 0),
  sameMeanings,
);

/** What an import statement in the module `importer` binds. `member` null means the module itself. */
export function meaningsOfImport(
  program: Program,
  importer: string,
  binding: { readonly module: string; readonly level: number; readonly member: string | null },
): readonly Meaning[] {
  return imported(program, importer, binding, (key, member) => meaningsOf(program, key, member));
}

/** What `name` means in a binding of module `key`. */
function ofBinding(program: Program, key: string, name: string, binding: Binding, depth: number): readonly Meaning[] {
  switch (binding.kind) {
    case "function":
    case "class":
      return [binding];
    case "variable":
      return [{ kind: "variable", key, name }];
    case "import":
      return imported(program, key, binding, (target, member) => find(program, target, member, depth + 1));
    default:
      return binding satisfies never;
  }
}

function find(program: Program, key: string, name: string, depth: number): readonly Meaning[] {
  if (depth > LONGEST_CHAIN) return [];
  const outline = program.outline(key);
  const bindings = outline?.names.get(name);
  const found: Meaning[] = [];
  if (bindings) for (const b of bindings) push(found, ofBinding(program, key, name, b, depth + 1));
  if (found.length > 0) return found;
  if (outline && !name.startsWith("_"))
    for (const star of outline.stars) {
      const target = moduleKeyOf(program, outline, star.module, star.level);
      if (target === null || target === key) continue;
      const listed = program.outline(target)?.exports;
      if (listed && !listed.includes(name)) continue;
      const through = find(program, target, name, depth + 1);
      if (through.length > 0) return through;
    }
  const submodule = program.submoduleKey(key, name);
  if (submodule !== null) return [{ kind: "module", name: `${moduleName(program, key)}.${name}`, key: submodule }];
  return [];
}

function imported(
  program: Program,
  importer: string,
  { module, level, member }: { readonly module: string; readonly level: number; readonly member: string | null },
  meanings: (key: string, member: string) => readonly Meaning[],
): readonly Meaning[] {
  const outline = program.outline(importer);
  if (!outline) return [];
  const key = moduleKeyOf(program, outline, module, level);
  if (member === null) return [{ kind: "module", name: module, key }];
  if (key === null) {
    const name = level === 0 ? `${module}.${member}` : null;
    return [{ kind: "outside", name }];
  }
  // `from . import x` inside the package's own `__init__` means the submodule.
  const found = key === importer ? [] : meanings(key, member);
  if (found.length > 0) return found;
  const submodule = program.submoduleKey(key, member);
  if (submodule !== null) return [{ kind: "module", name: `${moduleName(program, key)}.${member}`, key: submodule }];
  return [{ kind: "outside", name: key.startsWith("lib:") ? `${key.slice(4)}.${member}` : null }];
}

/** The key of the module an import names; relative ones start at the importing file's folder. */
function moduleKeyOf(program: Program, importer: Outline, module: string, level: number): string | null {
  const { key, isStub, package: pkg } = importer.origin;
  if (level === 0) return program.moduleKey(module, key);
  if (isStub) {
    const base = pkg.split(".").slice(0, pkg.split(".").length - (level - 1));
    return program.moduleKey([...base, ...(module ? [module] : [])].join("."), key);
  }
  let folder = parentOf(key);
  for (let i = 1; i < level; i++) folder = parentOf(folder);
  let found: string | null = `dir:${folder}`;
  const start = program.outline(`${folder === "" ? "" : `${folder}/`}__init__.py`);
  if (start) found = start.origin.key;
  for (const part of module === "" ? [] : module.split(".")) {
    if (found === null) return null;
    found = program.submoduleKey(found, part);
  }
  return found;
}

function moduleName(program: Program, key: string): string {
  if (key.startsWith("lib:")) return key.slice(4);
  if (key.startsWith("dir:")) return key.slice(4).split("/").join(".");
  return program.origin(key)?.module ?? "";
}

function push(list: Meaning[], more: readonly Meaning[]): void {
  for (const m of more) if (!list.some((x) => sameMeaning(x, m))) list.push(m);
}

function sameMeaning(a: Meaning, b: Meaning): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function sameMeanings(a: readonly Meaning[], b: readonly Meaning[]): boolean {
  return a.length === b.length && a.every((m, i) => sameMeaning(m, b[i]!));
}
