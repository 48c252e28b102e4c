/**
 * `npm start -- PATH...`: installs and builds where needed, then checks PATH. What follows `--` goes to `holdfast check` as it stands, and relative
 * paths mean what they mean where npm was called. Without arguments it checks the sample backend of this repository.
 *
 * Progress goes to stderr. The exit code is the check's own, except for the sample, where findings are what is expected.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { installWhenNeeded, ROOT } from "./install.mjs";

const SAMPLE = join("test-fixtures", "sample");
const EXIT_FINDINGS = 1;
const EXIT_INTERNAL = 3;

const say = (line) => console.error(`holdfast: ${line}`);

async function main(args) {
  installWhenNeeded(say);
  // Imported late, because it needs what was just installed.
  const { build } = await import("./build.mjs");
  await build({ say });
  const sample = args.length === 0;
  if (sample) say(`no path given, so this is the sample backend in ${SAMPLE}; \`npm start -- PATH\` checks yours`);
  const status = check(sample ? [SAMPLE] : args, sample ? ROOT : (process.env.INIT_CWD ?? process.cwd()));
  if (!sample) return status;
  if (status !== EXIT_FINDINGS) {
    say(`the sample should give findings (exit code ${EXIT_FINDINGS}), but the check ended with ${status}`);
    return status === 0 ? EXIT_INTERNAL : status;
  }
  return 0;
}

function check(args, folder) {
  const cli = join(ROOT, "dist", "cli.js");
  if (!existsSync(cli)) throw new Error("dist/cli.js was not built");
  const run = spawnSync(process.execPath, [cli, "check", ...args], { cwd: folder, stdio: "inherit" });
  return run.status ?? EXIT_INTERNAL;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = EXIT_INTERNAL;
}
