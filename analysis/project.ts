/** The immutable snapshot of a project: its files, and what can be asked about them. */
import { Dependencies, type FileMemory, fileMemory, type ProjectMemory, rememberedFile } from "./dependencies.ts";
import { FileState, type FileStates, type RememberedFile } from "./file-state.ts";
import { createFileView } from "./file-view.ts";
import type { KnowledgeBase } from "./knowledge/index.ts";
import { Linker } from "./linker.ts";
import { dottedName, parentOf, rootOf } from "./names/modules.ts";
import type { Origin } from "./names/outline.ts";
import type { Effort } from "./names/program.ts";
import type { Taught, UnknownName } from "./names/taught.ts";
import { type Parser, VersionReader } from "./syntax/index.ts";
import type { FileView } from "./views.ts";

export interface ProjectOptions {
  readonly parser: Parser;
  readonly knowledge: KnowledgeBase;
  /** Folders whose files are imported by names that start there ("" is the project root, "src"), relative, forward slashes. */
  readonly roots: readonly string[];
  /** What the settings say about functions by name. */
  readonly taught?: Taught | null;
  /** Whether files will be edited: what is asked then costs a little more at first and much less afterwards. */
  readonly live?: boolean;
  /** What an earlier run left (null: nothing), where this one is to leave something too. */
  readonly memory?: ProjectMemory | null;
  /** Files are read when somebody asks, and not when they come: for those who `supply` what others have worked out. */
  readonly late?: boolean;
}

/** `text` null: the file is gone. `path` relative to the project root, forward slashes. */
export interface FileChange {
  readonly path: string;
  readonly text: string | null;
  /** Somebody is typing: where that has left no Python, what is written there may be read as what it was before. */
  readonly typed?: boolean;
}

export class Project {
  private readonly options: ProjectOptions;
  private readonly linker: Linker;
  private readonly files: FileStates;
  private readonly dependencies: Dependencies | null;
  private readonly reader: VersionReader;
  /** Held weakly: whoever has been through a file need not keep everything that was asked about it. */
  private readonly views = new Map<string, WeakRef<FileView>>();

  static create(options: ProjectOptions): Project {
    const { knowledge, roots, taught, memory, live } = options;
    const dependencies = memory === undefined ? null : new Dependencies(memory, roots);
    const recall = dependencies?.recall.bind(dependencies) ?? null;
    const linker = new Linker(knowledge, roots, taught ?? null, recall, live);
    return new Project(options, linker, new Map(), dependencies, new VersionReader(options.parser));
  }

  /** A project without files in the same surroundings, that takes up what an earlier run left (null: nothing) and remembers, too. */
  emptied(memory: ProjectMemory | null): Project {
    return Project.create({ ...this.options, memory });
  }

  private constructor(
    options: ProjectOptions,
    linker: Linker,
    files: FileStates,
    dependencies: Dependencies | null,
    reader: VersionReader,
  ) {
    this.reader = reader;
    this.options = options;
    this.dependencies = dependencies;
    this.linker = linker;
    this.files = files;
  }

  /** The next snapshot. Unchanged files and everything an edit does not reach are shared with this one. */
  update(changes: Iterable<FileChange>): Project {
    const files = new Map(this.files);
    const changed: [path: string, text: string, typed: boolean][] = [];
    for (const { path, text, typed } of changes) {
      if (text === null) files.delete(path);
      else if (files.get(path)?.text !== text) changed.push([path, text, typed ?? false]);
    }
    if (files.size === this.files.size && changed.every(([path]) => files.has(path))) {
      // No file has come or gone, so all are called what they were.
      for (const [path, text, typed] of changed) {
        const before = files.get(path)!;
        files.set(path, before.edited(before.origin, text, this.reader, typed));
      }
      return new Project(this.options, this.linker, files, this.dependencies, this.reader);
    }
    const paths = new Set([...files.keys(), ...changed.map(([path]) => path)]);
    const isPackage = (folder: string): boolean => paths.has(`${folder}/__init__.py`);
    for (const [path, text, typed] of changed) {
      const before = this.files.get(path);
      const origin = this.originOf(path, isPackage);
      files.set(path, before ? before.edited(origin, text, this.reader, typed) : this.newFile(origin, text));
    }
    // A package that appeared or went may change what the modules below are called.
    if (packagesDiffer(this.files, files))
      for (const [path, state] of files) {
        const origin = this.originOf(path, isPackage);
        if (origin.module !== state.origin.module) files.set(path, state.renamed(origin, this.remembered(path)));
      }
    return new Project(this.options, this.linker, files, this.dependencies, this.reader);
  }

