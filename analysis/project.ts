/** The immutable snapshot of a project: its files, and what can be asked about them. */
import { createFileView } from "./file-view.ts";
import type { KnowledgeBase } from "./knowledge/index.ts";
import { type FileStates, Linker } from "./linker.ts";
import { dottedName, parentOf, rootOf } from "./names/modules.ts";
import { type Origin, outlineOf } from "./names/outline.ts";
import type { Taught, UnknownName } from "./names/taught.ts";
import { type Parser, readModule } from "./syntax/index.ts";
import type { FileView } from "./views.ts";

export interface ProjectOptions {
  readonly parser: Parser;
  readonly knowledge: KnowledgeBase;
  /** Folders whose files are imported by names that start there ("" is the project root, "src"), relative, forward slashes. */
  readonly roots: readonly string[];
  /** What the settings say about functions by name. */
  readonly taught?: Taught | null;
}

/** `text` null: the file is gone. `path` relative to the project root, forward slashes. */
export interface FileChange {
  readonly path: string;
  readonly text: string | null;
}

export class Project {
  private readonly options: ProjectOptions;
  private readonly linker: Linker;
  private readonly files: FileStates;
  /** Held weakly: whoever has been through a file need not keep everything that was asked about it. */
  private readonly views = new Map<string, WeakRef<FileView>>();

  static create(options: ProjectOptions): Project {
    return new Project(options, new Linker(options.knowledge, options.roots, options.taught ?? null), new Map());
  }

  private constructor(options: ProjectOptions, linker: Linker, files: FileStates) {
    this.options = options;
    this.linker = linker;
    this.files = files;
  }

  /** The next snapshot. Unchanged files and everything an edit does not reach are shared with this one. */
  update(changes: Iterable<FileChange>): Project {
    const files = new Map(this.files);
    const changed: [path: string, text: string][] = [];
    for (const { path, text } of changes) {
      if (text === null) files.delete(path);
      else if (files.get(path)?.text !== text) changed.push([path, text]);
    }
    const paths = new Set([...files.keys(), ...changed.map(([path]) => path)]);
    const isPackage = (folder: string): boolean => paths.has(`${folder}/__init__.py`);
    for (const [path, text] of changed) {
      const tree = readModule(this.options.parser, text, this.files.get(path)?.tree ?? null);
      files.set(path, { path, text, tree, outline: outlineOf(tree, this.originOf(path, isPackage)) });
    }
    // A package that appeared or went may change what the modules below are called.
    if (packagesDiffer(this.files, files))
      for (const [path, state] of files) {
        const origin = this.originOf(path, isPackage);
        if (origin.module !== state.outline.origin.module)
          files.set(path, { ...state, outline: outlineOf(state.tree, origin) });
      }
    return new Project(this.options, this.linker, files);
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
    const view = createFileView(
      state,
      this.linker,
      () => this.linker.activate(this.files),
      this.files,
      (other) => this.file(other),
    );
    this.views.set(path, new WeakRef(view));
    return view;
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
