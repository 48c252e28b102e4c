/**
 * Reads a project from disk in slices, so that requests are answered in between, and shows how far it is.
 *
 * Open documents come first. Reading stops where a newer reading of the same project has begun.
 */
import { basename, join } from "node:path";
import type { Connection, WorkDoneProgressReporter } from "vscode-languageserver";
import { findPythonFiles } from "../host/files.ts";
import { projectPath, ROOT_FILE_LIMIT, readSource } from "../host/project.ts";
import { sourceRootsOf } from "../host/roots.ts";
import { excludesOf } from "../host/settings.ts";
import { nextTurn } from "./handlers.ts";
import type { LiveProject } from "./live-project.ts";

export interface IndexRequest {
  readonly project: LiveProject;
  /** Whether the project has been read before, so that its old findings stay until the new ones are there. */
  readonly again: boolean;
  /** Whether files that are not open are read at all. */
  readonly wholeFolder: boolean;
  readonly isSuperseded: () => boolean;
  /** Open documents are in. */
  readonly onOpenFilesReady: () => void;
  readonly onProgress: (done: number, total: number) => void;
  readonly onNotice: (path: string, message: string) => void;
}

/** How much text one slice holds, in characters: some 25 ms of reading and parsing. */
const SLICE_SIZE = 100_000;
/** What opening a file costs, however small it is, in the same unit. */
const FILE_COST = 2_000;

/** Gives false where it was superseded. */
export async function indexProject(request: IndexRequest): Promise<boolean> {
  const { project, again, isSuperseded } = request;
  const root = project.root;
  const files = root === null || !request.wholeFolder ? [] : packagesFirst(filesOf(root, request));
  await nextTurn();
  if (isSuperseded()) return false;

  const declared = project.settings.src.map((folder) => join(project.settings.base, folder));
  const roots = root === null ? [""] : sourceRootsOf(root, files, declared);
  const rebuild = project.rebuild(roots, !again);

  let slice = 0;
  let packagesDone = false;
  for (const [index, file] of files.entries()) {
    if (!packagesDone && !isPackage(file)) {
      packagesDone = true;
      rebuild.flush();
      request.onOpenFilesReady();
    }
    const path = projectPath(root!, file);
    if (!project.isOpen(path)) {
      const read = readSource(file);
      if ("refused" in read) request.onNotice(file, `not checked: ${read.refused}`);
      else {
        rebuild.put(path, read.text);
        slice += read.text.length + FILE_COST;
      }
    }
    if (slice < SLICE_SIZE || !packagesDone) continue;
    rebuild.flush();
    request.onProgress(index + 1, files.length);
    await nextTurn();
    if (isSuperseded()) return false;
    slice = 0;
  }
  rebuild.flush();
  rebuild.finish();
  return true;
}

/** What a module is called depends on the packages around it, so these are known before any module is read. */
function packagesFirst(files: readonly string[]): readonly string[] {
  return [...files.filter(isPackage), ...files.filter((file) => !isPackage(file))];
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
