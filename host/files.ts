/**
 * Finds the Python files of a folder.
 *
 * Follows symbolic links, but enters each real folder and takes each real file once, so loops end and nothing is checked twice. What cannot be read is reported, never thrown.
 * Stub files (`.pyi`) are not looked for: they hold no code that runs.
 */
import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import {
  compileGlobs,
  type ExcludeGlobs,
  type GitIgnores,
  gitIgnoresFor,
  type IsExcluded,
  isForeign,
} from "./exclude.ts";

/** Something people should know about a path (absolute): it was not read, or not as it claims. */
export interface Notice {
  readonly path: string;
  readonly message: string;
  /** Whether the file is missing from the check. */
  readonly skipped: boolean;
  /** Whether Holdfast is to blame. */
  readonly internal?: boolean;
}

export interface FoundFiles {
  /** Absolute paths, sorted. */
  readonly files: readonly string[];
  readonly notices: readonly Notice[];
  /** Whether the search ended early because there were more than `limit` files. */
  readonly truncated: boolean;
}

export interface FindOptions {
  readonly exclude: readonly ExcludeGlobs[];
  /** Root of the project (absolute), whose ignore files count even outside of a repository; the folder itself where left out. */
  readonly root?: string;
  /** Give up beyond this many files, or very many entries of folders that are no Python files. */
  readonly limit?: number;
}

/** The Python files below `folder` (absolute). */
export function findPythonFiles(folder: string, options: FindOptions): FoundFiles {
  const walk: Walk = {
    excluded: compileGlobs(options.exclude),
    searched: folder,
    root: existsSync(folder) ? realpathSync(folder) : folder,
    seen: new Set(),
    links: [],
    files: [],
    notices: [],
    entries: 0,
    limit: options.limit ?? Number.POSITIVE_INFINITY,
  };
  visit(folder, gitIgnoresFor(folder, options.root), walk);
  // Following one may find more of them.
  for (let link = walk.links.shift(); link; link = walk.links.shift()) follow(link.path, link.ignores, walk);
  walk.files.sort();
  return { files: walk.files, notices: walk.notices, truncated: isOver(walk) };
}

/** Whether a file of this name is Python source. */
export function isPythonFile(name: string): boolean {
  return /\.pyw?$/i.test(name);
}

/**
 * Whether finding would take the file (absolute path, below the absolute `folder`): for editors, which come to know files one by one.
 * Reads ignore files, so it is not free.
 */
export function isChecked(file: string, folder: string, exclude: readonly ExcludeGlobs[]): boolean {
  if (!isPythonFile(file) || compileGlobs(exclude)(file)) return false;
  const parts = file.slice(folder.length).split(/[\\/]/).filter(Boolean);
  let current = folder;
  let ignores = gitIgnoresFor(folder);
  for (const [index, part] of parts.entries()) {
    current = join(current, part);
    const isFolder = index < parts.length - 1;
    if (ignores.ignores(current, isFolder)) return false;
    if (!isFolder) return true;
    if (isForeign(current, folder)) return false;
    ignores = ignores.enter(current);
  }
  return true;
}

/** Why the operating system refused, for people. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "ENOENT":
      return "it does not exist";
    case "ENOTDIR":
      return "it is not a folder";
    case "ELOOP":
      return "its symbolic links go round in circles";
    case "EISDIR":
      return "it is a folder";
    case "ENAMETOOLONG":
      return "its path is too long";
    default:
      return code ?? (error instanceof Error ? error.message : String(error));
  }
}

interface Walk {
  /** The folder that is searched, as it was named. */
  readonly searched: string;
  /** The same without symbolic links. */
  readonly root: string;
  readonly excluded: IsExcluded;
  /** Real paths of the folders entered and of the files taken. */
  readonly seen: Set<string>;
  /** Symbolic links, followed when everything that stands in the folder itself is known: a file is named by its own path where both lead to it. */
  readonly links: { readonly path: string; readonly ignores: GitIgnores }[];
  readonly files: string[];
  readonly notices: Notice[];
  entries: number;
  readonly limit: number;
}

/** Entries looked at per file allowed: a search of somebody's home folder ends within seconds. */
const ENTRIES_PER_FILE = 20;

function isOver({ files, entries, limit }: Walk): boolean {
  return files.length > limit || entries > limit * ENTRIES_PER_FILE;
}

function visit(folder: string, ignores: GitIgnores, walk: Walk): void {
  let entries: Dirent[];
  let real: string;
  try {
    real = realpathSync(folder);
    if (walk.seen.has(real)) return;
    walk.seen.add(real);
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    walk.notices.push({ path: folder, message: `this folder cannot be read: ${reasonOf(error)}`, skipped: true });
    return;
  }
  for (const entry of entries) {
    walk.entries++;
    if (isOver(walk)) return;
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) walk.links.push({ path, ignores });
    else if (entry.isDirectory()) enter(path, ignores, walk);
    else if (entry.isFile()) take(path, join(real, entry.name), ignores, walk);
  }
}

function follow(link: string, ignores: GitIgnores, walk: Walk): void {
  if (walk.excluded(link)) return;
  try {
    const real = realpathSync(link);
    const target = statSync(real);
    // A link to a folder around the project would pull in what stands beside it.
    if (target.isDirectory() && !isInside(walk.root, real)) enter(link, ignores, walk);
    else if (target.isFile()) take(link, real, ignores, walk);
  } catch (error) {
    if (!isPythonFile(link) || ignores.ignores(link, false)) return;
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = missing ? "its target does not exist" : reasonOf(error);
    walk.notices.push({ path: link, message: `this symbolic link leads nowhere: ${reason}`, skipped: true });
  }
}

function enter(folder: string, ignores: GitIgnores, walk: Walk): void {
  if (walk.excluded(folder) || ignores.ignores(folder, true) || isForeign(folder, walk.searched)) return;
  visit(folder, ignores.enter(folder), walk);
}

function take(file: string, real: string, ignores: GitIgnores, walk: Walk): void {
  if (!isPythonFile(file) || walk.seen.has(real) || walk.excluded(file) || ignores.ignores(file, false)) return;
  walk.seen.add(real);
  walk.files.push(file);
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Sizes of files below a folder in bytes; of those that cannot be asked, 0. */
export function sizesOf(root: string, paths: readonly string[]): readonly number[] {
  return paths.map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.size ?? 0);
}
