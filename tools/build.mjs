/**
 * Turns the sources into what is shipped: `dist/client.js`, `dist/server.js` and `dist/cli.js` (each one CommonJS file), the two
 * WebAssembly files of the parser, and `dist/knowledge.json`, the compiled library stubs. Also writes `rules/index.ts`, the list of rules.
 *
 * `npm start` and `npm test` call it every time, so it hashes its inputs first and does nothing where they are the same. It does not check types; `npm run check` does.
 *
 *   node tools/build.mjs              for working: with source maps
 *   node tools/build.mjs --package    for shipping: without
 *   node tools/build.mjs --force      even if nothing changed
 */
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const DIST = join(ROOT, "dist");
const STAMP = join(DIST, ".stamp");
const SOURCE_FOLDERS = ["analysis", "cli", "client", "host", "knowledge", "lint", "rules", "server"];
const SOURCE_FILES = ["package.json", "package-lock.json", "tsconfig.json", "tools/build.mjs"];

const BUNDLES = [
  { entry: "client/extension.ts", out: "client.js", external: ["vscode"] },
  { entry: "server/main.ts", out: "server.js", external: [] },
  { entry: "cli/main.ts", out: "cli.js", external: [], shebang: true },
];

/**
 * Builds what is out of date. `packaging` leaves source maps out; a build without them also serves where they are not forbidden.
 * Gives whether anything was built. Throws with a readable message when the sources do not build.
 */
export async function build({ packaging = false, force = false, say = () => {} } = {}) {
  writeRuleIndex();
  const inputs = hashOfInputs();
  if (!force && isFresh(inputs, packaging)) return false;
  mkdirSync(DIST, { recursive: true });
  say("bundling client, server and command line");
  await bundle(packaging, say);
  copyParserFiles();
  say("compiling the library stubs");
  await compileStubs(say);
  writeFileSync(STAMP, JSON.stringify({ inputs, packaging }));
  return true;
}

function isFresh(inputs, packaging) {
  if (!existsSync(STAMP)) return false;
  let stamp;
  try {
    stamp = JSON.parse(readFileSync(STAMP, "utf8"));
  } catch {
    return false;
  }
  const outputs = [...BUNDLES.map((each) => each.out), "knowledge.json", "tree-sitter.wasm", "tree-sitter-python.wasm"];
  return (
    stamp.inputs === inputs && (stamp.packaging || !packaging) && outputs.every((out) => existsSync(join(DIST, out)))
  );
}

function hashOfInputs() {
  const hash = createHash("sha256");
  const files = [
    ...SOURCE_FILES.map((file) => join(ROOT, file)),
    ...SOURCE_FOLDERS.flatMap((folder) => filesBelow(join(ROOT, folder))),
  ];
  for (const file of files) {
    if (existsSync(file)) hash.update(relative(ROOT, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/** All files below a folder, sorted, absolute. */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Lists every rule file in `rules/index.ts`; touches the file only when the list changes. */
function writeRuleIndex() {
  const ids = filesBelow(join(ROOT, "rules"))
    .map((file) => relative(join(ROOT, "rules"), file).split(sep).join("/"))
    .filter((path) => path.includes("/") && path.endsWith(".ts"))
    .map((path) => path.slice(0, -".ts".length))
    .sort();
  const identifier = (id) => id.replace(/[-/](.)/g, (_, letter) => letter.toUpperCase());
  const lines = [
    "/** Every rule, found by its file. Written by tools/build.mjs; an edit here is lost. */",
    'import type { Rule } from "../lint/rule.ts";',
    ...ids.map((id) => `import { rule as ${identifier(id)} } from "./${id}.ts";`),
    "",
    `export const rules: readonly Rule[] = [${ids.map(identifier).join(", ")}];`,
    "",
  ];
  const file = join(ROOT, "rules", "index.ts");
  const text = lines.join("\n");
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

async function bundle(packaging, say) {
  const esbuild = await import("esbuild");
  for (const { entry, out, external, shebang } of BUNDLES) {
    if (!existsSync(join(ROOT, entry))) {
      say(`warning: ${entry} does not exist, dist/${out} is left out`);
      continue;
    }
    const outfile = join(DIST, out);
    await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      // Native modules cannot be bundled; where they are not installed the WebAssembly build of the parser is used.
      external: ["tree-sitter", "tree-sitter-python", ...external],
      sourcemap: packaging ? false : "linked",
      // CommonJS has no import.meta; modules that ask where they are get the bundle's own address.
      define: { "import.meta.url": "bundleUrl" },
      banner: {
        js: `${shebang ? "#!/usr/bin/env node\n" : ""}const bundleUrl = require("node:url").pathToFileURL(__filename).href;`,
      },
      logLevel: "warning",
    });
    if (shebang) chmodSync(outfile, 0o755);
  }
}

function copyParserFiles() {
  const require = createRequire(import.meta.url);
  copyFileSync(require.resolve("web-tree-sitter/tree-sitter.wasm"), join(DIST, "tree-sitter.wasm"));
  const grammar = join(ROOT, "node_modules", "tree-sitter-python", "tree-sitter-python.wasm");
  if (!existsSync(grammar))
    throw new Error("tree-sitter-python is not installed; run `npm ci` without --omit=optional");
  copyFileSync(grammar, join(DIST, "tree-sitter-python.wasm"));
}

async function compileStubs(say) {
  if (!existsSync(join(ROOT, "analysis", "knowledge", "index.ts"))) {
    say("warning: analysis/knowledge does not exist, dist/knowledge.json is left out");
    return;
  }
  const { tsImport } = await import("tsx/esm/api");
  const analysis = await tsImport("../analysis/index.ts", import.meta.url);
  const folder = join(ROOT, "knowledge");
  const stubs = filesBelow(folder)
    .map((file) => ({ path: relative(folder, file).split(sep).join("/"), text: readFileSync(file, "utf8") }))
    .filter(({ path }) => path.endsWith(".pyi") && path !== "verbs.pyi");
  try {
    const parser = await analysis.createWasmParser({
      runtime: readFileSync(join(DIST, "tree-sitter.wasm")),
      grammar: readFileSync(join(DIST, "tree-sitter-python.wasm")),
    });
    writeFileSync(join(DIST, "knowledge.json"), analysis.compileKnowledge(stubs, parser));
  } catch (error) {
    if (error instanceof analysis.StubError) throw new Error(`knowledge/${error.message}`);
    throw error;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const flags = new Set(process.argv.slice(2));
  try {
    const say = (line) => console.error(`build: ${line}`);
    const built = await build({ packaging: flags.has("--package"), force: flags.has("--force"), say });
    console.error(built ? "build: done" : "build: nothing to do");
  } catch (error) {
    console.error(`build: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
