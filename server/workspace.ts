/**
 * Which document belongs to which project, and what is found in it.
 *
 * Each workspace folder is a project, with the root the command line would take for it. A document outside of all folders gets the project it lies in;
 * one that is no file, or lies in no project, is a project of its own. Projects nobody needs any longer are let go.
 */
import { dirname, join } from "node:path";
import type { FileView } from "../analysis/index.ts";
import { gitTopLevel } from "../host/exclude.ts";
import { isChecked } from "../host/files.ts";
import { holdsStubs } from "../host/knowledge.ts";
import { projectPath, readSource } from "../host/project.ts";
import { excludesOf, type LoadedSettings, loadSettings, SETTINGS_FILES, type SettingsError } from "../host/settings.ts";
import type { Finding } from "../lint/finding.ts";
import { rules } from "../rules/index.ts";
import { type EditorSettings, overridesOf } from "./configuration.ts";
import type { OpenDocument } from "./documents.ts";
import { nextTurn } from "./handlers.ts";
import { indexProject } from "./indexing.ts";
import { type Engine, LiveProject, type ReportFailure } from "./live-project.ts";
import { nameOfUri, pathOfUri, schemeOf, uriOfPath } from "./lsp.ts";
import { isInside, nearestRoot, rootOf } from "./roots.ts";

/** What the workspace tells the rest of the server. */
export interface WorkspaceEvents {
  /** Something may be found now that was not, or the other way round. */
  changed(): void;
  /** A project is being read from disk. Gives where to report how far it is. */
  indexing(project: LiveProject): { report(done: number, total: number): void; end(): void };
  /** It has been read, in so many milliseconds. */
  read(project: LiveProject, milliseconds: number): void;
  /** The settings of a project were read. */
  settingsRead(settings: LoadedSettings): void;
  /** What is wrong with the stubs of a project, or with names in its settings. */
  criticised(project: LiveProject, what: "stubs" | "baseline" | "names", errors: readonly SettingsError[]): void;
  notice(path: string, message: string): void;
  failure: ReportFailure;
  /** What the editor has set for a file or folder; null for documents that are no file. */
  editorSettings(uri: string | null): Promise<EditorSettings>;
}

/** A file with what is found in it, all of one moment. */
export interface CheckedFile {
  readonly uri: string;
  /** Of the open document; null where the text is the disk's. */
  readonly version: number | null;
  readonly project: LiveProject;
  readonly file: FileView;
  readonly findings: readonly Finding[];
  /** Of another file of the project, as the client spells it. */
  uriOf(path: string): string;
  versionOf(path: string): number | null;
}

interface Home {
  readonly project: LiveProject;
  readonly path: string;
}

/** A project with how it is kept up to date. */
interface Entry {
  readonly project: LiveProject;
  /** The workspace folders it serves; empty for one that lives as long as its documents. */
  readonly folders: Set<string>;
  readonly wholeFolder: boolean;
  editor: EditorSettings;
  /** Counts readings; an older one stops. */
  reading: number;
  hasBeenRead: boolean;
  /** Resolves when it is worth asking what is found: the project has been read, or that takes too long to wait for. */
  readonly answerable: Promise<void>;
  readonly becomeAnswerable: () => void;
}

/**
 * An answer waits until a project of no more files is read: that takes no time. Of a larger one it says what the files around the open ones tell, and
 * more when all of it has been read.
 */
const READ_AT_ONCE = 100;

export class Workspace {
  private readonly engine: Promise<Engine>;
  private readonly events: WorkspaceEvents;
  private readonly documents = new Map<string, OpenDocument>();
  /** Where each open document was put. */
  private readonly homes = new Map<string, Home | null>();
  private readonly entries = new Map<string, Entry>();
  /** Absolute paths of the workspace folders. */
  private folders: readonly string[] = [];
  /** Changes of folders and settings happen one after the other. */
  private queue: Promise<void> = Promise.resolve();

  /** Nothing is read or found before the engine is there. */
  constructor(engine: Promise<Engine>, events: WorkspaceEvents) {
    this.engine = engine;
    this.events = events;
  }

  get openUris(): readonly string[] {
    return [...this.documents.keys()];
  }

  document(uri: string): OpenDocument | undefined {
    return this.documents.get(uri);
  }

