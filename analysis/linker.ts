/**
 * The program as the layers below read it, and the memory that outlives snapshots.
 *
 * Snapshots share one linker. Before a snapshot is asked anything, the linker is brought to that snapshot's files; whatever they have in
 * common with the snapshot it stood at is still known.
 */
import { type KeptAnswers, Memo, question, type Read, type Recall, type Trace } from "./base/memo.ts";
import { Blocking } from "./facts/blocking.ts";
import { type ServedWay, servedWay } from "./facts/serving.ts";
import type { FileState, FileStates } from "./file-state.ts";
import type { KnowledgeBase } from "./knowledge/index.ts";
import { LiveOutlines } from "./live-outlines.ts";
import { type ModuleMap, moduleMap, parentOf } from "./names/modules.ts";
import {
  type ClassEntity,
  type ClassId,
  type FunctionId,
  importedLibraries,
  moduleFunctionId,
  type Outline,
} from "./names/outline.ts";
import { type Effort, homes, keyOfId, type Program, type Unit } from "./names/program.ts";
import { type Taught, TaughtNames } from "./names/taught.ts";
import { Words } from "./words.ts";

/** Answers of an earlier run that hold for some files. */
export type RecallOf = (files: FileStates, memo: KeptAnswers) => Recall | null;

export class Linker {
  readonly program: Program;
  readonly knowledge: KnowledgeBase;
  private readonly roots: readonly string[];
  private readonly recall: RecallOf | null;
  private readonly live: boolean;
  private readonly memo = new Memo<Program>(() => this.program);
  private files: FileStates = new Map();
  private blockingFacts: Blocking | null = null;
  /** Which of the current files hold a word. */
  private readonly words = new Words();
  /** What was worked out once for the current files. */
  private answers = new Map<string, { readonly value: unknown; readonly reads: Trace }>();
  /** Files of which nothing but the digest is known yet. */
  private readonly unread = new Set<string>();
  /** Classes by the names of their members and by file. */
  private readonly members = new Map<string, Map<string, readonly ClassId[]>>();
  /** Units of the current files, by the name of what they give as an argument and by file. */
  private readonly given = new Map<string, Map<string, readonly FunctionId[]>>();
  /** Units of the current files, by the name of what they call and by file. */
  private readonly called = new Map<string, Map<string, readonly FunctionId[]>>();
  /** Names that were asked for: only for these a change is told, by a number that grows. */
  private readonly askedGiven = new Set<string>();
  private givenChanges = 0;
  /** The same for the names of members. */
  private readonly askedHaving = new Set<string>();
  private havingChanges = 0;
  private room = KEPT_CHARACTERS;

  /**
   * `recall`: where traces of work must be complete, for use beyond this run, what gives the answers of an earlier one. `live`: whether edits are to come, so that it pays to remember
   * which of a file's declarations were read.
   */
  constructor(
    knowledge: KnowledgeBase,
    roots: readonly string[],
    taught: Taught | null,
    recall: RecallOf | null = null,
    live = false,
  ) {
    this.recall = recall;
    this.live = live;
    this.knowledge = knowledge;
    this.roots = roots;
    this.program = this.createProgram(taught);
    this.setModules(new Set());
  }

  /** How many values were computed so far. */
  get computed(): number {
    return this.memo.computed;
  }

  get effort(): Readonly<Effort> {
    return this.program.effort;
  }

  /** What functions wait for in the current files. */
  get blocking(): Blocking {
    this.blockingFacts ??= new Blocking(this.program);
    this.blockingFacts.settle();
    return this.blockingFacts;
  }

  /** The units that call something by a name, sorted. */
  calling(name: string): readonly FunctionId[] {
    this.depend("called", name);
    return [...(this.called.get(name)?.values() ?? [])].flat().sort();
  }

  /** The way from a handler to a function, see `facts/serving.ts`. */
  servedWay(id: FunctionId, fresh: boolean): ServedWay | null {
    const ask = fresh ? "the way served anew" : "the way served";
    return this.once(ask, id, () => servedWay(this, id, fresh));
  }

  /** Whether a file of the project mentions a library that makes loops inside of loops possible. */
  get nestsLoops(): boolean {
    return this.knowledge.loopNesters.some((name) => this.mentioning(name.split(".", 1)[0]!).length > 0);
  }

  /** The current files whose text holds `word`. Whoever reads more of them than which they are has to say so by `textOf` or `outlineOf`. */
  mentioning(word: string): readonly FileState[] {
    this.depend("word", word);
    return this.words.holding(word, this.files).map((path) => this.files.get(path)!);
  }

