/**
 * One project as the editor sees it: what is on disk, with what is typed laid over it.
 *
 * Changes are collected and reach the engine when somebody asks for findings, so that typing fast costs one update and not one per key. While a
 * project is read again from disk, the snapshot from before goes on answering; where there is none yet, answers come from the files read so far, which can only
 * say too little.
 */
import { type FileChange, type FileView, type KnowledgeBase, type Parser, Project } from "../analysis/index.ts";
import { baselineOf, readBaseline } from "../host/baseline.ts";
import { reasonOf } from "../host/files.ts";
import { knowledgeFor, type LoadedKnowledge } from "../host/knowledge.ts";
import { doubtsAbout } from "../host/project.ts";
import type { LoadedSettings, SettingsError } from "../host/settings.ts";
import { kindOf } from "../host/targets.ts";
import { compare, type Known } from "../lint/baseline.ts";
import { keptOutcomes } from "../lint/kept.ts";
import { checkFile, type FileResult } from "../lint/run.ts";

/** What every project needs to be analysed; made once. A project may know more of libraries. */
export interface Engine {
  readonly parser: Parser;
  readonly knowledge: KnowledgeBase;
}

export type ReportFailure = (what: string, error: unknown) => void;

export class LiveProject {
  /** Absolute; null for a document that is no file. */
  readonly root: string | null;
  private readonly engine: Engine;
  private readonly report: ReportFailure;
  private rulesInForce: LoadedSettings;
  /** Texts of open documents, which win over the disk. */
  private readonly open = new Map<string, string>();
  private live: Snapshot;
  private learned: LoadedKnowledge | null = null;
  /** What the snapshot that answers was made with besides files. */
  private lessons = "";
  private building: Snapshot | null = null;
  private results = new Map<string, FileResult>();
  /** What the baseline knows, by file. */
  private known = new Map<string, readonly Known[]>();

  constructor(root: string | null, engine: Engine, settings: LoadedSettings, report: ReportFailure) {
    this.root = root;
    this.engine = engine;
    this.report = report;
    this.rulesInForce = settings;
    this.live = new Snapshot(Project.create({ ...engine, roots: [""], live: true }), report);
  }

  /** Reads the project's own stubs; gives what is wrong with them. What they say counts from the next `rebuild` on. */
  learn(): readonly SettingsError[] {
    this.learned = knowledgeFor(this.rulesInForce, this.engine.parser, this.learned);
    return this.learned.errors;
  }

  /** Reads which findings are known and not to be shown; gives what is wrong with the file. A file that is not there knows nothing. */
  readBaseline(): readonly SettingsError[] {
    this.known = new Map();
    this.results.clear();
    const path = this.root === null ? null : baselineOf(this.root, this.rulesInForce);
    if (this.root === null || path === null || kindOf(path) === null) return [];
    const wrong = (line: number | null, message: string, remedy: string): SettingsError => ({
      path,
      line,
      key: "",
      message,
      remedy,
    });
    try {
      const { known, problems } = readBaseline(path, this.root);
      for (const entry of problems.length > 0 ? [] : known)
        this.known.set(entry.file, [...(this.known.get(entry.file) ?? []), entry]);
      return problems.map(({ line, message, remedy }) => wrong(line, message, remedy));
    } catch (error) {
      return [wrong(null, `the baseline cannot be read: ${reasonOf(error)}`, "make it readable, or take it away")];
    }
  }

  /** What the settings say that fits nothing in the project. */
  doubts(): readonly SettingsError[] {
    return doubtsAbout(this.current(), this.rulesInForce);
  }

  get settings(): LoadedSettings {
    return this.rulesInForce;
  }

  set settings(settings: LoadedSettings) {
    this.rulesInForce = settings;
    this.results.clear();
  }

  /** A document was opened or changed. */
  type(path: string, text: string): void {
    this.open.set(path, text);
    this.put(path, text, true);
  }

  /** A document was closed; `text` is what the disk has, null where it has nothing. */
  close(path: string, text: string | null): void {
    this.open.delete(path);
    this.put(path, text);
  }

  /** The disk changed. An open document does not follow it. */
  disk(path: string, text: string | null): void {
    if (!this.open.has(path)) this.put(path, text);
  }

  /** Texts of open documents. */
  get openTexts(): ReadonlyMap<string, string> {
    return this.open;
  }

