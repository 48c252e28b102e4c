/**
 * Which files and folders are left out: Git's ignore files, folders that never hold a project's own code, and the globs of the settings.
 *
 * Editor and command line ask here, so that they ignore the same files.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import picomatch from "picomatch";

/** Folders that hold other people's code, or none. */
export const DEFAULT_EXCLUDES: readonly string[] = [
  ".git",
  ".hg",
  ".svn",
  ".venv",
  "venv",
  ".env",
  "node_modules",
  "__pycache__",
  "__pypackages__",
  "site-packages",
  "dist-packages",
  ".eggs",
  ".tox",
  ".nox",
  ".mypy_cache",
  ".pytest_cache",
  ".ruff_cache",
];

/** Folders that hold what is built, where they stand beside what describes the build; elsewhere the name may mean anything. */
export const BUILD_FOLDERS: readonly string[] = ["build", "dist"];

const BUILD_FILES = ["pyproject.toml", "setup.py", "setup.cfg", "package.json"];

/** Whether a folder (absolute) never holds a project's own code, whatever the settings say; `root` is the folder that is searched. */
export function isForeign(folder: string, root: string): boolean {
  const name = basename(folder);
  if (DEFAULT_EXCLUDES.includes(name)) return true;
  if (BUILD_FOLDERS.includes(name)) {
    const around = dirname(folder);
    if (around === root || BUILD_FILES.some((file) => existsSync(join(around, file)))) return true;
  }
  // A virtual environment marks itself, whatever it is called.
  return existsSync(join(folder, "pyvenv.cfg"));
}

/** Globs with the folder (absolute) they are relative to. */
export interface ExcludeGlobs {
  readonly base: string;
  readonly globs: readonly string[];
}

/** Whether an absolute path is left out by a glob. A glob without a slash means that name at any depth, one with a slash a path from the base. */
export type IsExcluded = (absolute: string) => boolean;

export function compileGlobs(all: readonly ExcludeGlobs[]): IsExcluded {
  const matchers = all
    .filter(({ globs }) => globs.length > 0)
    .map(({ base, globs }) => {
      const cleaned = globs
        .map((glob) => glob.trim().replace(/\\/g, "/").replace(/^\.\//, "").replace(/\/+$/, ""))
        .filter(Boolean);
      const names = cleaned.filter((glob) => !glob.includes("/"));
      const paths = cleaned.filter((glob) => glob.includes("/")).map((glob) => glob.replace(/^\//, ""));
      const byName = picomatch(names, { dot: true });
      const byPath = picomatch(
        paths.flatMap((glob) => [glob, `${glob}/**`]),
        { dot: true },
      );
      return (absolute: string): boolean => {
        const path = slashed(relative(base, absolute));
        if (path === "" || path.startsWith("../")) return false;
        return (names.length > 0 && path.split("/").some((part) => byName(part))) || (paths.length > 0 && byPath(path));
      };
    });
  return (absolute) => matchers.some((matches) => matches(absolute));
}

/** Git's ignore files that apply in a folder, outermost first. A value: entering a folder gives the next one. */
export interface GitIgnores {
  /** Whether Git ignores a path (absolute). */
  ignores(absolute: string, isFolder: boolean): boolean;
  /** With the ignore file of `folder`, where it has one. */
  enter(folder: string): GitIgnores;
}

/** The ignore files from the Git top level down to `folder` (absolute); outside of a repository those from `root`, a folder above it, down. */
export function gitIgnoresFor(folder: string, root = folder): GitIgnores {
  const top = gitTopLevel(folder) ?? root;
  let layers: GitIgnores = new Layers(layerOf(top, join(top, ".git", "info", "exclude")));
  let current = top;
  layers = layers.enter(current);
  for (const part of relative(top, folder).split(sep).filter(Boolean)) {
    current = join(current, part);
    layers = layers.enter(current);
  }
  return layers;
}

/** The nearest folder upward that holds `.git`, or null. */
export function gitTopLevel(folder: string): string | null {
  for (let current = folder; ; ) {
    if (existsSync(join(current, ".git"))) return current;
    const parent = join(current, "..");
    if (parent === current) return null;
    current = parent;
  }
}

export function slashed(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}

interface Layer {
  readonly folder: string;
  readonly rules: IgnoreRules;
}

/**
 * The rules of one ignore file. Most of them name a word or an ending that no part of the path has and so say nothing about it; where there are hundreds, trying them all at each path would
 * cost more than the rest of the search.
 */
class IgnoreRules {
  private readonly all: Ignore;
  /** Those that may say something about any path. */
  private readonly open: Ignore;
  /** Words and endings of the others, in capitals, as rules are heeded whatever the case. */
  private readonly words = new Set<string>();

  constructor(text: string) {
    const lines = text.split(/\r?\n/);
    const open = lines.filter((line) => {
      const word = wordOf(line);
      if (word !== null) this.words.add(word);
      return word === null;
    });
    this.all = ignore({ allowRelativePaths: true }).add(lines);
    this.open = ignore({ allowRelativePaths: true }).add(open);
  }

  test(path: string): ReturnType<Ignore["test"]> {
    const isNamed = path
      .toUpperCase()
      .split("/")
      .some((part) => this.words.has(part) || endings(part).some((ending) => this.words.has(ending)));
    return (isNamed ? this.all : this.open).test(path);
  }
}

/** `.tar.gz` and `.gz` of `a.tar.gz`. */
function endings(part: string): readonly string[] {
  const found: string[] = [];
  for (let dot = part.indexOf("."); dot >= 0; dot = part.indexOf(".", dot + 1)) found.push(part.slice(dot));
  return found;
}

/** What a part of each path that the rule is about is called, or ends with from some dot on; null where it may be called anything. */
function wordOf(line: string): string | null {
  const last = line
    .trimEnd()
    .replace(/^!|\/+$/g, "")
    .replace(/^.*\//, "")
    .toUpperCase();
  if (/[\\[\]]/.test(last)) return null;
  if (!/[*?]/.test(last)) return last;
  return /\.[^*?]*$/.exec(last.replace(/^.*[*?]/, ""))?.[0] ?? null;
}

class Layers implements GitIgnores {
  private readonly layers: readonly Layer[];

  constructor(layers: readonly Layer[]) {
    this.layers = layers;
  }

  /** The innermost file that says something about the path decides. */
  ignores(absolute: string, isFolder: boolean): boolean {
    for (let i = this.layers.length - 1; i >= 0; i--) {
      const { folder, rules } = this.layers[i]!;
      const path = slashed(relative(folder, absolute));
      if (path === "" || path.startsWith("..")) continue;
      const verdict = rules.test(isFolder ? `${path}/` : path);
      if (verdict.ignored) return true;
      if (verdict.unignored) return false;
    }
    return false;
  }

  enter(folder: string): GitIgnores {
    const added = layerOf(folder, join(folder, ".gitignore"));
    return added.length === 0 ? this : new Layers([...this.layers, ...added]);
  }
}

function layerOf(folder: string, file: string): readonly Layer[] {
  try {
    return [{ folder, rules: new IgnoreRules(readFileSync(file, "utf8")) }];
  } catch {
    // Most folders have none; one that cannot be read is as good as none.
    return [];
  }
}
