/**
 * The Python texts of a project as a commit, or the index, holds them. What is excluded today is excluded there, and what Git does not keep itself (submodules, links)
 * is taken as it lies on disk, so that it makes no difference.
 */
import { isAbsolute, join } from "node:path";
import type { FileChange, Project } from "../analysis/index.ts";
import type { ExcludeGlobs } from "./exclude.ts";
import { isChecked, isPythonFile } from "./files.ts";
import { contentsOf, filesOfCommit, filesOfIndex, type GitFile } from "./git.ts";
import { decodeSource } from "./text.ts";

export interface TextsRequest {
  /** Absolute. */
  readonly root: string;
  /** The project as it is now. */
  readonly project: Project;
  readonly exclude: readonly ExcludeGlobs[];
  /** Files (relative to the root) that belong to it even if excluded. */
  readonly named: ReadonlySet<string>;
}

/** The texts of a commit, by path; null: the empty tree, before the first commit. */
export function textsOfCommit(request: TextsRequest, commit: string | null): ReadonlyMap<string, string> {
  return textsOf(request, commit === null ? [] : filesOfCommit(request.root, commit));
}

/** The texts of the index, by path. */
export function textsOfIndex(request: TextsRequest): ReadonlyMap<string, string> {
  return textsOf(request, filesOfIndex(request.root));
}

/** What leads from a project to other texts. */
export function changesTo(texts: ReadonlyMap<string, string>, project: Project): readonly FileChange[] {
  const gone = project.paths().filter((path) => !texts.has(path));
  return [...gone.map((path) => ({ path, text: null })), ...[...texts].map(([path, text]) => ({ path, text }))];
}

function textsOf(
  { root, project, exclude, named }: TextsRequest,
  files: readonly GitFile[],
): ReadonlyMap<string, string> {
  const today = new Set(project.paths());
  const isTaken = (path: string): boolean =>
    today.has(path) || named.has(path) || (isPythonFile(path) && isChecked(join(root, path), root, exclude));
  const wanted = files.filter(({ path, kind }) => kind === "file" && isTaken(path));
  const contents = contentsOf(
    root,
    wanted.map(({ blob }) => blob),
  );
  const texts = new Map<string, string>();
  for (const { path, blob } of wanted) {
    const bytes = contents.get(blob);
    const source = bytes && decodeSource(bytes);
    if (!source || "refused" in source) continue;
    const current = project.file(path)?.text;
    // Git may keep other line ends than it writes to disk.
    const same = current !== undefined && evenLineEnds(current) === evenLineEnds(source.text);
    texts.set(path, same ? current : source.text);
  }
  const foreign = files.filter(({ kind }) => kind !== "file").map(({ path }) => path);
  for (const path of today) {
    if (
      isAbsolute(path) ||
      path.startsWith("../") ||
      foreign.some((each) => path === each || path.startsWith(`${each}/`))
    ) {
      texts.set(path, project.file(path)!.text);
    }
  }
  return texts;
}

function evenLineEnds(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
}
