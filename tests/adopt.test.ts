/** Only what a change brings, by finding: `--since` and `--staged` of the built command line in real Git repositories. Needs `npm run build` before. */
import assert from "node:assert/strict";
import type { SpawnSyncReturns } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CLI } from "./harness/folder.ts";
import { eachWithRepository } from "./harness/repository.ts";

/** An endpoint whose helper's helper waits, or does not. */
const ENDPOINT = `from fastapi import FastAPI
from app.first import first

app = FastAPI()


@app.get("/")
async def root():
    return first()
`;
const FIRST = "from app.second import second\n\n\ndef first():\n    return second()\n";
const SECOND = "from app.third import third\n\n\ndef second():\n    return third()\n";
const QUIET = "def third():\n    return 1\n";
const WAITS = "import time\n\n\ndef third():\n    time.sleep(1)\n    return 1\n";
const CHAIN = {
  "pyproject.toml": "",
  "app/__init__.py": "",
  "app/main.py": ENDPOINT,
  "app/first.py": FIRST,
  "app/second.py": SECOND,
  "app/third.py": QUIET,
};
const sleeper = (...lines: string[]): string =>
  `import time\n\n\nasync def wait():\n${lines.map((line) => `    ${line}\n`).join("")}`;

const repo = eachWithRepository();

