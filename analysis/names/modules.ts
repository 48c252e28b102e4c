/**
 * From the name of an import to a file of the project.
 *
 * Without running Python nobody knows its search path, so it is guessed the way people lay out projects: a name is looked up
 * from each folder that may be a source root, those nearest to the importing file first. A name that a library stub knows
 * is the project's own only where a declared root says so; otherwise a project's `wallets/redis.py` would swallow `import redis`. A name that the
 * project's own stubs know may be of the project, too, where it stands in a folder around the importing file.
 */

/** All modules of a project, by where they can be imported from. */
export interface ModuleMap {
  /** The file that `name` means when imported absolutely in `importer`, or undefined. */
  find(name: string, importer: string): string | undefined;
  /** The folder of modules without `__init__.py` that `name` means in `importer`, or undefined. */
  namespace(name: string, importer: string): string | undefined;
  /** The file, or the folder without `__init__.py`, that is the module `name` inside `folder`. */
  inside(folder: string, name: string): { readonly file: string } | { readonly folder: string } | null;
}

/** Dotted name of a file below `root` ("" or a folder): `a/b/__init__.py` is `a.b`. */
export function dottedName(path: string, root: string): string {
  let inner = root === "" ? path : path.slice(root.length + 1);
  inner = inner.replace(/\.pyi?$/, "").replace(/(^|\/)__init__$/, "");
  return inner.split("/").join(".");
}

/** The folder from which a file is most likely imported: the nearest declared root, else the folder above its topmost package. */
export function rootOf(path: string, roots: readonly string[], hasInit: (folder: string) => boolean): string {
  let folder = parentOf(path);
  while (folder !== "" && hasInit(folder)) folder = parentOf(folder);
  let best = "";
  for (const root of roots)
    if (root !== "" && (path === root || path.startsWith(`${root}/`)) && root.length > best.length) best = root;
  if (folder === best || folder === "" || folder.length < best.length) return folder;
  const topHasInit = hasInit(parentOf(path));
  return topHasInit ? folder : best;
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** Whose stub describes a library: ours or the project's own; null where there is none. */
export type LibraryKind = "shipped" | "in-house" | null;

/** `libraryOf` says of a top-level name whether it belongs to a known library. */
export function moduleMap(
  paths: ReadonlySet<string>,
  roots: readonly string[],
  libraryOf: (topLevel: string) => LibraryKind,
): ModuleMap {
  const folders = new Set<string>();
  /** Last part of a module's name to the folders it stands in. */
  const byFirstPart = new Map<string, Set<string>>();
  const note = (name: string, folder: string): void => {
    const list = byFirstPart.get(name);
    if (list) list.add(folder);
    else byFirstPart.set(name, new Set([folder]));
  };
  for (const path of paths) {
    let folder = parentOf(path);
    const file = path.slice(folder === "" ? 0 : folder.length + 1).replace(/\.pyi?$/, "");
    if (file !== "__init__") note(file, folder);
    while (folder !== "" && !folders.has(folder)) {
      folders.add(folder);
      const parent = parentOf(folder);
      note(folder.slice(parent === "" ? 0 : parent.length + 1), parent);
      folder = parent;
    }
  }
  const hasInit = (folder: string): boolean => paths.has(`${folder}/__init__.py`);
  const declared = new Set(["", "src", ...roots]);
  const cache = new Map<string, string | undefined>();

  const folderOf = (root: string, name: string): string => (root === "" ? "" : `${root}/`) + name.split(".").join("/");
  const at = (root: string, name: string): string | undefined => {
    const base = folderOf(root, name);
    if (paths.has(`${base}.py`)) return `${base}.py`;
    if (paths.has(`${base}/__init__.py`)) return `${base}/__init__.py`;
    return undefined;
  };
  const isFolder = (root: string, name: string): boolean => folders.has(folderOf(root, name));

  /** Roots from which the first part of `name` can be seen, best first. */
  const candidates = (name: string, importer: string): string[] => {
    const first = name.split(".", 1)[0]!;
    const homes = byFirstPart.get(first);
    if (!homes) return [];
    const library = libraryOf(first);
    const own = parentOf(importer);
    const shared = (folder: string): number =>
      folder === "" ? 0 : own === folder || own.startsWith(`${folder}/`) ? folder.length : -1;
    const usable = [...homes].filter((folder) => {
      if (declared.has(folder)) return true;
      if (library === "shipped" || (library === "in-house" && shared(folder) < 0)) return false;
      return !hasInit(folder);
    });
    return usable.sort((a, b) => shared(b) - shared(a) || a.length - b.length || (a < b ? -1 : 1));
  };

  return {
    find(name, importer) {
      const key = `${parentOf(importer)}\n${name}`;
      if (cache.has(key)) return cache.get(key);
      let found: string | undefined;
      for (const root of candidates(name, importer)) {
        found = at(root, name);
        if (found || isFolder(root, name)) break;
      }
      cache.set(key, found);
      return found;
    },
    namespace(name, importer) {
      const root = candidates(name, importer).find((each) => isFolder(each, name));
      return root === undefined ? undefined : folderOf(root, name);
    },
    inside(folder, name) {
      const file = at(folder, name);
      if (file) return { file };
      return isFolder(folder, name) ? { folder: folderOf(folder, name) } : null;
    },
  };
}

/** Whether a file is one of tests, by its path, as pytest and unittest find them. */
export function isTest(path: string): boolean {
  return /(^|\/)(tests?\/|(test_[^/]*|[^/]*_test|conftest)\.py$)/.test(path);
}
