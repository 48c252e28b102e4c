/**
 * The program as the layers below read it, and the memory that outlives snapshots.
 *
 * Snapshots share one linker. Before a snapshot is asked anything, the linker is brought to that snapshot's files; whatever they have in
 * common with the snapshot it stood at is still known.
 */
import { Memo, question } from "./base/memo.ts";
import { Blocking } from "./facts/blocking.ts";
import { Serving } from "./facts/serving.ts";
import type { KnowledgeBase } from "./knowledge/index.ts";
import { type ModuleMap, moduleMap, parentOf } from "./names/modules.ts";
import {
  type ClassEntity,
  type FunctionId,
  importedLibraries,
  moduleFunctionId,
  type Outline,
} from "./names/outline.ts";
import { type Home, keyOfId, type Program, plainId, type Unit } from "./names/program.ts";
import { type Taught, TaughtNames } from "./names/taught.ts";
import type { Module } from "./syntax/tree.ts";

/** One file of a snapshot. */
export interface FileState {
  readonly path: string;
  readonly text: string;
  readonly tree: Module;
  readonly outline: Outline;
}

export type FileStates = ReadonlyMap<string, FileState>;

export class Linker {
  readonly program: Program;
  readonly knowledge: KnowledgeBase;
  private readonly roots: readonly string[];
  private readonly memo = new Memo<Program>(() => this.program);
  private files: FileStates = new Map();
  private blockingFacts: Blocking | null = null;
  private servingFacts: Serving | null = null;
  private readonly nesting = new WeakMap<FileState, boolean>();
  /** Classes by the names of their members and by file. */
  private readonly members = new Map<string, Map<string, ClassEntity[]>>();
  /** Units of the current files, by the name of what they give as an argument and by file. */
  private readonly given = new Map<string, Map<string, readonly FunctionId[]>>();
  /** Names that were asked for: only for these a change is told, by a number that grows. */
  private readonly askedGiven = new Set<string>();
  private givenChanges = 0;

  constructor(knowledge: KnowledgeBase, roots: readonly string[], taught: Taught | null) {
    this.knowledge = knowledge;
    this.roots = roots;
    this.program = this.createProgram(taught);
    this.setModules(new Set());
  }

  /** How many values were computed so far. */
  get computed(): number {
    return this.memo.computed;
  }

  /** What functions wait for in the current files. */
  get blocking(): Blocking {
    this.blockingFacts ??= new Blocking(this.program);
    return this.blockingFacts;
  }

  /** What runs for each request in the current files. */
  get serving(): Serving {
    const outlines = [...this.files.values()].map(({ outline }) => outline);
    this.servingFacts ??= new Serving(this.program, {
      outlines,
      unitsOf: (o) => [...unitsOf(o), moduleFunctionId(o.origin.key)],
    });
    return this.servingFacts;
  }

  /** A schema library the project has: one that a file imports, or, where a framework fills parameters from schemas, the first known. */
  schemaFor(framework: boolean): { readonly base: string; readonly check: string } | null {
    const { schemas } = this.knowledge;
    if (framework) return schemas[0] ?? null;
    return schemas.find(({ base }) => this.imports(base.split(".", 1)[0]!)) ?? null;
  }

  /** Whether a file of the project mentions a library that makes loops inside of loops possible. */
  get nestsLoops(): boolean {
    const libraries = this.knowledge.loopNesters.map((name) => name.split(".", 1)[0]!);
    for (const file of this.files.values()) {
      let mentions = this.nesting.get(file);
      if (mentions === undefined) {
        mentions = libraries.some((library) => file.text.includes(library));
        this.nesting.set(file, mentions);
      }
      if (mentions) return true;
    }
    return false;
  }

  /** The classes of the current files that have a member of that name. */
  classesHaving(name: string): readonly ClassEntity[] {
    const having = this.members.get(name);
    return having ? [...having.values()].flat() : [];
  }

  /** Whether a file of the project imports `library`, or a library whose stub says it comes with it. */
  private imports(library: string): boolean {
    const seen = new Set<string>();
    for (const { outline } of this.files.values())
      for (const name of importedLibraries(outline)) {
        if (name === library) return true;
        if (seen.has(name)) continue;
        seen.add(name);
        const stub = this.knowledge.libraryOf(name) !== null ? this.knowledge.outline(`lib:${name}`) : undefined;
        if (stub && importedLibraries(stub).has(library)) return true;
      }
    return false;
  }

  /** Makes `files` the current ones. */
  activate(files: FileStates): void {
    if (files === this.files) return;
    const before = this.files;
    this.files = files;
    this.blockingFacts = null;
    this.servingFacts = null;
    let samePaths = before.size === files.size;
    for (const [path, state] of files) {
      const old = before.get(path);
      if (!old) samePaths = false;
      if (old !== state) this.setFile(state, old);
    }
    for (const [path, old] of before) {
      if (files.has(path)) continue;
      samePaths = false;
      this.memo.unset("outline", path);
      this.setGiven(path, old.outline, undefined);
      this.setMembers(path, old.outline, undefined);
      for (const id of unitsOf(old.outline)) this.memo.unset("code", id);
    }
    if (!samePaths) this.setModules(new Set(files.keys()));
  }