describe("--since", () => {
  it("reports exactly the finding that a change three modules away makes true in a file nobody touched", () => {
    repo.init({ ...CHAIN, "app/old.py": sleeper("time.sleep(1)") });
    repo.lay({ "app/third.py": WAITS });
    assert.deepEqual(repo.places("--since", "HEAD"), ["app/main.py:9 async/blocking-call"]);
    assert.deepEqual(repo.places("--since", "HEAD", "--no-cache"), ["app/main.py:9 async/blocking-call"]);
    const { status, stdout } = repo.check("check", "--since", "main");
    assert.equal(status, 1);
    assert.match(stdout, /1 finding not shown that was there before/);
  });

  it("reports nothing where code only moves", () => {
    repo.init({ ...CHAIN, "app/third.py": WAITS, "app/old.py": sleeper("time.sleep(1)", "time.sleep(2)") });
    repo.lay({
      "app/main.py": ENDPOINT.replace("\n\n\n@app", "\n\nX = 1\n\n\n@app"),
      "app/old.py": `import time\n\nY = 1\n\n\nasync def wait():\n    if Y:\n        time.sleep(1)\n        time.sleep(2)\n`,
    });
    renameSync(join(repo.path, "app/old.py"), join(repo.path, "app/new.py"));
    assert.deepEqual(repo.places("--since", "HEAD"), []);
    repo.commit();
    assert.deepEqual(repo.places("--since", "HEAD~1"), []);
  });

  it("takes a call that is written differently for the old finding, and one beside it for a new one", () => {
    const asks = (...calls: string[]): string =>
      `import requests\n\n\nasync def load(url):\n${calls.map((call) => `    x = ${call}\n`).join("")}    return x\n`;
    repo.init({ "pyproject.toml": "", "a.py": asks("requests.get(url)", "1", "2") });
    repo.lay({ "a.py": asks("requests.post(url, timeout=3)", "1", "2") });
    assert.deepEqual(repo.places("--since", "HEAD"), []);
    repo.lay({ "a.py": asks("requests.post(url, timeout=3)", "1", "2").replace("def load(url)", "def fetch(url)") });
    assert.deepEqual(repo.places("--since", "HEAD"), [], "in a function of another name");
    repo.lay({ "a.py": asks("requests.post(url)", "requests.put(url)", "2") });
    assert.deepEqual(repo.places("--since", "HEAD"), ["a.py:6 async/blocking-call"], "one was there");
    repo.lay({ "a.py": asks("0", "1", "requests.post(url)") });
    assert.deepEqual(repo.places("--since", "HEAD"), ["a.py:7 async/blocking-call"], "cured here, made anew there");
    repo.lay({ "a.py": `import time\n${asks("time.sleep(3)", "1", "2")}` });
    assert.deepEqual(repo.places("--since", "HEAD"), ["a.py:6 async/blocking-call"], "it waits for something else");
  });

  it("asks Git about Python files only, so that a clone may lack others", () => {
    repo.init({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)"), "data.bin": "first\n".repeat(99) });
    const blob = repo.git("rev-parse", "HEAD:data.bin").trim();
    repo.lay({ "data.bin": "second\n".repeat(99), "b.py": sleeper("time.sleep(1)") });
    repo.commit();
    rmSync(join(repo.path, ".git", "objects", blob.slice(0, 2), blob.slice(2)));
    assert.deepEqual(repo.places("--since", "HEAD~1"), ["b.py:5 async/blocking-call"]);
  });

  it("goes by the same whatever Git is set up for", () => {
    repo.init({
      "pyproject.toml": "",
      "a.py": sleeper("time.sleep(1)", "x = 1", "y = 1"),
      "gone.py": sleeper("time.sleep(9)"),
    });
    repo.lay({ "a.py": sleeper("time.sleep(1)", "x = 1", "time.sleep(2)") });
    renameSync(join(repo.path, "gone.py"), join(repo.path, "come.py"));
    repo.git("add", "-A");
    const expected = ["a.py:7 async/blocking-call"];
    assert.deepEqual(repo.places("--since", "HEAD"), expected);
    for (const [key, value] of [
      ["diff.noprefix", "true"],
      ["diff.mnemonicPrefix", "true"],
      ["diff.interHunkContext", "9"],
      ["diff.renames", "false"],
      ["diff.external", "false"],
      ["color.ui", "always"],
    ] as const) {
      repo.git("config", key, value);
      assert.deepEqual(repo.places("--since", "HEAD"), expected, key);
    }
  });

  it("compares with where the branch began, not with what came to the other one since", () => {
    repo.init({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)") });
    repo.git("checkout", "-qb", "feature");
    repo.lay({ "b.py": sleeper("time.sleep(1)") });
    repo.commit();
    repo.git("checkout", "-q", "main");
    repo.lay({ "a.py": sleeper("pass") });
    repo.commit();
    repo.git("checkout", "-q", "feature");
    assert.deepEqual(repo.places("--since", "main"), ["b.py:5 async/blocking-call"]);
  });

  it("takes of equal findings the one on a new line for new", () => {
    repo.init({ "pyproject.toml": "", "a.py": sleeper("x = 1", "time.sleep(1)") });
    repo.lay({ "a.py": sleeper("time.sleep(1)", "x = 1", "time.sleep(1)") });
    assert.deepEqual(repo.places("--since", "HEAD"), ["a.py:5 async/blocking-call"]);
  });

  it("sees findings of a comment that was taken away, and of new untracked files", () => {
    repo.init({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)  # holdfast: ignore[async]") });
    repo.lay({ "a.py": sleeper("time.sleep(1)"), "new.py": sleeper("time.sleep(1)") });
    assert.deepEqual(repo.places("--since", "HEAD"), ["a.py:5 async/blocking-call", "new.py:5 async/blocking-call"]);
  });

  it("works below the top of the repository and together with a baseline", () => {
    repo.init({ "backend/pyproject.toml": "", "backend/a.py": sleeper("time.sleep(1)"), "other.py": "" });
    repo.lay({ "backend/b.py": sleeper("time.sleep(1)") });
    assert.deepEqual(repo.places("--since", "HEAD", "backend"), ["backend/b.py:5 async/blocking-call"]);
    repo.check("baseline", "create", "backend");
    const { summary } = JSON.parse(repo.check("check", "--since", "HEAD", "--output-format", "json", "backend").stdout);
    assert.deepEqual([summary.findings, summary.known, summary.existing], [0, 2, 0]);
  });

  it("fixes only what it reports", () => {
    repo.init({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)"), "b.py": "" });
    repo.lay({ "b.py": sleeper("time.sleep(1)") });
    repo.check("check", "--since", "HEAD", "--fix");
    assert.equal(repo.read("a.py"), sleeper("time.sleep(1)"));
    assert.match(repo.read("b.py"), /await asyncio\.sleep\(1\)/);
  });

  it("says what to do in shallow clones, for unknown names and outside of repositories", () => {
    repo.init({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)") });
    const unknown = repo.check("check", "--since", "nowhere");
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /there is no commit "nowhere" here; name a branch, a tag or a commit/);
    for (const empty of ["", "origin/"]) {
      assert.match(repo.check("check", `--since=${empty}`).stderr, /names no branch; a variable that is empty/);
    }
    repo.lay({ "b.py": "" });
    repo.commit();
    repo.git("checkout", "-qb", "feature", "HEAD~1");
    repo.lay({ "c.py": sleeper("time.sleep(1)") });
    repo.commit();
    const origin = `file://${repo.path}`;
    const clone = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-shallow-")));
    try {
      const inClone = (program: string, ...args: string[]): SpawnSyncReturns<string> => repo.run(program, args, clone);
      inClone("git", "clone", "-q", "--depth=1", "--branch", "feature", origin, ".");
      const missing = inClone(process.execPath, CLI, "check", "--since", "origin/main");
      assert.equal(missing.status, 2);
      assert.match(
        missing.stderr,
        /there is no commit "origin\/main" here: this clone is shallow; run `git fetch .*fetch-depth: 0/,
      );
      inClone("git", "fetch", "-q", "--depth=1", "origin", "+main:refs/remotes/origin/main");
      const apart = inClone(process.execPath, CLI, "check", "--since", "origin/main");
      assert.equal(apart.status, 2);
      assert.match(
        apart.stderr,
        /this clone is shallow and does not reach back to where HEAD left origin\/main; run `(.*)` and `(.*)`, or/,
      );
      for (const remedy of /run `(.*?)` and `(.*?)`/.exec(apart.stderr)!.slice(1)) {
        const [program, ...args] = remedy.split(" ");
        assert.equal(inClone(program!, ...args).status, 0, remedy);
      }
      const cured = inClone(
        process.execPath,
        CLI,
        "check",
        "--since",
        "origin/main",
        "--output-format",
        "concise",
        "-q",
      );
      assert.match(cured.stdout, /^c\.py:5:/);
      assert.equal(cured.stdout.trim().split("\n").length, 1);
      const guess = inClone(process.execPath, CLI, "check", "--since", "main");
      assert.match(guess.stderr, /there is no commit "main" here/);
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
    rmSync(join(repo.path, ".git"), { recursive: true });
    const outside = repo.check("check", "--since", "main");
    assert.equal(outside.status, 2);
    assert.match(outside.stderr, /is not in a Git repository/);
  });
});

describe("--staged", () => {
  it("checks what is staged and nothing else", () => {
    repo.init({ ...CHAIN, "app/old.py": sleeper("time.sleep(1)") });
    assert.deepEqual(repo.places("--staged"), []);
    repo.lay({ "app/third.py": WAITS, "app/untracked.py": sleeper("time.sleep(1)") });
    assert.deepEqual(repo.places("--staged"), [], "nothing is staged");
    repo.git("add", "app/third.py");
    repo.lay({ "app/third.py": QUIET });
    assert.deepEqual(repo.places("--staged"), ["app/main.py:9 async/blocking-call"]);
    assert.deepEqual(repo.places("--staged", "app/first.py"), []);
    rmSync(join(repo.path, "app/main.py"));
    assert.deepEqual(
      repo.places("--staged"),
      ["app/main.py:9 async/blocking-call"],
      "deleted on disk, but not in the index",
    );
  });

  it("works before the first commit and refuses to fix", () => {
    repo.lay({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)") });
    repo.git("init", "-q");
    repo.git("add", "a.py");
    assert.deepEqual(repo.places("--staged"), ["a.py:5 async/blocking-call"]);
    assert.match(repo.check("check", "--staged", "--fix").stderr, /--fix changes the work tree/);
  });

  it("stops a commit from Git's own hook, also of single files, and lets a clean one pass", () => {
    repo.init({ "pyproject.toml": "", "sub/pyproject.toml": "", "sub/a.py": sleeper("time.sleep(1)"), "b.py": "" });
    const hook = join(repo.path, ".git", "hooks", "pre-commit");
    mkdirSync(dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\nexec "${process.execPath}" "${CLI}" check --staged --quiet . sub\n`);
    chmodSync(hook, 0o755);
    repo.lay({ "b.py": sleeper("time.sleep(1)"), "sub/a.py": sleeper("time.sleep(1)", "x = 1") });
    const stopped = repo.run("git", ["commit", "-qm", "b", "b.py"]);
    assert.equal(stopped.status, 1);
    assert.match(stopped.stdout + stopped.stderr, /b\.py:5/);
    const passed = repo.run("git", ["commit", "-qm", "a", "sub/a.py"]);
    assert.equal(passed.status, 0, passed.stdout + passed.stderr);
    assert.ok(existsSync(join(repo.path, ".holdfast-cache")));
  });
});
