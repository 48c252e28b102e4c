/**
 * What the extension host loads and runs: Mocha over every scenario beside this file (`*.editor.ts`, found by name).
 *
 * The scenarios see Holdfast through the `vscode` API alone, as a person's editor does. Results are appended to the file the launcher names, see
 * tools/editor-host/report.mjs; nothing is printed, because not every launcher can be listened to.
 */
import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";

const CASE_LIMIT_MS = 60_000;
/** So many failures without one success end the run. */
const HOPELESS = 3;

/** Called by VS Code. Resolves when all scenarios have passed, rejects when some failed or none could be run. */
export async function run(): Promise<void> {
  const report = process.env.HOLDFAST_EDITOR_REPORT;
  if (report === undefined)
    throw new Error("HOLDFAST_EDITOR_REPORT does not name a file: start this through tests/editor/run.mjs");
  const say = (event: object): void => appendFileSync(report, `${JSON.stringify(event)}\n`);

  let failed: number;
  try {
    failed = await runScenarios(say);
  } catch (error) {
    say({ event: "crash", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    throw error;
  }
  if (failed > 0) throw new Error(`${failed} failed`);
}

function runScenarios(say: (event: object) => void): Promise<number> {
  const scenarios = readdirSync(__dirname).filter((file) => file.endsWith(".editor.cjs"));
  if (scenarios.length === 0) throw new Error(`no scenarios in ${__dirname}`);

  const reporter = class {
    constructor(runner: Mocha.Runner) {
      reportTo(say, runner);
    }
  };
  const mocha = new Mocha({
    ui: "bdd",
    timeout: CASE_LIMIT_MS,
    reporter: reporter as unknown as Mocha.ReporterConstructor,
  });
  for (const scenario of scenarios.sort()) mocha.addFile(join(__dirname, scenario));
  return new Promise((resolve) => mocha.run(resolve));
}

function reportTo(say: (event: object) => void, runner: Mocha.Runner): void {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  runner.on("start", () => say({ event: "start", total: runner.total }));
  runner.on("pass", (test) => {
    counts.passed += 1;
    say({ event: "pass", title: test.titlePath(), milliseconds: test.duration ?? 0 });
  });
  runner.on("fail", (test, error: Error) => {
    counts.failed += 1;
    // An extension that does not work at all should not be waited for in every scenario.
    if (counts.passed === 0 && counts.failed === HOPELESS) runner.abort();
    say({ event: "fail", title: test.titlePath(), message: error.message, stack: error.stack ?? "" });
  });
  runner.on("pending", (test) => {
    counts.skipped += 1;
    say({ event: "skip", title: test.titlePath() });
  });
  runner.on("end", () => {
    const left = runner.total - counts.passed - counts.failed - counts.skipped;
    say({ event: "end", ...counts, left });
  });
}
