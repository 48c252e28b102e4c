/**
 * What other files may depend on in one file, as short values: enough to tell what an edit changed, and to find the file by name, without its tree.
 *
 * A pure function of the file's outline and text. It is what is remembered of a file between two runs.
 */
import { Hasher, hashText } from "../base/hash.ts";
import { headerEnd, spanOfStatement } from "../syntax/places.ts";
import type { FunctionDef, Module } from "../syntax/tree.ts";
import { type ClassId, type FunctionId, importedLibraries, moduleFunctionId, type Outline } from "./outline.ts";

export interface Digest {
  /** Dotted name of the module. */
  readonly module: string;
  readonly signature: string;
  /** The code of each unit, the module's own top level included, by hash. */
  readonly units: ReadonlyMap<FunctionId, string>;
  /** By name, the units that give something so called to somebody. */
  readonly given: ReadonlyMap<string, readonly FunctionId[]>;
  /** By name, the units that call something so called. */
  readonly called: ReadonlyMap<string, readonly FunctionId[]>;
  /** By name, the classes with a member so called. */
  readonly members: ReadonlyMap<string, readonly ClassId[]>;
  /** Top-level names of what is imported absolutely. */
  readonly libraries: ReadonlySet<string>;
}

export function digestOf(outline: Outline, tree: Module, text: string): Digest {
  const units = unitHashes(outline);
  const bodies = [...units.keys()].map((id) => outline.functions.get(id)!.def);
  units.set(moduleFunctionId(outline.origin.key), topLevelHash(tree, bodies, text));
  return {
    module: outline.origin.module,
    signature: outline.signature,
    units,
    given: outline.given,
    called: outline.called,
    members: membersOf(outline),
    libraries: importedLibraries(outline),
  };
}

/** That of a file in which the body of a function was edited, and nothing outside of functions; `before`: what it was. */
export function digestAfter(before: Digest, outline: Outline): Digest {
  const { signature, given, called } = outline;
  const top = moduleFunctionId(outline.origin.key);
  return { ...before, signature, given, called, units: unitHashes(outline).set(top, before.units.get(top)!) };
}

function unitHashes({ functions }: Outline): Map<FunctionId, string> {
  const units = new Map<FunctionId, string>();
  for (const [id, { unit, def }] of functions) if (unit === id) units.set(id, def.hash);
  return units;
}

/** Of each name, the classes that have a member so called. */
export function membersOf(outline: Outline): ReadonlyMap<string, readonly ClassId[]> {
  const found = new Map<string, ClassId[]>();
  for (const cls of outline.classes.values())
    for (const name of cls.members.keys()) {
      const having = found.get(name);
      if (having) having.push(cls.id);
      else found.set(name, [cls.id]);
    }
  return found;
}

/** The statements outside of units, as written; where they stand does not matter. */
function topLevelHash(tree: Module, units: readonly FunctionDef[], text: string): string {
  const hash = new Hasher();
  const bodies = units
    .map((def) => ({ start: def.unitStart + headerEnd(def), end: def.unitStart + def.end }))
    .sort((a, b) => a.start - b.start);
  let next = 0;
  for (const statement of tree.body) {
    const { start, end } = spanOfStatement(tree, statement);
    let from = start;
    while (next < bodies.length && bodies[next]!.start < end) {
      const body = bodies[next++]!;
      if (body.start < from) continue;
      hash.text(hashText(text, from, body.start));
      from = body.end;
    }
    hash.text(hashText(text, from, end));
  }
  return hash.digest();
}

/** Names of what differs between two states of a file, as dependencies name them: `kind:id`. Null: the file is not there. */
export function* differences(path: string, before: Digest | null, after: Digest | null): Generator<string> {
  yield `text:${path}`;
  if (before?.signature !== after?.signature || before?.module !== after?.module) yield `outline:${path}`;
  yield* changedKeys("code", before?.units, after?.units, Object.is);
  yield* changedKeys("given", before?.given, after?.given, sameIds);
  yield* changedKeys("called", before?.called, after?.called, sameIds);
  // What a class of that name is like is part of the signature.
  const members = before?.signature === after?.signature ? sameIds : () => false;
  yield* changedKeys("having", before?.members, after?.members, members);
  for (const library of new Set([...(before?.libraries ?? []), ...(after?.libraries ?? [])]))
    if (before?.libraries.has(library) !== after?.libraries.has(library)) yield `imports:${library}`;
}

function* changedKeys<T>(
  kind: string,
  before: ReadonlyMap<string, T> | undefined,
  after: ReadonlyMap<string, T> | undefined,
  same: (a: T, b: T) => boolean,
): Generator<string> {
  for (const key of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
    const a = before?.get(key);
    const b = after?.get(key);
    if (a === undefined || b === undefined || !same(a, b)) yield `${kind}:${key}`;
  }
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

/**
 * Names of modules whose meaning may change where a file comes or goes, `module:name`: its own, those of folders that come or go with it, and, for the
 * file that makes a folder a package, of everything in the folder. `without`: the paths on the side that does not have it.
 */
export function* modulesTouched(path: string, without: readonly string[]): Generator<string> {
  const parts = path.replace(/\.pyi?$/, "").split("/");
  const name = parts.pop()!;
  yield `module:${name}`;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  if (name === "__init__")
    for (const other of [path, ...without])
      if (other.startsWith(folder))
        yield `module:${other
          .slice(folder.length)
          .split("/", 1)[0]!
          .replace(/\.pyi?$/, "")}`;
  for (; parts.length > 0; parts.pop()) {
    const above = `${parts.join("/")}/`;
    // The file that makes it a package changes what the folder's own name means.
    if (above !== folder || name !== "__init__") if (without.some((other) => other.startsWith(above))) return;
    yield `module:${parts.at(-1)}`;
  }
}