  /** The classes of the current files that have a member of that name. */
  classesHaving(name: string): readonly ClassEntity[] {
    this.askedHaving.add(name);
    this.depend("having", name);
    const having = [...(this.members.get(name)?.values() ?? [])].flat();
    return having.flatMap((id) => this.files.get(keyOfId(id))?.outline.classes.get(id) ?? []);
  }

  /** Whether a file of the project imports `library` by name. */
  importsItself(library: string): boolean {
    this.depend("imports", library);
    for (const { digest } of this.files.values()) if (digest.libraries.has(library)) return true;
    return false;
  }

  /** Whether a file of the project imports `library`, or a library whose stub says it comes with it. */
  imports(library: string): boolean {
    this.depend("imports", "");
    const seen = new Set<string>();
    for (const { digest } of this.files.values())
      for (const name of digest.libraries) {
        if (name === library) return true;
        if (seen.has(name)) continue;
        seen.add(name);
        const stub = this.knowledge.libraryOf(name) !== null ? this.knowledge.outline(`lib:${name}`) : undefined;
        if (stub && importedLibraries(stub).has(library)) return true;
      }
    return false;
  }

  /** The state of a current file, all of it: its text and where things stand in it. */
  textOf(path: string): FileState | undefined {
    this.depend("text", path);
    return this.files.get(path);
  }

  /** Works an answer about `id` out once for the current files. Whoever asks depends on the same as the first who asked. */
  once<T>(question: string, id: string, compute: () => T): T {
    const key = `${question}\n${id}`;
    let known = this.answers.get(key) as { readonly value: T; readonly reads: Trace } | undefined;
    if (!known) {
      known = this.memo.traced(compute);
      this.answers.set(key, known);
    }
    this.memo.depend(known.reads);
    return known.value;
  }

  /** Runs a piece of work on the current files, and gives with its result what it depends on. */
  traced<T>(work: () => T): { readonly value: T; readonly reads: Trace } {
    return this.memo.traced(work);
  }

  /** What is known of a question that is kept, see `Memo.peek`. */
  peek(kept: string, id: string, name: string): Read | null {
    return this.memo.peek(kept, id, name);
  }

  /** What `work` about `id` gave for that asker when it was last run, where nothing it read has changed since; otherwise it is run. */
  keep<T>(asker: object, id: string, work: () => T): T {
    this.blockingFacts?.settle();
    return this.memo.keep(asker, id, work);
  }

  /** Tells the work under way from other work: what one has read into a variable the other has not read. */
  get reading(): number {
    return this.memo.reading;
  }

  /** Whether the tree of one more text may be kept though nobody has asked for it yet. */
  hasRoomFor(text: string): boolean {
    this.room -= text.length;
    return this.room >= 0;
  }

  /** Records that what is worked out now depends on everything a file declares. */
  readDeclarations(path: string): void {
    this.memo.input("outline", path);
  }

  /** Records that what is worked out now depends on something about the project as a whole. */
  private depend(kind: string, id: string): void {
    if (this.memo.reading !== 0) this.memo.input(kind, id);
  }

  /** Makes `files` the current ones. */
  activate(files: FileStates): void {
    if (files === this.files) return;
    const before = this.files;
    this.files = files;
    this.answers = new Map();
    let samePaths = before.size === files.size;
    for (const [path, state] of files) {
      const old = before.get(path);
      if (!old) samePaths = false;
      if (old === state) continue;
      this.setFile(state, old);
      this.touchText(old, state);
    }
    for (const [path, old] of before) {
      if (files.has(path)) continue;
      samePaths = false;
      this.memo.unset("outline", path);
      this.memo.unset("there", path);
      this.setGiven(path, old, undefined);
      this.setIndexes(path, old, undefined);
      this.touchText(old, undefined);
      if (!this.unread.delete(path)) for (const id of unitsOf(old.outline)) this.removeUnit(id);
    }
    if (!samePaths) this.setModules(new Set(files.keys()));
    if (this.recall) {
      this.memo.recollect(this.recall(files, this.memo));
      this.blockingFacts = new Blocking(this.program);
    }
    this.memo.settle(samePaths ? SETTLED : 0);
  }

