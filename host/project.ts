/**
 * A project on disk: its files read into a snapshot of the engine.
 *
 * The whole project is always read, however few files are to be reported: what a call does is written in other files.
 */
import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type FileChange, type KnowledgeBase, type Parser, Project, type ProjectMemory } from "../analysis/index.ts";
import { unknownNames } from "../lint/teaching.ts";
import { type ExcludeGlobs, slashed } from "./exclude.ts";
import { findPythonFiles, type Notice, reasonOf } from "./files.ts";
import { loadShippedKnowledge } from "./knowledge.ts";
import { projectRootOf, sourceRootsOf } from "./roots.ts";
import { excludesOf, type LoadedSettings, type SettingsError } from "./settings.ts";
import { decodeSource, type Refused, SIZE_LIMIT, type SourceText, tooLarge } from "./text.ts";

export interface LoadedProject {
  /** Absolute. */
  readonly root: string;
  readonly project: Project;
  /** What was found and what was not read, absolute paths. */
  readonly notices: readonly Notice[];
  /** What the settings say that fits nothing in the project; nobody has to mend it. */
  readonly doubts: readonly SettingsError[];
}

export interface LoadRequest {
  /** Absolute. */
  readonly root: string;
  readonly settings: LoadedSettings;
  readonly parser: Parser;
  readonly knowledge?: KnowledgeBase;
  /** What an earlier run left, null where there was none; left out where nothing is to be remembered. */
  readonly memory?: ProjectMemory | null | undefined;
  /** Files are read when somebody asks, see `ProjectOptions`. */
  readonly late?: boolean;
  /** Globs beside those of the settings. */
  readonly exclude?: readonly ExcludeGlobs[];
  /** Files (absolute, below the root) that belong to it even if excluded, because somebody named or opened them. */
  readonly extraFiles?: readonly string[];
  /** Called now and then with how many files of how many are done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops the loading between two batches: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Files handed to the engine at a time: few enough that a server can answer in between. */
const BATCH = 100;

/** Above this many files a folder is no project but a collection of them, and only the files that somebody named are read. */
export const ROOT_FILE_LIMIT = 20_000;

/** Reads a project. Gives the event loop a turn between batches. What cannot be read is a notice, never an error. */
export async function loadProject(request: LoadRequest): Promise<LoadedProject> {
  const { root, settings, parser, onProgress, signal } = request;
  const exclude = [...excludesOf(settings), ...(request.exclude ?? [])];
  const found = findPythonFiles(root, { exclude, limit: ROOT_FILE_LIMIT });
  const files = [...new Set([...(found.truncated ? [] : found.files), ...(request.extraFiles ?? [])])].sort();
  const notices: Notice[] = [...found.notices];
  const roots = sourceRootsOf(
    root,
    files,
    settings.src.map((folder) => join(settings.base, folder)),
  );
  const knowledge = request.knowledge ?? loadShippedKnowledge();
  const memory = request.memory === undefined ? {} : { memory: request.memory };
  let project = Project.create({
    parser,
    knowledge,
    roots,
    taught: settings.taught,
    late: request.late === true,
    ...memory,
  });
  for (let start = 0; start < files.length; start += BATCH) {
    const changes: FileChange[] = [];
    for (const file of files.slice(start, start + BATCH)) {
      const read = readSource(file);
      if ("refused" in read) notices.push({ path: file, message: `not checked: ${read.refused}`, skipped: true });
      else {
        if (read.notice) notices.push({ path: file, message: read.notice, skipped: false });
        changes.push({ path: projectPath(root, file), text: read.text });
      }
    }
    project = withFiles(project, changes, (path, error) => {
      notices.push({ path: join(root, path), message: engineFailure(error), skipped: true, internal: true });
    });
    onProgress?.(Math.min(start + BATCH, files.length), files.length);
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
  const doubts = found.truncated || request.late ? [] : doubtsAbout(project, settings);
  return { root, project, notices, doubts };
}

/** Names in the settings that should be of the project, and are not. */
export function doubtsAbout(project: Project, settings: LoadedSettings): readonly SettingsError[] {
  return unknownNames(project).map(({ key, message, remedy }) => settings.errorAt(key, message, remedy));
}

/** The snapshot with `changes`, but without the files whose reading fails. Reading never should; one file must not cost all others. */
function withFiles(
  project: Project,
  changes: readonly FileChange[],
  onFailure: (path: string, error: unknown) => void,
): Project {
  try {
    return project.update(changes);
  } catch {
    let next = project;
    for (const change of changes) {
      try {
        next = next.update([change]);
      } catch (error) {
        onFailure(change.path, error);
      }
    }
    return next;
  }
}

function engineFailure(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `internal error: this file could not be analysed (${reason})`;
}

/** Text of a Python file, or why there is none. Never throws. */
export function readSource(path: string, sizeLimit = SIZE_LIMIT): SourceText | Refused {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return { refused: stat.isDirectory() ? "it is a folder" : "it is not a regular file" };
    if (stat.size > sizeLimit) return { refused: tooLarge(stat.size, sizeLimit) };
    return decodeSource(readFileSync(path), sizeLimit);
  } catch (error) {
    return { refused: reasonOf(error) };
  }
}

/** Text of a Python file that somebody writes to the standard input, until its end, or why there is none. */
export function readStandardInput(): SourceText | Refused {
  try {
    return decodeSource(readFileSync(0));
  } catch (error) {
    return { refused: reasonOf(error) };
  }
}

/** The path of a file (absolute) as the engine names it. */
export function projectPath(root: string, file: string): string {
  return slashed(relative(root, file));
}

/**
 * The folder to analyse for a path (absolute, existing): its project's root, or, where that holds too many files to be one
 * project, the path's own folder.
 */
export function analysisRootOf(path: string, exclude: readonly ExcludeGlobs[] = []): string {
  const root = projectRootOf(path);
  const own = statSync(path).isDirectory() ? path : dirname(path);
  if (root === own) return root;
  return findPythonFiles(root, { exclude, limit: ROOT_FILE_LIMIT }).truncated ? own : root;
}
