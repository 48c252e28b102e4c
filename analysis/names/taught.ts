/**
 * What a project says about functions in its settings, by dotted name: its own ones, and those of libraries nobody has written a stub for.
 *
 * A name may be any by which the function can be imported; names are followed to where the function is written, so that a re-export and the module behind
 * it are the same. What nobody can follow (a library without a stub) counts as written. A name that ends in `.*` means every function and method below it,
 * but neither making instances nor reading properties: `acme.db.*` is said of work, not of everything that has a name.
 */
import { question } from "../base/memo.ts";
import type { ClassEntity } from "./outline.ts";
import { classEntity, dottedNameOfId, functionEntity, type Program } from "./program.ts";
import { type Meaning, meaningsOf } from "./resolve.ts";
import { NO_VERBS, type Verbs, type WorkKind } from "./verbs.ts";

/** What the settings say, unresolved. Names are dotted; `.*` may stand at the end. */
export interface Taught {
  readonly blocking: readonly { readonly name: string; readonly kind: WorkKind; readonly what: string }[];
  readonly offloads: readonly { readonly name: string; readonly parameter: string }[];
  /** Calls of these are never reported. */
  readonly ignored: readonly string[];
}

/** Something that is called: what a name that ends in `.*` means of it differs. */
export type Callee = "function" | "class" | "property";

/** A name that should be one of the project, and is none. */
export interface UnknownName {
  readonly setting: keyof Taught;
  readonly name: string;
  /** What is not there: the name, or the parameter it is said of. */
  readonly missing: "name" | "parameter";
  /** What may have been meant: the parameters there are; of a module everything below it. */
  readonly known: readonly string[];
}

export class TaughtNames {
  private readonly program: Program;
  private readonly taught: Taught;
  private readonly tables = question<Program, Table>(() => this.read(), sameTable);

  constructor(program: Program, taught: Taught) {
    this.program = program;
    this.taught = taught;
  }

  /** What the settings say about a dotted name; null where they say nothing. */
  verbsOf(name: string, callee: Callee): Verbs | null {
    const { exact, below } = this.table();
    const found = exact.get(name) ?? null;
    const last = name.slice(name.lastIndexOf(".") + 1);
    if (last.startsWith("__")) return found;
    return below.reduce<Verbs | null>((verbs, each) => {
      if (!name.startsWith(each.prefix)) return verbs;
      const said = callee === "function" ? each.verbs : { ...each.verbs, works: [] };
      return verbs === null ? said : joinVerbs(said, verbs);
    }, found);
  }

  /** `verbs` with what the settings say about the function or class `id`. */
  addTo(verbs: Verbs, id: string): Verbs {
    const said = this.verbsOf(dottedNameOfId(this.program, id), this.calleeOf(id));
    return said === null ? verbs : joinVerbs(verbs, said);
  }

  /** Whether something is said about what stands below a name, as methods stand below a class. */
  speaksBelow(name: string): boolean {
    const { exact } = this.table();
    for (const each of exact.keys()) if (each.startsWith(`${name}.`)) return true;
    return false;
  }

  /** Names that begin like a module of the project and lead nowhere. */
  unknownNames(): readonly UnknownName[] {
    const found: UnknownName[] = [];
    const look = (setting: keyof Taught, name: string): void => {
      const pattern = isPattern(name);
      if (follow(this.program, pattern ? name.slice(0, -2) : name, pattern) !== null) return;
      const isModule = !pattern && follow(this.program, name, true) !== null;
      found.push({ setting, name, missing: "name", known: isModule ? [`${name}.*`] : [] });
    };
    for (const { name } of this.taught.blocking) look("blocking", name);
    for (const name of this.taught.ignored) look("ignored", name);
    for (const { name, parameter } of this.taught.offloads) {
      look("offloads", name);
      const known = this.parametersOf(name);
      if (known !== null && !known.includes(parameter))
        found.push({ setting: "offloads", name: `${name}:${parameter}`, missing: "parameter", known });
    }
    return found;
  }

  /** Parameters of a function that is known; null for everything else. */
  private parametersOf(name: string): readonly string[] | null {
    const followed = isPattern(name) ? null : follow(this.program, name, false);
    const id = followed?.id ?? null;
    return id === null ? null : (functionEntity(this.program, id)?.parameters.map((p) => p.name) ?? null);
  }

  private calleeOf(id: string): Callee {
    if (classEntity(this.program, id)) return "class";
    const decorators = functionEntity(this.program, id)?.decorators ?? [];
    const isProperty = decorators.some((d) => {
      const name = d.kind === "name" ? d.id : d.kind === "attribute" ? d.name : "";
      return name.endsWith("property");
    });
    return isProperty ? "property" : "function";
  }

  private table(): Table {
    return this.program.memo.get(this.tables, "") ?? NOTHING;
  }