  /** Tells those who depend on the text of a file, on whether it holds a word, or on the libraries it imports. */
  private touchText(before: FileState | undefined, after: FileState | undefined): void {
    const { memo } = this;
    const { path } = (after ?? before)!;
    memo.touch("text", path);
    for (const word of this.words.edit(path, before?.text, after?.text)) memo.touch("word", word);
    const had = before?.digest.libraries ?? new Set();
    const has = after?.digest.libraries ?? new Set();
    const differing = [...new Set([...had, ...has])].filter((name) => had.has(name) !== has.has(name));
    for (const name of differing) memo.touch("imports", name);
    if (differing.length > 0) memo.touch("imports", "");
  }

  /** Enters the members of a file's classes and the names it calls into their indexes, instead of those it had before. */
  private setIndexes(path: string, before: FileState | undefined, after: FileState | undefined): void {
    reindex(this.called, path, before?.digest.called, after?.digest.called, (name) => this.memo.touch("called", name));
    if (before?.digest.signature === after?.digest.signature) return;
    const had = before?.digest.members;
    const has = after?.digest.members;
    reindex(this.members, path, had, has, () => {});
    for (const name of new Set([...(had?.keys() ?? []), ...(has?.keys() ?? [])]))
      if (this.askedHaving.has(name)) this.memo.set("having", name, ++this.havingChanges);
  }

  /** Enters what a file gives by name into the index, instead of what it gave before. */
  private setGiven(path: string, before: FileState | undefined, after: FileState | undefined): void {
    const old = before?.digest.given;
    const given = after?.digest.given;
    if (old === given) return;
    for (const name of new Set([...(old?.keys() ?? []), ...(given?.keys() ?? [])])) {
      const units = given?.get(name);
      if (sameList(old?.get(name) ?? [], units ?? [])) continue;
      const byFile = this.given.get(name);
      if (!units) byFile?.delete(path);
      else if (byFile) byFile.set(path, units);
      else this.given.set(name, new Map([[path, units]]));
      if (this.askedGiven.has(name)) this.memo.set("given", name, ++this.givenChanges);
    }
  }

  private setFile(state: FileState, old: FileState | undefined): void {
    this.setGiven(state.path, old, state);
    this.setIndexes(state.path, old, state);
    this.memo.set<FileState | undefined>("outline", state.path, state, sameDeclarations);
    this.memo.set("there", state.path, true);
    if (!old && state.isRemembered) {
      this.unread.add(state.path);
      return;
    }
    if (old && this.unread.has(state.path)) this.readUnits(old);
    const { outline, tree } = state;
    // What is the same but for its place is left as it is.
    for (const [id, { unit, def }] of outline.functions)
      if (unit === id && (!old || old.outline.functions.get(id)?.def.body !== def.body))
        this.memo.set<Unit | undefined>("code", id, { id, def, body: def.body, shell: null }, sameCode);
    const top = moduleFunctionId(state.path);
    const { body, shell } = tree;
    this.memo.set<Unit | undefined>("code", top, { id: top, def: null, body, shell }, sameCode);
    if (!old) return;
    for (const id of unitsOf(old.outline)) if (!outline.functions.has(id)) this.removeUnit(id);
  }

  private removeUnit(id: FunctionId): void {
    this.memo.unset("code", id);
    this.memo.forget(id);
  }

