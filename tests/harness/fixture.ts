/** Fixtures on disk: a Python file, or a folder that is a project, below `test-fixtures/`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileChange } from "../../analysis/index.ts";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const FIXTURES = join(ROOT, "test-fixtures");

export interface Fixture {
  /** `rules/async/blocking-call/direct-calls`, the path below `test-fixtures/` without extension. */
  readonly name: string;
  /** The rule whose fixes are tried; null for fixtures of the engine. */
  readonly rule: string | null;
  /** Paths as the project sees them, sorted. */
  readonly files: readonly SourceFile[];
  /** Files as they are after the first fix of each finding of the rule, for those that state it. */
  readonly after: ReadonlyMap<string, SourceFile>;
}
export interface SourceFile extends FileChange {
  readonly text: string;
  /** Where it is on disk. */
  readonly source: string;
}

const AFTER = ".after.py";

/** Every fixture below `test-fixtures/rules` and `test-fixtures/engine`. */
export function allFixtures(): Fixture[] {
  return [...ruleFolders().flatMap(({ folder, rule }) => fixturesIn(folder, rule)), ...fixturesIn("engine", null)];
}

/** The Python files of a folder as a project sees them. */
export function projectIn(folder: string): SourceFile[] {
  return pythonFilesBelow(folder).map((source) => ({
    path: relative(folder, source).split(sep).join("/"),
    text: readFileSync(source, "utf8"),
    source,
  }));
}

function ruleFolders(): { folder: string; rule: string }[] {
  return subfolders("rules").flatMap((family) =>
    subfolders(`rules/${family}`).map((name) => ({ folder: `rules/${family}/${name}`, rule: `${family}/${name}` })),
  );
}

function fixturesIn(folder: string, rule: string | null): Fixture[] {
  const path = join(FIXTURES, ...folder.split("/"));
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || (entry.name.endsWith(".py") && !entry.name.endsWith(AFTER)))
    .map((entry) => {
      const name = entry.name.replace(/\.py$/, "");
      const sources = entry.isDirectory()
        ? projectIn(join(path, entry.name))
        : projectIn(path).filter((file) => file.path === entry.name || file.path === `${name}${AFTER}`);
      return {
        name: `${folder}/${name}`,
        rule,
        files: sources.filter((file) => !file.path.endsWith(AFTER)),
        after: new Map(
          sources
            .filter((file) => file.path.endsWith(AFTER))
            .map((file) => [file.path.replace(/\.after\.py$/, ".py"), file]),
        ),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function subfolders(folder: string): string[] {
  const path = join(FIXTURES, ...folder.split("/"));
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function pythonFilesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".py"))
    .map((file) => join(folder, file))
    .sort();
}