  /** Paths of all files, changes included. */
  paths(): readonly string[] {
    return this.current().paths();
  }

  file(path: string): FileView | undefined {
    return this.current().file(path);
  }

  /** What is found in a file; undefined where the project has no such file. */
  check(path: string): FileResult | undefined {
    const file = this.file(path);
    if (file === undefined) return undefined;
    const known = this.results.get(path);
    if (known !== undefined) return known;
    const result = this.unknown(checkFile(file, this.rulesInForce, keptOutcomes));
    this.results.set(path, result);
    for (const failure of result.failures) {
      const what = failure.rule === null ? "the analysis failed" : `rule ${failure.rule} failed`;
      const place = failure.function === null ? failure.file : `${failure.file}, ${failure.function}`;
      this.report(`${what} on ${place}`, failure.stack);
    }
    return result;
  }

  /** What would be found in a file if its text were another, and where that would be no Python. Changes nothing. */
  checkAs(path: string, text: string): (FileResult & Pick<FileView, "errors">) | undefined {
    const file = this.current().update([{ path, text }]).file(path);
    return file && { ...this.unknown(checkFile(file, this.rulesInForce)), errors: file.errors };
  }

  /** The result without what the baseline knows. */
  private unknown(result: FileResult): FileResult {
    const known = this.known.get(result.file);
    return known ? { ...result, findings: compare(result.findings, known).fresh } : result;
  }

  /**
   * Begins to read the project anew. What is put is joined by what is typed meanwhile; `finish` makes it what answers, and lets go of files that were
   * not put. With `atOnce` it answers from now on. Where imports start from the same folders and the same is known of libraries as before, files that are the same are not analysed again.
   */
  rebuild(roots: readonly string[], atOnce: boolean): Rebuild {
    const { taught } = this.rulesInForce;
    const { knowledge, version } = this.learned ?? { knowledge: this.engine.knowledge, version: "" };
    const lessons = JSON.stringify([version, taught, roots]);
    const continues = !atOnce && lessons === this.lessons;
    const from = continues
      ? this.current()
      : Project.create({ parser: this.engine.parser, knowledge, roots, taught, live: true });
    const next = new Snapshot(from, this.report);
    const missing = new Set(from.paths());
    for (const [path, text] of this.open) next.put(path, text);
    this.building = next;
    const swap = (): void => {
      this.live = next;
      this.lessons = lessons;
      this.results.clear();
    };
    if (atOnce) swap();
    return {
      put: (path, text) => {
        missing.delete(path);
        if (!this.open.has(path)) next.put(path, text);
        if (this.live === next) this.results.clear();
      },
      flush: () => void next.current(),
      finish: () => {
        if (this.building !== next) return;
        this.building = null;
        for (const path of missing) if (!this.open.has(path)) next.put(path, null);
        swap();
      },
    };
  }

  private put(path: string, text: string | null, typed = false): void {
    this.live.put(path, text, typed);
    if (this.building !== this.live) this.building?.put(path, text, typed);
    this.results.clear();
  }

  private current(): Project {
    return this.live.current();
  }
}

export interface Rebuild {
  put(path: string, text: string): void;
  /** Hands what was put to the engine. */
  flush(): void;
  finish(): void;
}

/** A snapshot of the engine with changes it has not seen yet. */
class Snapshot {
  private project: Project;
  private readonly report: ReportFailure;
  private readonly pending = new Map<string, FileChange>();

  constructor(project: Project, report: ReportFailure) {
    this.project = project;
    this.report = report;
  }

  put(path: string, text: string | null, typed = false): void {
    this.pending.set(path, { path, text, typed });
  }

  current(): Project {
    if (this.pending.size === 0) return this.project;
    const changes = [...this.pending.values()];
    this.pending.clear();
    try {
      this.project = this.project.update(changes);
    } catch {
      this.updateOneByOne(changes);
    }
    return this.project;
  }

  /** The engine should never throw. If it does, the file at fault is left out, and the others are not. */
  private updateOneByOne(changes: readonly FileChange[]): void {
    for (const change of changes) {
      try {
        this.project = this.project.update([change]);
      } catch (error) {
        this.report(`the analysis failed on ${change.path}, which is left out`, error);
      }
    }
  }
}
