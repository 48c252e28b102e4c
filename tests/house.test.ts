/**
 * The house keeps the shape ARCHITECTURE.md gives it. The table of allowed imports is read from that page, so that page and test cannot disagree.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import ts from "typescript";
import { rules } from "../rules/index.ts";
import { ROOT } from "./harness/fixture.ts";

const SOURCE_FOLDERS = ["analysis", "bench", "cli", "client", "host", "lint", "rules", "server", "tests", "tools"];
const PURE_FOLDERS = ["analysis", "lint", "rules"];
/** What reaches for the world outside: the clock, chance, the environment, the network, timers. */
const IMPURE = new Set(["Date", "process", "performance", "fetch", "console", "setTimeout", "setInterval", "crypto"]);
const FORBIDDEN_FOLDERS = new Set([
  "utils",
  "util",
  "common",
  "shared",
  "helpers",
  "core",
  "service",
  "manager",
  "misc",
]);
const MOST_LINES = 450;
/** Hand-written files that may be longer, with the reason. */
const LONG_FILES: ReadonlyMap<string, string> = new Map([
  ["tests/server.test.ts", "a list of conversations, each of which stands alone"],
]);
/** What fixes write into people's files, because whoever needs the fix has it. */
const NAMES_FIXES_WRITE = ["asyncio", "contextlib", "typing", "pydantic"];

