/**
 * `npm test`: everything. Installs and builds where needed, then formatting and lint, types, every suite in `tests/`, and the editor suite in a
 * real VS Code. Prints a row per suite as it ends, the failures below, and as its last line `N passed, N failed`.
 *
 *   npm test -- fixtures house      only suites whose name contains one of the words
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { installWhenNeeded, ROOT } from "./install.mjs";

const EDITOR_SUITE = join(ROOT, "tests", "editor", "run.mjs");
/** The same as in .mocharc.json. */
const CASE_LIMIT_MS = "60000";
const say = (line) => console.error(`holdfast: ${line}`);

async function main(words) {
  installWhenNeeded(say);
  const { build } = await import("./build.mjs");
  await build({ say });

  const suites = allSuites().filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  if (suites.length === 0) throw new Error(`no suite is called ${words.join(" or ")}`);
  const results = [];
  for (const suite of suites) {
    const started = performance.now();
    const result = { name: suite.name, ...(await outcomeOf(suite)), seconds: (performance.now() - started) / 1000 };
    results.push(result);
    console.log(row(result));
  }
  for (const { name, failures } of results) {
    for (const failure of failures) console.log(`\n--- ${name}: ${failure}`);
  }
  const passed = sum(results, "passed");
  const failed = sum(results, "failed");
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** A suite is a name and `run`, which gives `{passed, failed, failures, note?}`. */
function allSuites() {
  const bin = (name) => join(ROOT, "node_modules", ...name.split("/"));
  const suites = [
    {
      name: "format and lint",
      run: () => oneCheck([bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."]),
    },
    { name: "types", run: () => oneCheck([bin("typescript/bin/tsc"), "--noEmit"]) },
    ...testFiles().map((file) => ({
      name: relative(join(ROOT, "tests"), file).replace(/\.test\.ts$/, ""),
      run: () => mocha(file),
    })),
    { name: "editor", run: () => editorSuite({}) },
    { name: "editor in a browser, installed", run: () => editorSuite({ packed: true, web: true }) },
  ];
  return suites;
}

function testFiles() {
  return readdirSync(join(ROOT, "tests"), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join(ROOT, "tests", ...file.split(sep)))
    .sort();
}

async function outcomeOf(suite) {
  try {
    const outcome = await suite.run();
    if (outcome.passed + outcome.failed > 0 || outcome.passedOver?.length > 0) return outcome;
    return failure("no test ran");
  } catch (error) {
    return failure(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

const failure = (text) => ({ passed: 0, failed: 1, failures: [text] });

/** A program that passes or fails as a whole. */
async function oneCheck(command) {
  const { status, output } = await node(command);
  return status === 0 ? { passed: 1, failed: 0, failures: [] } : failure(output);
}

/** Says in its title why it was passed over, because something is not installed that people need not have. */
const HAS_REASON = /\(passed over: .+\)$/;

/** One test file in a process of its own. A test that was skipped without a word counts as failed: whoever reads `N passed` believes that everything ran. */
async function mocha(file) {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-test-"));
  const report = join(folder, "report.json");
  try {
    const mochaBin = join(ROOT, "node_modules", "mocha", "bin", "mocha.js");
    const { status, output } = await node([
      "--import",
      "tsx",
      mochaBin,
      // Settings of .mocharc.json would add every other test file to this one.
      "--no-config",
      "--timeout",
      CASE_LIMIT_MS,
      "--spec",
      file,
      "--reporter",
      "json",
      "--reporter-option",
      `output=${report}`,
    ]);
    if (!existsSync(report)) return failure(output);
    const { stats, failures, pending } = JSON.parse(readFileSync(report, "utf8"));
    const texts = [
      ...failures.map(({ fullTitle, err }) => `${fullTitle}\n${err.stack ?? err.message ?? "no reason given"}`),
      ...pending.filter(({ title }) => !HAS_REASON.test(title)).map(({ fullTitle }) => `${fullTitle}\nskipped`),
    ];
    const passedOver = pending.map(({ title }) => title).filter((title) => HAS_REASON.test(title));
    if (texts.length === 0 && status !== 0) texts.push(output);
    return { passed: stats.passes, failed: texts.length, failures: texts, passedOver, note: passedOver.join("; ") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function editorSuite(options) {
  if (!existsSync(EDITOR_SUITE)) throw new Error("tests/editor/run.mjs is missing");
  const { runEditorSuite } = await import("../tests/editor/run.mjs");
  const { passed, failed, failures, launcher } = await runEditorSuite(options);
  return { passed, failed, failures: failures ?? (failed > 0 ? ["see its output above"] : []), note: `in ${launcher}` };
}

/** Runs a Node program in the repository; resolves to its exit status and everything it printed. */
function node(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        output += text;
      });
    }
    child.on("close", (status) => resolve({ status: status ?? 1, output }));
  });
}

function row({ name, passed, failed, seconds, note }) {
  const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`;
  return `${failed === 0 ? "ok  " : "FAIL"} ${name.padEnd(28)}${counts} ${seconds.toFixed(1).padStart(7)} s${note ? `  ${note}` : ""}`;
}

function sum(results, field) {
  return results.reduce((total, result) => total + result[field], 0);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.log(`\n${error instanceof Error ? error.message : error}`);
  console.log("0 passed, 1 failed");
  process.exitCode = 1;
}