  /** Enters the members of a file's classes into the index, instead of those it had before. */
  private setMembers(path: string, before: Outline | undefined, after: Outline | undefined): void {
    if (before?.signature === after?.signature) return;
    for (const cls of before?.classes.values() ?? [])
      for (const name of cls.members.keys()) this.members.get(name)?.delete(path);
    for (const cls of after?.classes.values() ?? [])
      for (const name of cls.members.keys()) {
        let having = this.members.get(name);
        if (!having) {
          having = new Map();
          this.members.set(name, having);
        }
        const here = having.get(path);
        if (here) here.push(cls);
        else having.set(path, [cls]);
      }
  }

  /** Enters what a file gives by name into the index, instead of what it gave before. */
  private setGiven(path: string, before: Outline | undefined, after: Outline | undefined): void {
    const names = new Set([...(before?.given.keys() ?? []), ...(after?.given.keys() ?? [])]);
    for (const name of names) {
      const units = after?.given.get(name);
      if (sameList(before?.given.get(name) ?? [], units ?? [])) continue;
      const byFile = this.given.get(name);
      if (!units) byFile?.delete(path);
      else if (byFile) byFile.set(path, units);
      else this.given.set(name, new Map([[path, units]]));
      if (this.askedGiven.has(name)) this.memo.set("given", name, ++this.givenChanges);
    }
  }

  private setFile(state: FileState, old: FileState | undefined): void {
    const { outline, tree } = state;
    this.setGiven(state.path, old?.outline, outline);
    this.setMembers(state.path, old?.outline, outline);
    this.memo.set<Outline | undefined>("outline", state.path, outline, (a, b) => a?.signature === b?.signature);
    for (const id of unitsOf(outline)) {
      const def = outline.functions.get(id)!.def;
      const unit: Unit = { id, def, body: def.body };
      this.memo.set<Unit | undefined>(
        "code",
        id,
        unit,
        (a, b) => a?.def?.body === b?.def?.body && a?.def?.hash === b?.def?.hash,
      );
    }
    const top = moduleFunctionId(state.path);
    this.memo.set<Unit | undefined>("code", top, { id: top, def: null, body: tree.body });
    if (!old) return;
    for (const id of unitsOf(old.outline)) if (!outline.functions.has(id)) this.memo.unset("code", id);
  }

  private setModules(paths: ReadonlySet<string>): void {
    this.memo.set(
      "modules",
      "",
      moduleMap(paths, this.roots, (name) => this.knowledge.libraryOf(name)),
    );
  }

  private createProgram(taught: Taught | null): Program {
    const { memo, knowledge } = this;
    const homes = new Map<string, Home>();
    let names: TaughtNames | null = null;
    const given = question((_: Program, name): readonly FunctionId[] => {
      this.askedGiven.add(name);
      memo.input("given", name);
      return [...(this.given.get(name)?.values() ?? [])].flat().sort();
    }, sameList);
    const modules = (): ModuleMap => memo.input<ModuleMap>("modules", "")!;
    const program: Program = {
      memo,
      home(id) {
        let home = homes.get(id);
        if (!home) {
          home = { key: keyOfId(id), plain: plainId(id) };
          homes.set(id, home);
        }
        return home;
      },
      outline: (key) => (key.startsWith("lib:") ? knowledge.outline(key) : memo.input<Outline>("outline", key)),
      unit: (id) => memo.input<Unit>("code", id),
      verbs: (id) => names?.addTo(knowledge.verbs(id), id) ?? knowledge.verbs(id),
      get taught() {
        return names;
      },
      handing: (name) => memo.get(given, name) ?? [],
      moduleKey(name, importer) {
        if (importer.startsWith("lib:")) return knowledge.moduleKey(name);
        const own = modules().find(name, importer);
        if (own !== undefined) return own;
        const known = knowledge.moduleKey(name);
        if (known !== null) return known;
        const folder = modules().namespace(name, importer);
        return folder === undefined ? null : `dir:${folder}`;
      },
      submoduleKey(key, name) {
        if (key.startsWith("lib:")) return knowledge.moduleKey(`${key.slice(4)}.${name}`);
        const folder = folderOf(key);
        const found = folder === null ? null : modules().inside(folder, name);
        if (found !== null) return "file" in found ? found.file : `dir:${found.folder}`;
        // A part of the package that is not in the repository: an extension that is compiled, say.
        const pkg = folder === null ? undefined : memo.input<Outline>("outline", key)?.origin.module;
        return pkg !== undefined && knowledge.isInHouse(`${pkg}.${name}`) ? `lib:${pkg}.${name}` : null;
      },
    };
    const speaks = taught !== null && Object.values(taught).some((each) => each.length > 0);
    if (speaks) names = new TaughtNames(program, taught);
    return program;
  }
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

/** Functions of a file that are units. */
export function unitsOf(outline: Outline): string[] {
  const found: string[] = [];
  for (const [id, entity] of outline.functions) if (entity.unit === id) found.push(id);
  return found;
}

/** The folder a package's modules stand in; null for a plain module. */
function folderOf(key: string): string | null {
  if (key.startsWith("dir:")) return key.slice(4);
  return /(^|\/)__init__\.pyi?$/.test(key) ? parentOf(key) : null;
}
