/**
 * `npm run try`: builds Holdfast and opens a VS Code with it on the sample project, for a person to look at.
 *
 *   npm run try -- [--host ADDRESS] [--port N] [FOLDER]
 *
 * The sample is opened as a fresh copy, so that fixes can be tried without changing the repository; a FOLDER that is named is opened itself.
 * `--host` and `--port` matter where the editor is served to a browser; it listens on this machine only unless told otherwise.
 */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { cp } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { installWhenNeeded, ROOT } from "./install.mjs";

const SAMPLES = ["sample", "editor-workspace"].map((name) => join(ROOT, "test-fixtures", name));
/** How long looking for something to show first may take. */
const LOOK_LIMIT_MS = 20_000;
const EXIT_USAGE = 2;

const say = (line) => console.error(`holdfast: ${line}`);

async function main() {
  const options = readArguments();
  if (options === null) return EXIT_USAGE;

  installWhenNeeded(say);
  // Imported late, because they need what was just installed.
  const { build } = await import("./build.mjs");
  const { openEditor } = await import("./editor-host/index.mjs");
  const { removeFolder, temporaryFolder } = await import("./editor-host/surroundings.mjs");
  await build({ say });

  const temporary = await temporaryFolder();
  try {
    const workspacePath = options.folder ?? (await copyOfSample(temporary));
    const place = firstFinding(workspacePath);
    const { host, port } = options;
    await openEditor({ extensionPath: ROOT, workspacePath, place, host, port, print: console.log });
    return 0;
  } finally {
    await removeFolder(temporary);
  }
}

/** What was asked for; null, with the reason said, where that makes no sense. */
function readArguments() {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: { host: { type: "string", default: "127.0.0.1" }, port: { type: "string", default: "0" } },
    });
  } catch (error) {
    say(error.message);
    return null;
  }
  const { values, positionals } = parsed;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    say(`--port ${values.port} is no port`);
    return null;
  }
  const folder = positionals[0] && resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0]);
  if (folder && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    say(`there is no folder ${folder}`);
    return null;
  }
  return { folder, host: values.host, port };
}

/** A copy that is not inside this repository: what git ignores there, Holdfast would too. */
async function copyOfSample(folder) {
  const sample = SAMPLES.find((it) => existsSync(it));
  const copy = join(folder, basename(sample));
  await cp(sample, copy, { recursive: true });
  return copy;
}

/** Where the command line finds something first; undefined where it does not, or not soon. */
function firstFinding(folder) {
  const cli = join(ROOT, "dist", "cli.js");
  const args = [cli, "check", "--output-format", "json"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, timeout: LOOK_LIMIT_MS, maxBuffer: 1 << 28 });
  try {
    const [{ file, range }] = JSON.parse(String(stdout)).diagnostics;
    return { file, line: range.start.line, column: range.start.column };
  } catch {
    return undefined;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