  /** Paths of all files, sorted. */
  paths(): readonly string[] {
    return [...this.files.keys()].sort();
  }

  file(path: string): FileView | undefined {
    const state = this.files.get(path);
    if (!state) return undefined;
    const known = this.views.get(path)?.deref();
    if (known) return known;
    const activate = (): void => this.linker.activate(this.files);
    const view = createFileView(state, this.linker, activate, (other) => this.file(other));
    this.views.set(path, new WeakRef(view));
    return view;
  }

  /** Runs the check of a unit, and remembers what it depends on where something is to be remembered. The check must not leave anything for later. */
  traced<T>(unit: string, check: () => T): T {
    if (!this.dependencies) return check();
    this.linker.activate(this.files);
    const { value, reads } = this.linker.traced(() => {
      this.linker.program.unit(unit);
      return check();
    });
    this.dependencies.note(unit, reads);
    return value;
  }

  /** Whether the check of a unit in an earlier run would say the same now. */
  holds(unit: string): boolean {
    this.linker.activate(this.files);
    return this.dependencies?.holds(unit) ?? false;
  }

  /** The files that are what they were in an earlier run, and whose check would say the same now. */
  unaffected(): ReadonlySet<string> {
    this.linker.activate(this.files);
    return this.dependencies?.unaffected(this.files) ?? new Set();
  }

  /** What the next run may know from this one: of units that were checked under `traced`, and of those for which what was known still holds. */
  memory(): ProjectMemory | null {
    this.linker.activate(this.files);
    return this.dependencies?.memory(this.files, this.options.roots, this.linker) ?? null;
  }

  /** What others may depend on in these files, for `supply` in another thread. */
  digests(paths: Iterable<string>): readonly FileMemory[] {
    return [...paths].flatMap((path) => {
      const state = this.files.get(path);
      return state ? [fileMemory(path, state.hash, state.digest)] : [];
    });
  }

  /** Takes what `digests` gave of the same files elsewhere: they are read only where more is needed. To be called before anything is asked. */
  supply(digests: readonly FileMemory[]): void {
    for (const file of digests) this.files.get(file[0])?.remember(rememberedFile(file));
  }

  /** Names in the settings that should be of this project, and are not in it. */
  unknownNames(): readonly UnknownName[] {
    this.linker.activate(this.files);
    return this.linker.program.taught?.unknownNames() ?? [];
  }

  /** Dotted names of all functions, methods and classes of the project. */
  dottedNames(): readonly string[] {
    return [...this.files.values()].flatMap(({ outline }) =>
      [...outline.functions.values(), ...outline.classes.values()]
        .map(({ qualifiedName }) => `${outline.origin.module}.${qualifiedName}`)
        .filter((name) => !/[<@]/.test(name)),
    );
  }

  /** How many values were worked out since the first snapshot. For tests of what an edit costs. */
  get computed(): number {
    return this.linker.computed;
  }

  /** How many bodies were read for their types and how many functions summed up since the first snapshot. For tests, too. */
  get effort(): Readonly<Effort> {
    return this.linker.effort;
  }

  /** The state of a file that was not there. It is read at once where nothing is remembered of it: a failure belongs to the file, not to who needs it. */
  private newFile(origin: Origin, text: string): FileState {
    const state = new FileState(this.options.parser, origin, text, this.remembered(origin.key));
    if (state.isRemembered || this.options.late) return state;
    if (this.options.live && !this.linker.hasRoomFor(text)) state.forgetAllButDigest();
    else void state.outline;
    return state;
  }

  private remembered(path: string): RememberedFile | null {
    return this.dependencies?.file(path) ?? null;
  }

  private originOf(path: string, hasInit: (folder: string) => boolean): Origin {
    const root = rootOf(path, this.options.roots, hasInit);
    const module = dottedName(path, root);
    const isPackage = /(^|\/)__init__\.py$/.test(path);
    return { key: path, module, package: isPackage ? module : dottedName(parentOf(path), root), isStub: false };
  }
}

function packagesDiffer(before: FileStates, after: FileStates): boolean {
  const packages = (files: FileStates): string =>
    [...files.keys()]
      .filter((path) => path.endsWith("__init__.py"))
      .sort()
      .join("\n");
  return packages(before) !== packages(after);
}