  /** Enters the code of a file that was not needed so far. */
  private readUnits({ path, outline, tree }: FileState): void {
    this.unread.delete(path);
    for (const id of unitsOf(outline)) {
      const { def } = outline.functions.get(id)!;
      this.memo.provide<Unit>("code", id, { id, def, body: def.body, shell: null });
    }
    const top = moduleFunctionId(path);
    this.memo.provide<Unit>("code", top, { id: top, def: null, body: tree.body, shell: tree.shell });
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
    let names: TaughtNames | null = null;
    const given = question((_: Program, name): readonly FunctionId[] => {
      this.askedGiven.add(name);
      memo.input("given", name);
      return [...(this.given.get(name)?.values() ?? [])].flat().sort();
    }, sameList);
    const having = question((_: Program, name): readonly ClassId[] => {
      this.askedHaving.add(name);
      memo.input("having", name);
      return [...(this.members.get(name)?.values() ?? [])].flat().sort();
    }, sameList);
    /** All modules, asked about the module of a name. */
    const modules = (name: string): ModuleMap => {
      if (this.recall) {
        memo.input("module", name.slice(name.lastIndexOf(".") + 1));
        if (name.includes(".")) memo.input("module", name.slice(0, name.indexOf(".")));
      }
      return memo.input<ModuleMap>("modules", "")!;
    };
    const wholeOutline = (key: string): Outline | undefined => memo.input<FileState>("outline", key)?.outline;
    const outlines = new LiveOutlines(memo, (key) => this.files.get(key)?.outline, wholeOutline);
    const partOfOutline = (key: string) => (memo.input<true>("there", key) ? outlines.of(key) : undefined);
    const outlineIn = this.live ? partOfOutline : wholeOutline;
    const readerOf = (key: string): (() => Outline | undefined) => {
      if (key.startsWith("lib:")) return () => knowledge.outline(key);
      if (this.live) return () => partOfOutline(key);
      const file = memo.inputReader<FileState>("outline", key);
      return () => file()?.outline;
    };
    const program: Program = {
      memo,
      effort: { bodies: 0, summaries: 0, nested: 0 },
      home: homes(readerOf),
      outline: (key) => (key.startsWith("lib:") ? knowledge.outline(key) : outlineIn(key)),
      origin: (key) => {
        if (key.startsWith("lib:")) return knowledge.outline(key)?.origin;
        // A run that leaves something depends on outlines as a whole, and they tell where they are.
        memo.input(this.live ? "there" : "outline", key);
        return this.files.get(key)?.origin;
      },
      text: (key) => this.textOf(key)?.text,
      unit: (id) => {
        if (this.unread.size > 0 && this.unread.has(keyOfId(id))) this.readUnits(this.files.get(keyOfId(id))!);
        return memo.input<Unit>("code", id);
      },
      verbs: (id) => names?.addTo(knowledge.verbs(id), id) ?? knowledge.verbs(id),
      get taught() {
        return names;
      },
      handing: (name) => memo.get(given, name) ?? [],
      having: (name) => memo.get(having, name) ?? [],
      moduleKey(name, importer) {
        if (importer.startsWith("lib:")) return knowledge.moduleKey(name);
        const own = modules(name).find(name, importer);
        if (own !== undefined) return own;
        const known = knowledge.moduleKey(name);
        if (known !== null) return known;
        const folder = modules(name).namespace(name, importer);
        return folder === undefined ? null : `dir:${folder}`;
      },
      submoduleKey(key, name) {
        if (key.startsWith("lib:")) return knowledge.moduleKey(`${key.slice(4)}.${name}`);
        const folder = folderOf(key);
        const found = folder === null ? null : modules(name).inside(folder, name);
        if (found !== null) return "file" in found ? found.file : `dir:${found.folder}`;
        // A part of the package that is not in the repository: an extension that is compiled, say.
        const pkg = folder === null ? undefined : outlineIn(key)?.origin.module;
        return pkg !== undefined && knowledge.isInHouse(`${pkg}.${name}`) ? `lib:${pkg}.${name}` : null;
      },
    };
    const speaks = taught !== null && Object.values(taught).some((each) => each.length > 0);
    if (speaks) names = new TaughtNames(program, taught);
    return program;
  }
}

/** As many answers as one edit concerns directly. Where many files have changed, or come or gone, each is looked at when somebody asks. */
const SETTLED = 200;

/** A tree takes some twelve bytes for each character of its text. Files read beyond so much, some 15,000 lines around the open documents, are read again where somebody asks. */
const KEPT_CHARACTERS = 500_000;

/** Puts what a file has by name in place of what it had, and tells the names for which that differs. */
function reindex<T extends readonly string[]>(
  index: Map<string, Map<string, T>>,
  path: string,
  before: ReadonlyMap<string, T> | undefined,
  after: ReadonlyMap<string, T> | undefined,
  changed: (name: string) => void,
): void {
  if (before === after) return;
  for (const name of before?.keys() ?? []) {
    if (after?.has(name)) continue;
    index.get(name)?.delete(path);
    changed(name);
  }
  for (const [name, value] of after ?? []) {
    const byFile = index.get(name);
    const old = before?.get(name);
    if (old && sameList(old, value)) continue;
    changed(name);
    if (byFile) byFile.set(path, value);
    else index.set(name, new Map([[path, value]]));
  }
}

function sameDeclarations(a: FileState | undefined, b: FileState | undefined): boolean {
  return a?.digest.signature === b?.digest.signature;
}

function sameCode(a: Unit | undefined, b: Unit | undefined): boolean {
  return a?.def?.body === b?.def?.body && a?.def?.hash === b?.def?.hash && a?.shell === b?.shell;
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
