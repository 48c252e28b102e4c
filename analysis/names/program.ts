/**
 * What everything above reads a program through: its declarations, its modules, what the stubs say, and the memory of what was worked out.
 *
 * Modules are named by keys: the path of a file of the project, `lib:a.b` for a module of a stub, `dir:a/b` for a folder of modules
 * without `__init__.py`. Every read is recorded by the memory, so that results know what they depend on.
 */
import type { Memo } from "../base/memo.ts";
import type { FunctionDef, Statement } from "../syntax/tree.ts";
import type { ClassEntity, ClassId, FunctionEntity, FunctionId, Origin, Outline } from "./outline.ts";
import type { TaughtNames } from "./taught.ts";
import type { Verbs } from "./verbs.ts";

export interface Program {
  readonly memo: Memo<Program>;
  /** What has been done since the program was made. Counts work in tests; no answer depends on it. */
  readonly effort: Effort;
  /** The module an identifier belongs to, and the identifier without the class it is looked at for. */
  home(id: string): Home;
  /** The declarations of a file or stub module; undefined where there is none. */
  outline(key: string): Outline | undefined;
  /** Where the declarations of a file or stub module are, without reading them. */
  origin(key: string): Origin | undefined;
  /** The text of a file; whoever reads it depends on all of it. */
  text(key: string): string | undefined;
  /** The module that an absolute import of `name` in the module `importer` means, or null. */
  moduleKey(name: string, importer: string): string | null;
  /** The module `name` inside the package `key`, or null. */
  submoduleKey(key: string, name: string): string | null;
  /** The code of a unit: a function, or a file's own top level. */
  unit(id: FunctionId): Unit | undefined;
  /** The units that give something called `name` to others as an argument. */
  handing(name: string): readonly FunctionId[];
  /** The classes of the project that have a member called `name`, sorted. */
  having(name: string): readonly ClassId[];
  /** What the stubs and the settings say about a function or class; of the project's own only the settings speak. */
  verbs(id: string): Verbs;
  /** What the settings say by name; null where they say nothing at all. */
  readonly taught: TaughtNames | null;
}

/** How often something dear was done. */
export interface Effort {
  /** Bodies of functions and modules whose types were worked out, once for each level. */
  bodies: number;
  /** Functions boiled down to what they do themselves and what runs within them. */
  summaries: number;
  /** Bodies that are being read now, one from within another. */
  nested: number;
}

/** Where an identifier belongs, worked out once for each. */
export interface Home {
  readonly key: string;
  readonly plain: string;
  /** The declarations of that module; undefined where there is none. */
  outline(): Outline | undefined;
}

/** Gives the homes of identifiers. `readerOf`: how the declarations of a module are read. */
export function homes(readerOf: (key: string) => () => Outline | undefined): (id: string) => Home {
  const known = new Map<string, Home>();
  const readers = new Map<string, () => Outline | undefined>();
  return (id) => {
    let home = known.get(id);
    if (!home) {
      const key = keyOfId(id);
      const outline = readers.get(key) ?? readerOf(key);
      readers.set(key, outline);
      home = { key, plain: plainId(id), outline };
      known.set(id, home);
    }
    return home;
  };
}

export interface Unit {
  readonly id: FunctionId;
  /** Null for a file's own top level. */
  readonly def: FunctionDef | null;
  readonly body: readonly Statement[];
  /** Of a file's own top level, see `Module`. */
  readonly shell: object | null;
}

/** The key of the module an identifier belongs to. */
export function keyOfId(id: string): string {
  const plain = plainId(id);
  return plain.slice(0, plain.lastIndexOf("#"));
}

/** Between the identifier of a method and that of the class of `self` it is looked at for. */
const FOR_CLASS = "\u0001";

/** A method as it runs on instances of `cls`, a class that inherits it and overrides what it calls. */
export function specialisedId(method: FunctionId, cls: ClassId): FunctionId {
  return `${plainId(method)}${FOR_CLASS}${cls}`;
}

/** The identifier without the class it is looked at for. */
export function plainId(id: FunctionId): FunctionId {
  const at = id.indexOf(FOR_CLASS);
  return at < 0 ? id : id.slice(0, at);
}

/** The class of `self` a method is looked at for, null for its own. */
export function selfClassOf(id: FunctionId): ClassId | null {
  const at = id.indexOf(FOR_CLASS);
  return at < 0 ? null : id.slice(at + 1);
}

export function functionEntity(program: Program, id: FunctionId): FunctionEntity | undefined {
  const home = program.home(id);
  return home.outline()?.functions.get(home.plain);
}

export function classEntity(program: Program, id: string): ClassEntity | undefined {
  return program.home(id).outline()?.classes.get(id);
}

/** `lib:requests#Session.get` is `requests.Session.get`; `app/rates.py#load` is `app.rates.load`. */
export function dottedNameOfId(program: Program, id: string): string {
  const { key, plain } = program.home(id);
  const qualified = plain.slice(key.length + 1);
  const module = key.startsWith("lib:") ? key.slice(4) : (program.origin(key)?.module ?? key);
  if (module === "builtins") return qualified;
  return module === "" ? qualified : `${module}.${qualified}`;
}
