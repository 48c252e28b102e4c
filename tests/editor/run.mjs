/**
 * Runs the editor suite: the built extension in a real VS Code, on a copy of a small backend.
 *
 *   node tests/editor/run.mjs [--extension DIR | --packed] [--web]
 *
 * With `--packed` the extension is packed and installed first, as people get it. With `--web` it runs in the browser, its server in a web worker, as where no machine
 * stands behind the editor.
 *
 * Needs `npm run build` before. What it installs and which VS Code it uses: see tools/editor-host/.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { build } from "esbuild";
import { runSuite } from "../../tools/editor-host/index.mjs";
import { removeFolder, temporaryFolder } from "../../tools/editor-host/surroundings.mjs";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const SCENARIOS = fileURLToPath(new URL("suite", import.meta.url));
/** The folders of the workspace, the sample backend first. */
const FOLDERS = { backend: "editor-workspace", jobs: "editor-second-folder" };
/** Inside the repository, where `require("mocha")` finds Mocha. */
const BUNDLES = join(REPOSITORY, ".editor-host", "suite");

/**
 * @param {{ extensionPath?: string, packed?: boolean, web?: boolean, print?: (line: string) => void }} [options]
 * @returns {Promise<{ passed: number, failed: number, skipped: number, failures: readonly string[], launcher: string }>} Rejects when no VS Code can be had, when the
 *   extension is not built, or when the suite dies before its end.
 */
export async function runEditorSuite({
  extensionPath = REPOSITORY,
  packed = false,
  web = false,
  print = console.log,
} = {}) {
  const { main } = JSON.parse(await readFile(join(extensionPath, "package.json"), "utf8"));
  if (!existsSync(join(extensionPath, main))) throw new Error(`${main} is not there; run "npm run build" first`);

  await bundleSuite();
  const folder = await temporaryFolder();
  for (const [name, fixture] of Object.entries(FOLDERS))
    await cp(join(REPOSITORY, "test-fixtures", fixture), join(folder, name), { recursive: true });
  const workspacePath = join(folder, "backend.code-workspace");
  await writeFile(workspacePath, JSON.stringify({ folders: Object.keys(FOLDERS).map((path) => ({ path })) }));
  try {
    const extension = packed ? await pack(extensionPath, join(folder, "holdfast.vsix")) : extensionPath;
    return await runSuite({
      extensionPath: extension,
      suitePath: join(BUNDLES, "index.cjs"),
      workspacePath,
      web,
      print,
    });
  } finally {
    await removeFolder(folder);
  }
}

/** Gives the path of the `.vsix`. */
async function pack(extensionPath, vsix) {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const options = { cwd: extensionPath, shell: process.platform === "win32" };
  await promisify(execFile)(npm, ["run", "package", "--", "--out", vsix], options);
  return vsix;
}

async function bundleSuite() {
  const scenarios = (await readdir(SCENARIOS)).filter((file) => file.endsWith(".editor.ts"));
  await rm(BUNDLES, { recursive: true, force: true });
  await build({
    entryPoints: ["index.ts", ...scenarios].map((file) => join(SCENARIOS, file)),
    outdir: BUNDLES,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
}

async function main() {
  const options = {
    extension: { type: "string", default: REPOSITORY },
    packed: { type: "boolean", default: false },
    web: { type: "boolean", default: false },
  };
  const { values } = parseArgs({ options });
  try {
    const { failed } = await runEditorSuite({ ...values, extensionPath: resolve(values.extension) });
    if (failed > 0) process.exitCode = 1;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
