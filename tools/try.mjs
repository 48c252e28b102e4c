/**
 * `npm run try`: builds Holdfast and opens a VS Code with it on the sample project, for a person to look at.
 *
 *   npm run try -- [--host ADDRESS] [--port N] [FOLDER]
 *
 * The sample is opened as a fresh copy, so that fixes can be tried without changing the repository; a FOLDER that is named is opened itself.
 * `--host` and `--port` matter where the editor is served to a browser; it listens on this machine only unless told otherwise.
 */
import { existsSync, statSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { installWhenNeeded, ROOT } from "./install.mjs";

const SAMPLES = ["sample", "editor-workspace"].map((name) => join(ROOT, "test-fixtures", name));
const SAMPLE_COPY = join(ROOT, ".editor-host", "sample");
/** What is shown first, where the workspace has it. */
const FIRST_FILES = ["app/main.py", "main.py", "src/main.py", "app.py", "manage.py"];
const EXIT_USAGE = 2;

const say = (line) => console.error(`holdfast: ${line}`);

async function main() {
  const options = readArguments();
  if (options === null) return EXIT_USAGE;

  installWhenNeeded(say);
  // Imported late, because they need what was just installed.
  const { build } = await import("./build.mjs");
  const { openEditor } = await import("./editor-host/index.mjs");
  await build({ say });

  const workspacePath = options.folder ?? (await freshSample());
  const file = FIRST_FILES.find((it) => existsSync(join(workspacePath, it)));
  await openEditor({
    extensionPath: ROOT,
    workspacePath,
    file,
    host: options.host,
    port: options.port,
    print: console.log,
  });
  return 0;
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

async function freshSample() {
  const sample = SAMPLES.find((it) => existsSync(it));
  await rm(SAMPLE_COPY, { recursive: true, force: true });
  await cp(sample, SAMPLE_COPY, { recursive: true });
  return SAMPLE_COPY;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
