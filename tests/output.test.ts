/** Where reports go and which one it is when nobody asked: several at once, files whole or untouched, agents, and answers to `--verify`. */
import assert from "node:assert/strict";
import { lstatSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { AGENT_VARIABLES } from "../cli/agents.ts";
import { eachWithFolder } from "./harness/folder.ts";

const SLEEPS = "import time\n\n\nasync def pause():\n    time.sleep(1)\n";
const FILES = { "pyproject.toml": "[project]\nname = 'x'\n", "a.py": SLEEPS };

describe("reports", () => {
  const folder = eachWithFolder();
  beforeEach(() => folder.lay(FILES));
  const check = (...args: readonly string[]) => folder.holdfast(["check", ...args]);

  it("go to files and to the terminal at once, with the exit code of the check", () => {
    const run = check("--output", "sarif=out.sarif", "--output", "json=out.json", "--output", "github");
    assert.equal(run.status, 1);
    assert.equal(run.stderr, "");
    assert.match(run.stdout, /^::warning file=a\.py,/);
    assert.equal(JSON.parse(folder.read("out.sarif")).version, "2.1.0");
    assert.equal(JSON.parse(folder.read("out.json")).diagnostics.length, 1);
    assert.equal(check("--output", "sarif=out.sarif", "--fail-on", "never").status, 0);
  });

  it("are printed for people beside files, so that the log says why", () => {
    assert.match(check("--output", "json=out.json").stdout, /^a\.py:5:5 {2}warning\[async\/blocking-call\]/);
  });

  it("say how many findings can be fixed, and by which option", () => {
    const load = "import requests\n\n\nasync def load(url):\n    requests.get(url)\n";
    folder.lay({ "a.py": `${SLEEPS}    time.sleep(2)\n`, "b.py": load });
    assert.match(
      check("--statistics").stdout,
      /^ {5}3 {2}async\/blocking-call {2}2 with a safe fix, 1 with an unsafe fix$/m,
    );
    assert.match(check().stdout, /^2 can be fixed with --fix, 1 more with --unsafe-fixes\.$/m);
    assert.match(check("b.py").stdout, /^1 can be fixed with --fix --unsafe-fixes\.$/m);
    assert.match(check("a.py").stdout, /^2 can be fixed with --fix\.$/m);
  });

  it("are written beside statistics, which are printed", () => {
    const run = check("--statistics", "--output", "json=out.json");
    assert.match(run.stdout, /async\/blocking-call/);
    assert.doesNotMatch(run.stdout, /a\.py/);
    assert.equal(JSON.parse(folder.read("out.json")).diagnostics.length, 1);
  });

  it("take the place of old files whole, and leave nothing beside them", () => {
    folder.lay({ "out.json": "old ".repeat(10_000) });
    symlinkSync("out.json", join(folder.path, "link.json"));
    check("--output", "json=link.json");
    assert.equal(JSON.parse(folder.read("out.json")).version, 1);
    assert.ok(lstatSync(join(folder.path, "link.json")).isSymbolicLink());
    assert.deepEqual(
      readdirSync(folder.path).filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  it("may be thrown away into a device", () => {
    if (process.platform === "win32") return;
    assert.equal(check("--output", "json=/dev/null").status, 1);
    assert.ok(lstatSync("/dev/null").isCharacterDevice());
  });

  it("say before the check that a file cannot be written, and what to do", () => {
    folder.lay({ "reports/x": "" });
    const refusals: readonly (readonly [readonly string[], RegExp])[] = [
      [["--output", "json=no/such/out.json"], /there is no folder no\/such; make it first: `mkdir -p no\/such`/],
      [["--output", "json=reports"], /reports is a folder; name a file in it/],
      [["--output", "json="], /a file is missing after the "="/],
      [["--output", "jsno"], /there is no output format "jsno"; there are full, concise, /],
      [
        ["--output", "json", "--output", "github"],
        /only one report can be printed, not json and github; .*`--output github=FILE`/,
      ],
      [["--output-format", "json", "--output", "sarif=-"], /only one report can be printed, not json and sarif/],
      [["--output", "json=x", "--output", "sarif=./x"], /two reports would be written to x/],
      [["--diff", "--output", "json=x"], /--diff prints changes and no report; leave --output and --output-format out/],
      [["--statistics", "--output", "json"], /write that to a file: `--output json=FILE`/],
    ];
    for (const [args, message] of refusals) {
      const run = check(...args);
      assert.equal(run.status, 2, args.join(" "));
      assert.equal(run.stdout, "");
      assert.match(run.stderr, message);
    }
  });

  it("that cannot be written are a usage error with the reason, and leave nothing", () => {
    const run = check("--output", `json=${"x".repeat(300)}`);
    assert.equal(run.status, 2);
    assert.match(run.stderr, /^holdfast: x{300}: the report is not written: /);
    assert.deepEqual(readdirSync(folder.path).sort(), [".holdfast-cache", "a.py", "pyproject.toml"]);
  });

  describe("where an agent runs the command", () => {
    const underAgent = (env: Readonly<Record<string, string>>, ...args: readonly string[]): string =>
      folder.holdfast(["check", ...args], env).stdout;

    it("are terse, with the fingerprint and the fix", () => {
      for (const name of AGENT_VARIABLES) {
        const lines = underAgent({ [name]: "1" }).split("\n");
        assert.match(lines[0]!, /^a\.py:5:5: warning\[async\/blocking-call\] .* \{[0-9a-f]+\}$/, name);
        assert.equal(lines[1], "  fix: Await asyncio.sleep instead (--fix does it)");
      }
    });

    it("are what was asked for, where something was", () => {
      assert.match(underAgent({ CLAUDECODE: "1" }, "--output-format", "full"), / \| {5}time\.sleep\(1\)/);
      assert.match(underAgent({ CLAUDECODE: "1" }, "--output", "concise"), /instead\nFound 1 problem/);
    });

    it("stay as they are where the variable says no", () => {
      for (const value of ["", "0", "false"]) assert.match(underAgent({ AGENT: value }), / \| {5}time\.sleep\(1\)/);
    });
  });
});

describe("--verify", () => {
  const folder = eachWithFolder();
  const OTHER = "import requests\n\n\nasync def load():\n    return requests.get('https://x.example')\n";
  let sleep: string;
  let load: string;

  beforeEach(() => {
    folder.lay({ ...FILES, "b.py": OTHER });
    const { diagnostics } = JSON.parse(folder.holdfast(["check", "--output", "json"]).stdout);
    [sleep, load] = diagnostics.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
  });
  const verify = (...args: readonly string[]) => folder.holdfast(["check", ...args]);

  it("says what is gone, what is still there and where, and exits with 1 where something is", () => {
    folder.lay({
      "a.py": SLEEPS.replace("import time", "import asyncio").replace("time.", "await asyncio."),
      "b.py": `\n${OTHER}`,
    });
    const both = verify("--verify", `${sleep},${load}`);
    assert.equal(both.stdout, `${sleep}: gone\n${load}: still there: b.py:6:12 async/blocking-call\nnew: 0\n`);
    assert.equal(both.status, 1);
    const one = verify("a.py", "--verify", sleep);
    assert.equal(one.stdout, `${sleep}: gone\nnew: 0\n`);
    assert.equal(one.status, 0);
  });

  it("counts what came with the edit in the same file, however often it is asked", () => {
    folder.lay({
      "a.py": `${SLEEPS.replace("time.sleep(1)", "await other()")}\n\nasync def other():\n    time.sleep(1)\n`,
    });
    for (const _ of [1, 2]) {
      const run = verify("--verify", sleep);
      assert.match(
        run.stdout,
        new RegExp(`^${sleep}: gone\\nnew: 1: a\\.py:9:5 async/blocking-call \\{[0-9a-f]+\\}\\n$`),
      );
      assert.equal(run.status, 0);
    }
  });

  it("says what it cannot know", () => {
    assert.equal(verify("--verify", "0123").stdout, "0123: gone (the last check did not know it)\nnew: 0\n");
    const forgetful = verify("--verify", sleep, "--no-cache");
    assert.equal(
      forgetful.stdout,
      `${sleep}: still there: a.py:5:5 async/blocking-call\nnew: unknown, for no earlier check is remembered\n`,
    );
  });

  it("refuses what does not go with it", () => {
    for (const args of [
      ["--verify", sleep, "--diff"],
      ["--verify", ","],
      ["--verify", sleep, "--output", "json"],
    ]) {
      const run = verify(...args);
      assert.equal(run.status, 2);
      assert.match(run.stderr, /^holdfast: --verify/);
    }
  });
});