const table = importTable(readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8"));
const sources = SOURCE_FOLDERS.flatMap(filesBelow);
const scripts = sources.filter((file) => /\.(ts|mjs)$/.test(file));

describe("the house", () => {
  it("has a row in the table of allowed imports for every source file", () => {
    assert.deepEqual(
      scripts.filter((file) => !partOf(file)),
      [],
    );
  });

  it("imports only in the directions ARCHITECTURE.md allows", () => {
    const forbidden = scripts.flatMap((file) =>
      importsOf(file)
        .filter((target) => !mayImport(file, target))
        .map((target) => `${file} imports ${target}`),
    );
    assert.deepEqual(forbidden, []);
  });

  it("keeps the engine, the lint core and the rules pure", () => {
    const impure = scripts
      .filter((file) => PURE_FOLDERS.includes(file.split("/")[0]!))
      .flatMap((file) => [
        ...importsOf(file).filter((target) => target.startsWith("node:")),
        ...outsideNames(file).map((name) => `${file} uses ${name}`),
      ]);
    assert.deepEqual(impure, []);
  });

  it("lets one folder alone know the parser, the protocol, the editor and the disk", () => {
    const owners: readonly (readonly [RegExp, readonly string[]])[] = [
      [/^(web-)?tree-sitter/, ["analysis/syntax/"]],
      [/^vscode-languageserver(?!-textdocument)/, ["server/"]],
      [/^vscode$|^vscode-languageclient/, ["client/"]],
      [/^node:fs/, ["host/"]],
    ];
    const product = scripts.filter((file) => !/^(tests|tools|bench)\//.test(file));
    const trespassers = product.flatMap((file) =>
      importsOf(file).flatMap((target) =>
        owners
          .filter(([name, folders]) => name.test(target) && !folders.some((folder) => file.startsWith(folder)))
          .map(() => `${file} imports ${target}`),
      ),
    );
    assert.deepEqual(trespassers, []);
  });

  it("finds every rule where its id says", () => {
    const files = filesBelow("rules").filter((file) => file.split("/").length > 2);
    assert.deepEqual(
      rules.map((rule) => `rules/${rule.id}.ts`),
      files,
    );
  });

  it("names no library in a rule", () => {
    const named = filesBelow("rules")
      .filter((file) => file.split("/").length > 2)
      .flatMap((file) => librariesNamedIn(file).map((name) => `${file} names ${name}`));
    assert.deepEqual(named, []);
  });

  it("has rule fixtures with near misses for every rule", () => {
    const without = rules.filter((rule) => {
      const texts = filesBelow(`test-fixtures/rules/${rule.id}`).map((file) => readFileSync(join(ROOT, file), "utf8"));
      return (
        !texts.some((text) => text.includes("# >> quiet")) || !texts.some((text) => text.includes(`>> ${rule.id}`))
      );
    });
    assert.deepEqual(
      without.map((rule) => rule.id),
      [],
    );
  });

  it("keeps files small enough to hold in the head", () => {
    const long = scripts
      .filter((file) => !LONG_FILES.has(file))
      .map((file) => ({ file, lines: readFileSync(join(ROOT, file), "utf8").split("\n").length - 1 }))
      .filter(({ lines }) => lines > MOST_LINES)
      .map(({ file, lines }) => `${file} has ${lines} lines, ${MOST_LINES} are allowed`);
    assert.deepEqual(long, []);
  });

  it("gives every folder a name that says what is in it", () => {
    const vague = sources.filter((file) =>
      dirname(file)
        .split("/")
        .some((folder) => FORBIDDEN_FOLDERS.has(folder)),
    );
    assert.deepEqual(vague, []);
  });
});

interface Part {
  /** Folder or file. */
  readonly path: string;
  readonly imports: readonly string[];
  /** Packages; `node:*` stands for all of Node. */
  readonly packages: readonly string[];
}

/** The rows of the table whose header starts with `| Part | May import |`. "everything" in a cell is written `*`. */
function importTable(page: string): Part[] {
  const lines = page.split("\n");
  const head = lines.findIndex((line) => /^\| Part +\| May import +\|/.test(line));
  assert.ok(head >= 0, "ARCHITECTURE.md has no table of allowed imports");
  const end = lines.findIndex((line, index) => index > head && !line.startsWith("|"));
  return lines.slice(head + 2, end).map((line) => {
    const [part = "", imports = "", packages = ""] = line.split("|").slice(1);
    return { path: namesIn(part)[0]!, imports: namesIn(imports), packages: namesIn(packages) };
  });
}

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
}

/** The most specific row that covers a file. */
function partOf(file: string): Part | undefined {
  return table.filter(({ path }) => covers(path, file)).sort((a, b) => b.path.length - a.path.length)[0];
}

function mayImport(file: string, target: string): boolean {
  const part = partOf(file);
  if (!part) return false;
  if (target.startsWith("./")) {
    const path = target.slice(2);
    return part.imports.includes("*") || [part.path, ...part.imports].some((allowed) => covers(allowed, path));
  }
  return part.packages.some((name) => {
    if (name === "*") return true;
    if (name === "node:*") return target.startsWith("node:");
    return target === name || target.startsWith(`${name}/`);
  });
}

const covers = (path: string, file: string): boolean => path === file || file.startsWith(`${path}/`);

/** What a file imports: `./analysis/index.ts` for own files (from the root), names for packages. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), "utf8"), true, true);
  return importedFiles.map(({ fileName }) =>
    fileName.startsWith(".") ? `./${posix.join(posix.dirname(file), fileName)}` : fileName,
  );
}

/** Names of the world outside that a file uses as a variable, plus `Math.random`. */
function outsideNames(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isIdentifier(node) && IMPURE.has(node.text) && !isOwnName(node)) found.push(node.text);
    if (ts.isPropertyAccessExpression(node) && /^Math\.random$/.test(node.getText())) found.push("Math.random");
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return found;
}

/** Whether an identifier is the name of a member or of something declared right here. */
function isOwnName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return (
    (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertySignature(parent)) &&
    parent.name === node
  );
}

/** Libraries of `knowledge/` that appear in string constants of a rule outside what is written for people. */
function librariesNamedIn(file: string): string[] {
  const libraries = filesBelow("knowledge")
    .filter((path) => path.endsWith(".pyi") && path !== "knowledge/verbs.pyi")
    .map((path) => ({ name: posix.basename(path, ".pyi"), standard: path.includes("/stdlib/") }))
    .filter(({ name }) => !NAMES_FIXES_WRITE.includes(name));
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ["docs", "help"].includes(node.name.getText())) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      for (const { name, standard } of libraries) {
        // Modules of the standard library are words of English ("time", "queue"): only `time.sleep` names one.
        if (new RegExp(standard ? `\\b${name}\\.\\w` : `\\b${name}\\b`).test(node.text)) found.push(name);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return found;
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(ROOT, file), "utf8"), ts.ScriptTarget.Latest, true);
}

/** Files below a folder of the repository, as paths from the root with forward slashes, sorted; empty where there is none. */
function filesBelow(folder: string): string[] {
  let entries: ReturnType<typeof readEntries>;
  try {
    entries = readEntries(join(ROOT, folder));
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true, recursive: true });
}