  /** Python files known, over all projects. */
  get fileCount(): number {
    return [...this.entries.values()].reduce((sum, { project }) => sum + project.paths().length, 0);
  }

  /** Those of workspace folders. */
  get projects(): readonly LiveProject[] {
    return [...this.entries.values()].filter(({ folders }) => folders.size > 0).map(({ project }) => project);
  }

  /** Addresses of all files in workspace folders. */
  get fileUris(): readonly string[] {
    return [...new Set(this.projects.flatMap((it) => it.paths().map((path) => uriOfPath(join(it.root ?? "", path)))))];
  }

  get isIndexing(): boolean {
    return [...this.entries.values()].some(({ hasBeenRead }) => !hasBeenRead);
  }

  changeFolders(added: readonly string[], removed: readonly string[]): Promise<void> {
    return this.inOrder(async () => {
      this.folders = [...new Set([...this.folders.filter((folder) => !removed.includes(folder)), ...added])];
      for (const entry of this.entries.values()) for (const folder of removed) entry.folders.delete(folder);
      for (const folder of added) {
        const entry = await this.entryOf(folder);
        entry?.folders.add(folder);
      }
      await this.rehome();
      this.letGo();
    });
  }

  open(document: OpenDocument): Promise<void> {
    this.documents.set(document.uri, document);
    return this.inOrder(async () => {
      const latest = this.documents.get(document.uri);
      if (latest === undefined) return;
      if (!this.homes.has(document.uri)) await this.settle(latest);
      // Closed and opened again before the closing was dealt with.
      else this.change(latest);
    });
  }

  change(document: OpenDocument): void {
    this.documents.set(document.uri, document);
    const home = this.homes.get(document.uri);
    if (home) home.project.type(home.path, document.text);
    this.events.changed();
  }

  close(uri: string): Promise<void> {
    this.documents.delete(uri);
    return this.inOrder(async () => {
      if (this.documents.has(uri)) return;
      this.unsettle(uri);
      this.letGo();
    });
  }

  /** Something happened to these paths (absolute) on disk. */
  diskChanged(paths: readonly string[]): Promise<void> {
    return this.inOrder(async () => {
      for (const { project } of this.entries.values()) {
        const { root } = project;
        if (root === null) continue;
        const gone: string[] = [];
        for (const [index, path] of paths.filter((each) => isInside(each, root)).entries()) {
          const read = isIncluded(path, project) ? readSource(path) : null;
          if (read !== null && "text" in read) project.disk(projectPath(root, path), read.text);
          else gone.push(projectPath(root, path));
          if (index % DISK_SLICE === DISK_SLICE - 1) await nextTurn();
        }
        if (gone.length === 0) continue;
        // A folder that goes takes its files along, and is announced alone.
        for (const known of project.paths()) {
          if (gone.some((path) => known === path || known.startsWith(`${path}/`))) project.disk(known, null);
        }
      }
      this.events.changed();
    });
  }

  /** Reads settings, and where needed files, of the projects around a path (absolute) anew; without a path of all of them. */
  refresh(path: string | null): Promise<void> {
    return this.inOrder(async () => {
      const entries = path === null ? [...this.entries.values()] : this.entriesNear(path);
      for (const entry of entries) {
        const editor = await this.events.editorSettings(uriOfRoot(entry.project.root));
        // Clients announce settings that have not changed, at the start for instance.
        if (path === null && JSON.stringify(editor) === JSON.stringify(entry.editor)) continue;
        const switched = editor.enable !== entry.editor.enable;
        entry.editor = editor;
        entry.project.settings = this.settingsFor(entry.project.root, entry.editor);
        // What is set in the editor says nothing about which files there are.
        if (path !== null || switched) void this.read(entry);
      }
      await this.rehome();
      this.events.changed();
    });
  }

  /** Reads the projects anew that have stubs among these paths (absolute). */
  relearn(paths: readonly string[]): Promise<void> {
    const concerned = (entry: Entry): boolean => paths.some((path) => holdsStubs(entry.project.settings, path));
    return this.inOrder(async () => [...this.entries.values()].filter(concerned).forEach((e) => void this.read(e)));
  }

