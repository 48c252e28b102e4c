/**
 * `npm run try`: builds Holdfast and opens a VS Code with it on the sample project, for a person to look at.
 *
 *   npm run try -- [--host ADDRESS] [--port N] [FOLDER]
 *
 * The sample is opened as a fresh copy, so that fixes can be tried without changing the repository; a FOLDER that is named is
 * opened itself. `--host` and `--port` matter where the editor is served to a browser.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openEditor, SAMPLE_PROJECT } from "./editor-host/index.mjs";

const REPOSITORY = fileURLToPath(new URL("..", import.meta.url));
const SAMPLE_COPY = join(REPOSITORY, ".editor-host", "sample");
/** What is shown first, where the workspace has it. */
const FIRST_FILES = ["app/main.py", "main.py"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { host: { type: "string", default: "127.0.0.1" }, port: { type: "string", default: "0" } },
});

const named = positionals[0] && resolve(positionals[0]);
if (!existsSync(named ?? SAMPLE_PROJECT)) {
  console.error(`There is no folder ${named ?? SAMPLE_PROJECT}.`);
  process.exit(2);
}
const built = spawnSync(process.execPath, [join(REPOSITORY, "tools", "build.mjs")], {
  cwd: REPOSITORY,
  stdio: "inherit",
});
if (built.status !== 0) process.exit(built.status ?? 1);

if (!named) {
  await rm(SAMPLE_COPY, { recursive: true, force: true });
  await cp(SAMPLE_PROJECT, SAMPLE_COPY, { recursive: true });
}
const workspacePath = named ?? SAMPLE_COPY;
await openEditor({
  extensionPath: REPOSITORY,
  workspacePath,
  file: FIRST_FILES.find((file) => existsSync(join(workspacePath, file))),
  host: values.host,
  port: Number(values.port),
});
