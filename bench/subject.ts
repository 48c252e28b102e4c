/** A project to measure: its files, and the places in it where edits are made. Found by pattern, so that any project will do. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { findPythonFiles } from "../host/files.ts";
import { excludesOf, loadSettings } from "../host/settings.ts";
import { rules } from "../rules/index.ts";
import { headerIn } from "./edits.ts";

export interface Source {
  /** Relative to the project, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Subject {
  readonly root: string;
  readonly files: readonly Source[];
  readonly lines: number;
  /** A file of ordinary length that no other imports. */
  readonly leaf: Source;
  /** The function most files import, and another file that does. */
  readonly hub: { readonly file: Source; readonly name: string; readonly users: number; readonly user: Source };
  /** 5,000 lines with the hub in them: its own file where that is as long, otherwise with other files put behind it. */
  readonly large: Source;
}

const MIDDLE_LINES = 300;
export const LARGE_LINES = 5000;

/** Throws where the project has no function to type in. */
export function subjectIn(root: string): Subject {
  const files = pythonFiles(root).map(
    (path): Source => ({ path: relative(root, path).split("\\").join("/"), text: readFileSync(path, "utf8") }),
  );
  return subjectOf(root, files);
}

/** The same for files that need not be on disk. */
export function subjectOf(root: string, files: readonly Source[]): Subject {
  const hub = hubOf(files);
  return {
    root,
    files,
    lines: files.reduce((sum, { text }) => sum + linesIn(text), 0),
    leaf: leafOf(files),
    hub,
    large: largeWith(hub.file, files),
  };
}

/** Absolute paths of what a check of the folder reads. */
export function pythonFiles(root: string): readonly string[] {
  const settings = loadSettings({ rules, root, file: null, overrides: {} });
  return findPythonFiles(root, { exclude: excludesOf(settings) }).files;
}

/** Copies what a check reads, settings included, so that edits and what is kept between runs touch nobody's checkout. */
export function copyProject(root: string, to: string): void {
  const settings = readdirSync(root).filter((name) =>
    /\.(toml|cfg|ini)$|^requirements.*\.txt$|^setup\.py$|^manage\.py$/.test(name),
  );
  const files = [...settings.map((name) => join(root, name)), ...pythonFiles(root)];
  for (const file of files) {
    const copy = join(to, relative(root, file));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
  }
}

export function linesIn(text: string): number {
  return text.split("\n").length;
}

function leafOf(files: readonly Source[]): Source {
  const imported = new Set(
    files.flatMap(({ text }) =>
      [...text.matchAll(/^\s*(?:from|import) ([\w.]+)/gm)].map((m) => m[1]!.split(".").at(-1)!),
    ),
  );
  const isTest = (path: string): boolean =>
    /(^|\/)(tests?|conftest|migrations|alembic|scripts|tools)(\/|_|\.py)/.test(path);
  const candidates = files.filter(({ path, text }) => !isTest(path) && headerIn(text) !== null);
  const leaves = candidates.filter(({ path }) => !imported.has(path.replace(/\.py$/, "").split("/").at(-1)!));
  const distance = ({ text }: Source): number => Math.abs(linesIn(text) - MIDDLE_LINES);
  const [first] = [...(leaves.length > 0 ? leaves : candidates)].sort((a, b) => distance(a) - distance(b));
  if (!first) throw new Error("no file of the project has a function to type in");
  return first;
}

/** Of plain functions whose name is declared once, the one that most other files import by name. */
function hubOf(files: readonly Source[]): Subject["hub"] {
  const declared = new Map<string, Source | null>();
  for (const file of files)
    for (const [, name] of file.text.matchAll(/^def (\w{5,})\((?=[^()]*\)(?: -> [\w. |[\],]+)?:\n)/gm))
      declared.set(name!, declared.has(name!) ? null : file);
  const users = new Map<string, Source[]>();
  for (const file of files) {
    const imports = [...file.text.matchAll(/^from ([\w.]+) import (?:\(([^)]*)\)|(.*))/gm)].flatMap((m) =>
      ((m[2] ?? m[3]!).match(/\w+/g) ?? []).map((name) => [m[1]!, name] as const),
    );
    for (const [module, name] of new Map(imports.map((each) => [each[1], each])).values()) {
      const owner = declared.get(name);
      // A function may come by way of its package; something else of that name comes from elsewhere.
      const isOwn = owner?.path.replace(/\.py$/, "").split("/").includes(module.split(".").at(-1)!);
      if (owner && isOwn && owner !== file) users.set(name, [...(users.get(name) ?? []), file]);
    }
  }
  const [most] = [...users].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  if (!most) {
    const file = leafOf(files);
    return { file, name: /def (\w+)/.exec(file.text)![1]!, users: 0, user: file };
  }
  const [name, by] = most;
  const user = [...by].sort(
    (a, b) => Math.abs(linesIn(a.text) - MIDDLE_LINES) - Math.abs(linesIn(b.text) - MIDDLE_LINES),
  )[0]!;
  return { file: declared.get(name)!, name, users: by.length, user };
}

function largeWith(file: Source, files: readonly Source[]): Source {
  let { text } = file;
  for (const other of files) {
    if (linesIn(text) >= LARGE_LINES) break;
    if (other.path !== file.path && !/^from __future__/m.test(other.text)) text += `\n${other.text}`;
  }
  return { path: file.path, text };
}
