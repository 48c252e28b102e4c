/** The benchmark runs, and the backend it generates is what it is said to be. What figures come out is no test. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Composition, compositionOf } from "../bench/composition.ts";
import { corpusOf } from "../bench/corpus/index.ts";
import { projectOf } from "./harness/checking.ts";
import { ROOT } from "./harness/fixture.ts";

const LINES = 30_000;

/** What lies between the least and the most of real backends of 30,000 to 860,000 lines, a little to either side. */
const LIKE_REAL_ONES: Readonly<Partial<Record<keyof Composition, readonly [least: number, most: number]>>> = {
  charactersPerLine: [30, 42],
  functionsPer1000Lines: [25, 60],
  classesPer1000Lines: [4.5, 19],
  importsPerFile: [5, 11],
  shareOfFilesWithoutFunctions: [0.05, 0.6],
  shareOfTestFileLines: [0.1, 0.5],
  shareOfAsyncFunctions: [0.25, 0.65],
  decoratorsPerFunction: [0.3, 0.55],
  callsPerFunction: [5, 9.5],
  methodCallsPerCall: [0.4, 0.7],
  awaitsPerAsyncFunction: [1.5, 2.5],
  branchesPerFunction: [0.6, 1.7],
  withsPerFunction: [0.07, 0.32],
  triesPerFunction: [0.05, 0.22],
  shareOfIrrelevantFiles: [0.2, 0.7],
};

describe("the generated backend", () => {
  const files = corpusOf(LINES);
  const python = files.filter(({ path }) => path.endsWith(".py"));

  it("is the same every time", () => {
    assert.deepEqual(corpusOf(LINES), files);
  });

  it("has each path once, and about as many lines as asked for", () => {
    assert.equal(new Set(files.map(({ path }) => path)).size, files.length);
    const lines = python.reduce((sum, { text }) => sum + text.split("\n").length, 0);
    assert.ok(lines > LINES * 0.8 && lines < LINES * 1.2, `${lines}`);
  });

  it("is Python", () => {
    const project = projectOf(python);
    for (const path of project.paths()) assert.deepEqual(project.file(path)!.errors, [], path);
  });

  it("is made of what real ones are made of", () => {
    const composition = compositionOf(python.map(({ path, text }) => [path, text]));
    for (const [key, [least, most]] of Object.entries(LIKE_REAL_ONES)) {
      const value = composition[key as keyof Composition] as number;
      assert.ok(value >= least && value <= most, `${key} is ${value}, and ${least} to ${most} in real ones`);
    }
  });
});

describe("npm run bench", () => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-test-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("prints a table with aims and the dearest parts, and writes all figures", function () {
    // It starts some thirty processes.
    this.timeout(240_000);
    const json = join(folder, "figures.json");
    const args = ["--lines", "2000", "--rounds", "1", "--no-growth", "--no-peers", "--json", json];
    const run = spawnSync(process.execPath, ["--import", "tsx", join(ROOT, "bench", "main.ts"), ...args], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, INIT_CWD: folder },
    });
    assert.equal(run.status, 0, run.stderr);
    for (const row of [
      "native, one thread",
      "cold, one worker",
      "warm, nothing changed",
      "key in a body, p50",
      "aims met",
    ])
      assert.ok(run.stdout.includes(row), `${row} in\n${run.stdout}`);
    assert.match(run.stdout, /the three largest costs, and the functions in them\n {2}1\. /);
    const [project] = (JSON.parse(readFileSync(json, "utf8")) as { projects: Record<string, unknown>[] }).projects;
    assert.deepEqual(Object.keys(project!).sort(), [
      "characters",
      "commandLine",
      "files",
      "lines",
      "name",
      "parse",
      "peers",
      "profile",
      "sections",
      "server",
    ]);
  });
});