  private read(): Table {
    const exact = new Map<string, Verbs>();
    const below = new Map<string, Verbs>();
    const say = (name: string, said: Partial<Verbs>): void => {
      const pattern = isPattern(name);
      const plain = pattern ? name.slice(0, -2) : name;
      const table = pattern ? below : exact;
      // The name as written counts too: a file may be imported by more names than one.
      for (const each of new Set([plain, follow(this.program, plain, pattern)?.name ?? plain])) {
        const key = pattern ? `${each}.` : each;
        table.set(key, joinVerbs(table.get(key) ?? NO_VERBS, { ...NO_VERBS, ...said }));
      }
    };
    for (const { name, kind, what } of this.taught.blocking)
      say(name, { works: [{ kind, what, likely: false, unless: null, instead: null, see: null }] });
    for (const { name, parameter } of this.taught.offloads) say(name, { offloads: [parameter] });
    for (const name of this.taught.ignored) say(name, { harmless: true });
    return { exact, below: [...below].map(([prefix, verbs]) => ({ prefix, verbs })) };
  }
}

interface Table {
  readonly exact: ReadonlyMap<string, Verbs>;
  /** `prefix` ends in a dot. */
  readonly below: readonly { readonly prefix: string; readonly verbs: Verbs }[];
}

const NOTHING: Table = { exact: new Map(), below: [] };

function sameTable(a: Table, b: Table): boolean {
  return JSON.stringify([[...a.exact], a.below]) === JSON.stringify([[...b.exact], b.below]);
}

function isPattern(name: string): boolean {
  return name.endsWith(".*");
}

/** Both; what is said last decides what it waits for. */
export function joinVerbs(verbs: Verbs, said: Verbs): Verbs {
  const both: Verbs = {
    ...verbs,
    works: said.works.length > 0 ? said.works : verbs.works,
    offloads: [...new Set([...verbs.offloads, ...said.offloads])],
    harmless: verbs.harmless || said.harmless,
  };
  return both.harmless ? { ...both, works: [], opens: null, requestBody: null, weak: false, runsLoop: null } : both;
}

interface Followed {
  /** The name of what is meant, where it is written. */
  readonly name: string;
  readonly id: string | null;
}

/** What a dotted name leads to; itself where nobody can tell, null where it begins in a file of the project and leads nowhere. */
function follow(program: Program, name: string, moduleToo: boolean): Followed | null {
  const parts = name.split(".");
  const asWritten: Followed = { name, id: null };
  let length = parts.length;
  let key: string | null = null;
  for (; length > 0 && key === null; length--) key = program.moduleKey(parts.slice(0, length).join("."), "");
  if (key === null || key.startsWith("dir:")) return asWritten;
  const isProject = !key.startsWith("lib:");
  const rest = parts.slice(length + 1);
  const nowhere = isProject ? null : asWritten;
  if (rest.length === 0) return moduleToo ? { ...asWritten, name: moduleNameOf(program, key, name) } : nowhere;
  let meaning = meaningsOf(program, key, rest[0]!)[0];
  for (const [index, part] of rest.entries()) {
    if (meaning === undefined) return nowhere;
    const next = rest[index + 1];
    if (meaning.kind === "outside")
      return { name: [meaning.name ?? part, ...rest.slice(index + 1)].join("."), id: null };
    // What a variable holds is followed by calls, not by names.
    if (meaning.kind === "variable") return asWritten;
    if (next === undefined) return end(program, meaning, moduleToo) ?? nowhere;
    if (meaning.kind === "module") {
      if (meaning.key === null) return asWritten;
      meaning = meaningsOf(program, meaning.key, next)[0];
    } else if (meaning.kind === "class") {
      const entity: ClassEntity | undefined = classEntity(program, meaning.id);
      const member = entity?.members.get(next)?.find((b) => b.kind === "function" || b.kind === "class");
      if (member?.kind === "function" || member?.kind === "class") meaning = member;
      // Inherited: said of the method as this class has it.
      else if (entity && (entity.bases.length > 0 || entity.members.has(next)))
        return { name: [dottedNameOfId(program, entity.id), ...rest.slice(index + 1)].join("."), id: null };
      else return nowhere;
    } else return nowhere;
  }
  return nowhere;
}

function end(program: Program, meaning: Meaning, moduleToo: boolean): Followed | null {
  if (meaning.kind === "function" || meaning.kind === "class")
    return { name: dottedNameOfId(program, meaning.id), id: meaning.kind === "function" ? meaning.id : null };
  if (meaning.kind !== "module" || !moduleToo) return null;
  return { name: meaning.key === null ? meaning.name : moduleNameOf(program, meaning.key, meaning.name), id: null };
}

function moduleNameOf(program: Program, key: string, otherwise: string): string {
  return program.outline(key)?.origin.module || otherwise;
}