  /** What is found in a document, or in a file of a project that is not open; null where nothing is to be said about it. */
  async check(uri: string): Promise<CheckedFile | null> {
    await this.queue;
    const home = this.homes.has(uri) ? this.homes.get(uri)! : this.homeOnDisk(uri);
    if (home === null) return null;
    const { project, path } = home;
    const entry = [...this.entries.values()].find((each) => each.project === project);
    await entry?.answerable;
    const result = entry?.editor.enable === false ? undefined : project.check(path);
    const file = project.file(path);
    if (result === undefined || file === undefined) return null;
    const documentAt = (other: string): OpenDocument | undefined => {
      for (const [known, its] of this.homes) {
        if (its?.project === project && its.path === other) return this.documents.get(known);
      }
      return undefined;
    };
    return {
      uri,
      version: this.documents.get(uri)?.version ?? null,
      project,
      file,
      findings: result.findings,
      uriOf: (other) => documentAt(other)?.uri ?? uriOfPath(join(project.root ?? "", other)),
      versionOf: (other) => documentAt(other)?.version ?? null,
    };
  }

  private inOrder(work: () => Promise<void>): Promise<void> {
    const done = this.queue.then(work);
    this.queue = done.catch((error) => this.events.failure("the workspace could not be brought up to date", error));
    return this.queue;
  }

  /** Puts an open document into its project. */
  private async settle(document: OpenDocument): Promise<void> {
    const home = await this.homeOf(document);
    this.homes.set(document.uri, home);
    home?.project.type(home.path, this.documents.get(document.uri)?.text ?? document.text);
    this.events.changed();
  }

  private unsettle(uri: string): void {
    const home = this.homes.get(uri);
    this.homes.delete(uri);
    if (!home) return;
    const path = pathOfUri(uri);
    const read = path !== null && isIncluded(path, home.project) ? readSource(path) : null;
    home.project.close(home.path, read !== null && "text" in read ? read.text : null);
    this.events.changed();
  }

  /** Folders or settings have changed: documents may belong elsewhere. */
  private async rehome(): Promise<void> {
    for (const document of this.documents.values()) {
      const before = this.homes.get(document.uri);
      const now = await this.homeOf(document);
      if (before?.project === now?.project && before?.path === now?.path) continue;
      if (before !== undefined) this.unsettle(document.uri);
      await this.settle(document);
    }
  }

  /** What a file is called decides whether it is Python, as on the command line; clients are not of one mind about language names. */
  private async homeOf(document: OpenDocument): Promise<Home | null> {
    const path = pathOfUri(document.uri);
    if (path === null) {
      if (document.languageId !== "python" || !OWN_SCHEMES.includes(schemeOf(document.uri))) return null;
      const entry = await this.entryFor(document.uri, null, false);
      return { project: entry.project, path: nameOfUri(document.uri) };
    }
    const folder = this.folderOf(path);
    // Somebody looks up a library, or another project: neither is theirs to mend here.
    if (isInstalled(folder === null ? path : path.slice(folder.length))) return null;
    if (folder === null && this.folders.length > 0) return null;
    const entry = folder === null ? await this.looseEntry(path) : await this.entryOf(folder);
    if (entry === null || entry.project.root === null || !isIncluded(path, entry.project)) return null;
    return { project: entry.project, path: projectPath(entry.project.root, path) };
  }

  /** A file that is not open, in a project that is known. */
  private homeOnDisk(uri: string): Home | null {
    const path = pathOfUri(uri);
    if (path === null) return null;
    const project = this.entriesAround(path)[0]?.project;
    if (project === undefined || project.root === null) return null;
    return { project, path: projectPath(project.root, path) };
  }

  /** The innermost workspace folder around a path. */
  private folderOf(path: string): string | null {
    const around = this.folders.filter((folder) => isInside(path, folder));
    return around.sort((a, b) => b.length - a.length)[0] ?? null;
  }

  /** Projects a path lies in, innermost first. */
  private entriesAround(path: string): Entry[] {
    return [...this.entries.values()]
      .filter(({ project }) => project.root !== null && isInside(path, project.root))
      .sort((a, b) => b.project.root!.length - a.project.root!.length);
  }

  /** Projects a settings file speaks for: those around it, and those below it. */
  private entriesNear(path: string): Entry[] {
    const folder = dirname(path);
    return [...this.entries.values()].filter(
      ({ project }) => project.root !== null && (isInside(path, project.root) || isInside(project.root, folder)),
    );
  }

