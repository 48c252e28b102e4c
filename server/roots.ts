/** Where the project of a path begins. */
import { dirname, relative, sep } from "node:path";
import { analysisRootOf } from "../host/project.ts";

/** Whether a path is a folder or lies below it (both absolute). */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !/^[a-z]:/i.test(way));
}

/** The root of the project around an existing path; null where nothing stands there. */
export function rootOf(path: string): string | null {
  try {
    return analysisRootOf(path);
  } catch {
    return null;
  }
}

/** The folder of a file, or the nearest one above that exists, with its root: a new file may stand in a folder that is still to be made. */
export function nearestRoot(file: string): { readonly folder: string; readonly root: string } {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const root = rootOf(folder);
    if (root !== null) return { folder, root };
    if (dirname(folder) === folder) return { folder, root: folder };
  }
}
