/**
 * Reads a project from disk in slices, so that requests are answered in between, and shows how far it is.
 *
 * Open documents come first, and what they import. Reading stops where a newer reading of the same project has begun.
 */
import { basename, join } from "node:path";
import type { Connection, WorkDoneProgressReporter } from "vscode-languageserver";
import { findPythonFiles } from "../host/files.ts";
import { projectPath, ROOT_FILE_LIMIT, readSource } from "../host/project.ts";
import { sourceRootsOf } from "../host/roots.ts";
import { excludesOf } from "../host/settings.ts";
import { nextTurn } from "./handlers.ts";
import type { LiveProject } from "./live-project.ts";
import { Nearest } from "./nearest.ts";

export interface IndexRequest {
  readonly project: LiveProject;
  /** Whether the project has been read before, so that its old findings stay until the new ones are there. */
  readonly again: boolean;
  /** Whether files that are not open are read at all. */
  readonly wholeFolder: boolean;
  readonly isSuperseded: () => boolean;
  /** Something can be said of open documents, or more than before: they are in, and some of what they import; so many files are there in all. */
  readonly onOpenFilesReady: (files: number) => void;
  readonly onProgress: (done: number, total: number) => void;
  readonly onNotice: (path: string, message: string) => void;
}

/** How much text one slice holds, in characters: some 25 ms of reading and parsing. */
const SLICE_SIZE = 100_000;
/** What opening a file costs, however small it is, in the same unit. */
const FILE_COST = 2_000;

/**
 * So much text is read around open documents before something is said of them, and before more is said. What a file needs most stands in what it imports itself: for 50 files of six real
 * projects the first answer held 102 of 158 findings, the second 118, the third 128.
 */
const NEAR_SIZES: readonly number[] = [20_000, 60_000, 200_000];

/** Gives false where it was superseded. */
export async function indexProject(request: IndexRequest): Promise<boolean> {
  const { project, again, isSuperseded } = request;
  const root = project.root;
  const files = root === null || !request.wholeFolder ? [] : filesOf(root, request);
  await nextTurn();
  if (isSuperseded()) return false;

  const declared = project.settings.src.map((folder) => join(project.settings.base, folder));
  const roots = root === null ? [""] : sourceRootsOf(root, files, declared);
  const rebuild = project.rebuild(roots, !again);
  const texts = new Map<string, string>();
  /** Reads a file unless it is open or was read, and gives how much of a slice that takes. */
  const read = (path: string): number => {
    if (texts.has(path) || project.openTexts.has(path)) return 0;
    const source = readSource(join(root!, path));
    const text = "refused" in source ? "" : source.text;
    texts.set(path, text);
    if ("refused" in source) request.onNotice(join(root!, path), `not checked: ${source.refused}`);
    else rebuild.put(path, text);
    return text.length + FILE_COST;
  };

  const paths = files.map((file) => projectPath(root!, file));
  // What a module is called depends on the packages around it, so these are known before any module is read.
  for (const path of paths) if (isPackage(path)) read(path);
  await nextTurn();
  if (isSuperseded()) return false;
  const nearest = new Nearest(paths);
  const others = paths.values();
  let slice = 0;
  let near = 0;
  let said = 0;
  for (;;) {
    for (const [path, text] of project.openTexts) nearest.follow(path, text);
    const nearby = nearest.next();
    if (said < NEAR_SIZES.length && (nearby === undefined || near > NEAR_SIZES[said]!)) {
      said = nearby === undefined ? NEAR_SIZES.length : said + 1;
      rebuild.flush();
      request.onOpenFilesReady(files.length);
      await nextTurn();
      if (isSuperseded()) return false;
      slice = 0;
    }
    const path = nearby ?? others.next().value;
    if (path === undefined) break;
    const size = read(path);
    slice += size;
    if (nearby !== undefined) {
      near += size;
      nearest.follow(path, texts.get(path) ?? "");
    }
    if (slice < SLICE_SIZE) continue;
    rebuild.flush();
    request.onProgress(texts.size, files.length);
    await nextTurn();
    if (isSuperseded()) return false;
    slice = 0;
  }
  rebuild.flush();
  rebuild.finish();
  return true;
}

function isPackage(file: string): boolean {
  return basename(file) === "__init__.py";
}

function filesOf(root: string, { project, onNotice }: IndexRequest): readonly string[] {
  const found = findPythonFiles(root, { exclude: excludesOf(project.settings), limit: ROOT_FILE_LIMIT });
  for (const { path, message } of found.notices) onNotice(path, message);
  if (!found.truncated) return found.files;
  onNotice(root, `this folder holds more than ${ROOT_FILE_LIMIT} Python files; only open ones are checked`);
  return [];
}

/** Progress in the client's window; without it where the client shows none. */
export class Progress {
  private readonly connection: Connection;
  private readonly title: string;
  private reporter: WorkDoneProgressReporter | null = null;
  private ended = false;

  constructor(connection: Connection, enabled: boolean, title: string) {
    this.connection = connection;
    this.title = title;
    if (enabled) void this.begin();
  }

  report(done: number, total: number): void {
    this.reporter?.report(Math.floor((100 * done) / Math.max(total, 1)), `${done} of ${total} files`);
  }

  end(): void {
    this.ended = true;
    this.reporter?.done();
    this.reporter = null;
  }

  private async begin(): Promise<void> {
    try {
      const reporter = await this.connection.window.createWorkDoneProgress();
      // Small projects are read before the client has answered.
      if (this.ended) return;
      reporter.begin(this.title, 0, undefined, false);
      this.reporter = reporter;
    } catch {
      // A client that refuses shows no progress.
    }
  }
}