  /** The project of a workspace folder; null where the folder does not exist. */
  private async entryOf(folder: string): Promise<Entry | null> {
    const root = rootOf(folder);
    if (root === null) return null;
    const entry = await this.entryFor(root, root, true);
    entry.folders.add(folder);
    return entry;
  }

  /** The project of a file outside of every workspace folder. Its folder is read only where something says that it is a project. */
  private async looseEntry(file: string): Promise<Entry> {
    const existing = this.entriesAround(file)[0];
    if (existing !== undefined) return existing;
    const { folder, root } = nearestRoot(file);
    const isProject =
      root !== folder ||
      gitTopLevel(root) === root ||
      SETTINGS_FILES.some((name) => "text" in readSource(join(root, name)));
    return this.entryFor(root, root, isProject);
  }

  private async entryFor(key: string, root: string | null, wholeFolder: boolean): Promise<Entry> {
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    const editor = await this.events.editorSettings(uriOfRoot(root));
    const project = new LiveProject(root, await this.engine, this.settingsFor(root, editor), this.events.failure);
    let becomeAnswerable = (): void => {};
    const answerable = new Promise<void>((resolve) => {
      becomeAnswerable = resolve;
    });
    const entry: Entry = {
      project,
      folders: new Set(),
      wholeFolder,
      editor,
      reading: 0,
      hasBeenRead: false,
      answerable,
      becomeAnswerable,
    };
    this.entries.set(key, entry);
    void this.read(entry);
    return entry;
  }

  private settingsFor(root: string | null, editor: EditorSettings): LoadedSettings {
    const overrides = overridesOf(editor);
    const settings = loadSettings({ rules, root: root ?? process.cwd(), overrides });
    this.events.settingsRead(settings);
    return settings;
  }

  private async read(entry: Entry): Promise<void> {
    entry.reading++;
    const { reading } = entry;
    const progress = this.events.indexing(entry.project);
    const begun = performance.now();
    try {
      this.events.criticised(entry.project, "stubs", entry.project.learn());
      this.events.criticised(entry.project, "baseline", entry.project.readBaseline());
      const done = await indexProject({
        project: entry.project,
        again: entry.hasBeenRead,
        wholeFolder: entry.wholeFolder && entry.editor.enable,
        isSuperseded: () => entry.reading !== reading || !this.isKept(entry),
        onOpenFilesReady: (files) => {
          if (files > READ_AT_ONCE) entry.becomeAnswerable();
          this.events.changed();
        },
        onProgress: (files, total) => progress.report(files, total),
        onNotice: (path, message) => this.events.notice(path, message),
      });
      if (!done) return;
      entry.hasBeenRead = true;
      this.events.read(entry.project, performance.now() - begun);
      if (entry.wholeFolder) this.events.criticised(entry.project, "names", entry.project.doubts());
    } catch (error) {
      entry.hasBeenRead = true;
      this.events.failure(`reading ${entry.project.root ?? "a document"} failed`, error);
    } finally {
      entry.becomeAnswerable();
      progress.end();
      this.events.changed();
    }
  }

  private isKept(entry: Entry): boolean {
    return [...this.entries.values()].includes(entry);
  }

  /** Drops projects that serve neither a folder nor a document. */
  private letGo(): void {
    const used = new Set([...this.homes.values()].map((home) => home?.project));
    for (const [key, { project, folders }] of this.entries) {
      if (folders.size === 0 && !used.has(project)) this.entries.delete(key);
    }
  }
}

/** So many files are read from disk before others get a turn. */
const DISK_SLICE = 50;

/** Documents that are not saved anywhere yet. Other schemes show files of other times and places, which nobody can cure here. */
const OWN_SCHEMES: readonly string[] = ["untitled", "inmemory", "buffer"];

/** Whether a path leads through a folder where packages are installed. */
function isInstalled(path: string): boolean {
  return /[\\/](site|dist)-packages[\\/]/.test(path);
}

function isIncluded(path: string, project: LiveProject): boolean {
  return project.root !== null && isChecked(path, project.root, excludesOf(project.settings));
}

function uriOfRoot(root: string | null): string | null {
  return root === null ? null : uriOfPath(root);
}
