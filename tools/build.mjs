/**
 * Turns the sources into what is shipped: `dist/client.js`, `dist/server.js` and `dist/cli.js` (each one CommonJS file; the last two start the `*.program.js`
 * beside them, see `host/launch.ts`), the two WebAssembly files of the parser, and `dist/knowledge.json`, the compiled library stubs. Also writes `rules/index.ts`, the list of rules.
 *
 * `npm start` and `npm test` call it every time, so it hashes its inputs first and does nothing where they are the same. It does not check types; `npm run check` does.
 *
 *   node tools/build.mjs              for working: with source maps
 *   node tools/build.mjs --package    for shipping: without
 *   node tools/build.mjs --force      even if nothing changed
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const DIST = join(ROOT, "dist");
const STAMP = join(DIST, ".stamp");
const SOURCE_FOLDERS = ["analysis", "cli", "client", "host", "knowledge", "lint", "rules", "server"];
const SOURCE_FILES = ["package.json", "package-lock.json", "tsconfig.json", "tools/build.mjs"];

const NODE = {
  platform: "node",
  target: "node20",
  format: "cjs",
  // CommonJS has no import.meta; modules that ask where they are get the bundle's own address.
  define: { "import.meta.url": "bundleUrl" },
  // Code that was kept (host/launch.ts) cannot import while it runs. It can require, but not in the form of the parser that is made for `import`.
  supported: { "dynamic-import": false },
  alias: { "web-tree-sitter": "./node_modules/web-tree-sitter/tree-sitter.cjs" },
};

const BROWSER = {
  platform: "browser",
  target: "es2022",
  define: { "import.meta.url": '"file:///holdfast/dist/server.js"' },
};

/** What Node has and a browser has not: paths as POSIX has them, the rest as far as the server needs it. */
const NODE_IN_BROWSER = {
  alias: {
    "node:path": "path-browserify",
    ...Object.fromEntries(
      ["fs", "module", "os", "url", "util"].map((name) => [`node:${name}`, "./server/web/node.ts"]),
    ),
  },
  inject: ["server/web/globals.ts"],
};

const BUNDLES = [
  { ...NODE, entry: "client/extension.ts", out: "client.js", external: ["vscode"] },
  { ...NODE, entry: "server/launch.ts", out: "server.js", external: [] },
  { ...NODE, entry: "server/main.ts", out: "server.program.js", external: [] },
  { ...NODE, entry: "cli/launch.ts", out: "cli.js", external: [], shebang: true },
  { ...NODE, entry: "cli/main.ts", out: "cli.program.js", external: [] },
  { ...BROWSER, entry: "client/web.ts", out: "web/client.js", format: "cjs", external: ["vscode"] },
  {
    ...BROWSER,
    ...NODE_IN_BROWSER,
    entry: "server/web/main.ts",
    out: "web/server.js",
    format: "iife",
    external: ["fs/promises", "module"],
  },
];

/**
 * Builds what is out of date. `packaging` leaves source maps out; a build without them also serves where they are not forbidden.
 * Gives whether anything was built. Throws with a readable message when the sources do not build.
 */
export async function build({ packaging = false, force = false, say = () => {} } = {}) {
  writeRuleIndex();
  const inputs = hashOfInputs();
  if (!force && isFresh(inputs, packaging)) return false;
  say("bundling client, server and command line");
  const outputs = await bundle(packaging, inputs, say);
  outputs.push(...parserFiles());
  say("compiling the library stubs");
  outputs.push(...(await compileStubs(say)));
  publish([...outputs, { name: basename(STAMP), content: JSON.stringify({ inputs, packaging }) }]);
  return true;
}

/**
 * Puts everything in place at the end and in one go, each file under another name first: whoever reads meanwhile finds an old file or a new one,
 * and of two builds at the same time one wins whole.
 */
function publish(outputs) {
  mkdirSync(join(DIST, "web"), { recursive: true });
  const written = outputs.map(({ name, content, mode = 0o644 }) => {
    const file = join(DIST, name);
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, content, { mode });
    return { temporary, file };
  });
  for (const { temporary, file } of written) renameSync(temporary, file);
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
  const line = `export const rules: readonly Rule[] = [${ids.map(identifier).join(", ")}];`;
  // As the formatter would have it.
  const list =
    line.length <= 120
      ? [line]
      : [line.slice(0, line.indexOf("[", line.indexOf("=")) + 1), ...ids.map((id) => `  ${identifier(id)},`), "];"];
  const lines = [
    "/** Every rule, found by its file. Written by tools/build.mjs; an edit here is lost. */",
    'import type { Rule } from "../lint/rule.ts";',
    ...ids.map((id) => `import { rule as ${identifier(id)} } from "./${id}.ts";`),
    "",
    ...list,
    "",
  ];
  const file = join(ROOT, "rules", "index.ts");
  const text = lines.join("\n");
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

/** The outputs of a build are `{ name, content, mode? }`, a name in `dist/` each. `build`: what tells it from other builds. */
async function bundle(packaging, build, say) {
  const esbuild = await import("esbuild");
  const outputs = [];
  for (const { entry, out, external, shebang, define, ...options } of BUNDLES) {
    if (!existsSync(join(ROOT, entry))) {
      say(`warning: ${entry} does not exist, dist/${out} is left out`);
      continue;
    }
    const { outputFiles } = await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: [entry],
      outfile: join(DIST, out),
      write: false,
      bundle: true,
      ...options,
      // Native modules cannot be bundled; where they are not installed the WebAssembly build of the parser is used.
      external: ["tree-sitter", "tree-sitter-python", ...external],
      sourcemap: packaging ? false : "linked",
      define: { ...define, "process.env.HOLDFAST_BUILD": JSON.stringify(build) },
      ...(options.platform === "node" && {
        banner: {
          js: `${shebang ? "#!/usr/bin/env node\n" : ""}const bundleUrl = require("node:url").pathToFileURL(__filename).href;`,
        },
      }),
      logLevel: "warning",
    });
    for (const { path, contents } of outputFiles) {
      outputs.push({
        name: relative(DIST, path),
        content: contents,
        mode: shebang && path.endsWith(".js") ? 0o755 : 0o644,
      });
    }
  }
  return outputs;
}

function parserFiles() {
  const require = createRequire(import.meta.url);
  const grammar = join(ROOT, "node_modules", "tree-sitter-python", "tree-sitter-python.wasm");
  if (!existsSync(grammar))
    throw new Error("tree-sitter-python is not installed; run `npm ci` without --omit=optional");
  return [
    { name: "tree-sitter.wasm", content: readFileSync(require.resolve("web-tree-sitter/tree-sitter.wasm")) },
    { name: "tree-sitter-python.wasm", content: readFileSync(grammar) },
  ];
}

async function compileStubs(say) {
  if (!existsSync(join(ROOT, "analysis", "knowledge", "index.ts"))) {
    say("warning: analysis/knowledge does not exist, dist/knowledge.json is left out");
    return [];
  }
  const { tsImport } = await import("tsx/esm/api");
  const analysis = await tsImport("../analysis/index.ts", import.meta.url);
  const folder = join(ROOT, "knowledge");
  const stubs = filesBelow(folder)
    .map((file) => ({ path: relative(folder, file).split(sep).join("/"), text: readFileSync(file, "utf8") }))
    .filter(({ path }) => path.endsWith(".pyi") && path !== "verbs.pyi");
  try {
    const [runtime, grammar] = parserFiles().map(({ content }) => content);
    const parser = await analysis.createWasmParser({ runtime, grammar });
    return [{ name: "knowledge.json", content: analysis.compileKnowledge(stubs, parser) }];
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
