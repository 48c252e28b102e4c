/** Adopting Holdfast on old code: the built command line in real Git repositories. Needs `npm run build` before. */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "./harness/fixture.ts";

const CLI = join(ROOT, "dist", "cli.js");
const BASELINE = "holdfast-baseline.txt";

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

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-adopt-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

function text(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

function run(program: string, args: readonly string[], cwd = folder): SpawnSyncReturns<string> {
  const { FORCE_COLOR: _f, NO_COLOR: _n, HOLDFAST_DEBUG: _d, ...clean } = process.env;
  const env = Object.fromEntries(Object.entries(clean).filter(([name]) => !name.startsWith("GIT_")));
  const who = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@b", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@b" };
  return spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: { ...env, ...who, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
  });
}

function git(...args: string[]): string {
  const { status, stdout, stderr } = run("git", args);
  assert.equal(status, 0, `git ${args.join(" ")}: ${stderr}`);
  return stdout;
}

function commit(message = "change"): void {
  git("add", "-A");
  git("commit", "-qm", message);
}

function repository(files: Readonly<Record<string, string>>): void {
  lay({ ".gitignore": ".holdfast-cache\n", ...files });
  git("init", "-q", "-b", "main");
  commit("first");
}

function holdfast(...args: string[]): SpawnSyncReturns<string> {
  const outcome = run(process.execPath, [CLI, ...args]);
  assert.doesNotMatch(outcome.stderr, /^\s+at .*:\d+:\d+\)?$|internal error/m, "never a stack trace");
  return outcome;
}

/** `file:line rule` of each finding reported. */
function places(...args: string[]): string[] {
  const { stdout, stderr } = holdfast("check", "--output-format", "json", ...args);
  assert.notEqual(stdout, "", stderr);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { file: string; rule: string; range: { start: { line: number } } }[];
  };
  return diagnostics.map(({ file, rule, range }) => `${file}:${range.start.line} ${rule}`);
}

function entries(): string[] {
  return text(BASELINE)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
}

describe("a baseline", () => {
  const known = (...lines: string[]): void => {
    lay({ "pyproject.toml": "", "a.py": sleeper(...lines) });
    assert.equal(holdfast("baseline", "create").status, 0);
  };

  it("hides what was there when it was made, says so, and lets the gate pass", () => {
    known("time.sleep(1)");
    const { status, stdout } = holdfast("check");
    assert.equal(status, 0);
    assert.match(stdout, /1 known finding hidden by the baseline/);
    assert.equal(holdfast("check", "--no-baseline").status, 1);
    assert.deepEqual(JSON.parse(holdfast("check", "--output-format", "json").stdout).summary.known, 1);
  });

  it("reports what is new beside it", () => {
    known("time.sleep(1)");
    lay({ "a.py": sleeper("time.sleep(1)", 'open("x").read(); time.sleep(delay)'), "b.py": sleeper("time.sleep(1)") });
    assert.deepEqual(
      places().filter((place) => place.endsWith("blocking-call")),
      ["a.py:6 async/blocking-call", "b.py:5 async/blocking-call"],
    );
  });

  it("is sorted text, one entry a line, without line numbers", () => {
    lay({ "pyproject.toml": "", "b.py": sleeper("time.sleep(1)", "time.sleep(2)"), "a.py": sleeper("time.sleep(1)") });
    holdfast("baseline", "create");
    const lines = entries();
    assert.deepEqual(
      lines.map((line) => line.replace(/[0-9a-f]{16}/, "HASH")),
      ["a.py wait async/blocking-call HASH", "b.py wait async/blocking-call HASH x2"],
    );
  });

  it("survives code that moves down, is indented anew and formatted", () => {
    known("time.sleep(1)", "requests.get('x', timeout=1)");
    lay({
      "a.py": `"""Doc."""\nimport time\n\nX = 1\n\n\nasync def wait():\n    if X:\n        time.sleep(\n            1,\n        )\n        requests.get("x",\n                     timeout=1)\n`,
    });
    assert.deepEqual(places(), []);
  });

  it("follows files that are renamed and functions that move or are renamed, without Git", () => {
    known("time.sleep(1)");
    renameSync(join(folder, "a.py"), join(folder, "b.py"));
    assert.deepEqual(places(), []);
    lay({ "b.py": sleeper("time.sleep(1)").replace("wait", "pause") });
    assert.deepEqual(places(), ["b.py:5 async/blocking-call"], "renamed twice over");
    renameSync(join(folder, "b.py"), join(folder, "a.py"));
    assert.deepEqual(places(), []);
    holdfast("baseline", "update");
    assert.match(entries().join(), /^a\.py pause /);
  });

  it("does not take the cure of one place for an excuse in another", () => {
    lay({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)"), "b.py": sleeper("pass") });
    holdfast("baseline", "create");
    lay({ "a.py": sleeper("pass"), "b.py": sleeper("time.sleep(1)") });
    assert.deepEqual(places(), ["b.py:5 async/blocking-call"]);
  });

  it("keeps the rest of equal findings hidden when one of them is cured", () => {
    known("time.sleep(1)", "x = 1", "time.sleep(1)");
    lay({ "a.py": sleeper("x = 1", "time.sleep(1)") });
    assert.deepEqual(places(), []);
    lay({ "a.py": sleeper("time.sleep(1)", "x = 1") });
    assert.deepEqual(places(), []);
    lay({ "a.py": sleeper("time.sleep(1)", "time.sleep(1)", "time.sleep(1)") });
    assert.equal(places().length, 1);
  });

  it("reports what is gone, and shrinks only when asked to, and never grows", () => {
    known("time.sleep(1)", "requests.get(x)");
    lay({ "a.py": `${sleeper("pass")}\n\nasync def other():\n    time.sleep(1)\n` });
    const before = text(BASELINE);
    const { stderr } = holdfast("check");
    assert.match(stderr, /1 known finding is gone; `holdfast baseline update`/);
    assert.equal(text(BASELINE), before);
    assert.equal(holdfast("baseline", "check").status, 1);
    assert.equal(holdfast("check", "--update-baseline").status, 1, "the new one is still reported");
    assert.deepEqual(entries(), []);
    assert.equal(places().length, 1);
    assert.match(holdfast("baseline", "update").stdout, /1 new not added/);
    assert.deepEqual(entries(), []);
    assert.match(holdfast("baseline", "update", "--add").stdout, /added 1; 1 known/);
    assert.equal(holdfast("baseline", "check").status, 0);
  });

  it("judges only what was looked at", () => {
    lay({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)"), "b.py": sleeper("time.sleep(1)") });
    holdfast("baseline", "create");
    lay({ "a.py": sleeper("pass"), "b.py": sleeper("pass") });
    assert.match(holdfast("check", "a.py").stderr, /: 1 known finding is gone/);
    assert.doesNotMatch(holdfast("check", "--select", "db").stderr, /gone/);
    rmSync(join(folder, "b.py"));
    assert.match(holdfast("check").stderr, /: 2 known findings are gone/);
    holdfast("baseline", "update", "a.py");
    assert.deepEqual(
      entries().map((line) => line.split(" ")[0]),
      ["b.py"],
    );
  });

  it("is not overwritten by accident, and names its merge conflicts", () => {
    known("time.sleep(1)");
    const again = holdfast("baseline", "create");
    assert.equal(again.status, 2);
    assert.match(again.stderr, /holdfast-baseline\.txt exists; `holdfast baseline update` .* --force/);
    assert.equal(holdfast("baseline", "create", "--force").status, 0);
    writeFileSync(join(folder, BASELINE), `# format 1\n<<<<<<< HEAD\n${entries()[0]}\n=======\n>>>>>>> other\n`);
    const conflict = holdfast("check");
    assert.equal(conflict.status, 2);
    assert.match(conflict.stderr, /holdfast-baseline\.txt:2: an unresolved merge conflict; keep the lines of both/);
    writeFileSync(join(folder, BASELINE), "# format 1\nnonsense\n");
    assert.match(holdfast("check").stderr, /holdfast-baseline\.txt:2: this is no entry of a baseline; /);
    writeFileSync(join(folder, BASELINE), "# format 9\n");
    assert.match(holdfast("check").stderr, /format 9 is of a newer Holdfast; update/);
  });

  it("merges: branches that cure different findings need no hand", () => {
    const many = (...names: string[]): Record<string, string> =>
      Object.fromEntries(names.map((name) => [`${name}.py`, sleeper("time.sleep(1)")]));
    lay({ "pyproject.toml": "", ...many("a", "b", "c", "d", "e") });
    holdfast("baseline", "create");
    repository({});
    git("checkout", "-qb", "one");
    lay({ "a.py": sleeper("pass") });
    holdfast("check", "--update-baseline");
    commit();
    git("checkout", "-q", "main");
    lay({ "d.py": sleeper("pass") });
    holdfast("check", "--update-baseline");
    commit();
    git("merge", "-q", "one", "-m", "merge");
    assert.equal(holdfast("baseline", "check").status, 0);
    assert.deepEqual(
      entries().map((line) => line.split(" ")[0]),
      ["b.py", "c.py", "e.py"],
    );
  });

  it("may have another name, which has to be there", () => {
    lay({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)") });
    assert.equal(holdfast("baseline", "create", "--baseline", "ci/known.txt").status, 2, "no such folder");
    mkdirSync(join(folder, "ci"));
    assert.equal(holdfast("baseline", "create", "--baseline", "ci/known.txt").status, 0);
    assert.match(text("ci/known.txt"), /^\.\.\/a\.py /m);
    assert.deepEqual(places("--baseline", "ci/known.txt"), []);
    const missing = holdfast("check", "--baseline", "nowhere.txt");
    assert.equal(missing.status, 2);
    assert.match(
      missing.stderr,
      /nowhere\.txt: the baseline cannot be read: it does not exist; `holdfast baseline create`/,
    );
    assert.match(holdfast("baseline", "update").stderr, /there is no baseline here/);
  });

  it("at the top of a repository counts for the projects below", () => {
    lay({
      "pyproject.toml": "",
      "backend/pyproject.toml": "",
      "backend/a.py": sleeper("time.sleep(1)"),
      "b.py": sleeper("time.sleep(1)"),
    });
    holdfast("baseline", "create");
    repository({});
    assert.deepEqual(places("backend"), []);
    lay({ "backend/a.py": sleeper("pass") });
    holdfast("baseline", "update", "backend");
    assert.deepEqual(
      entries().map((line) => line.split(" ")[0]),
      ["b.py"],
    );
  });
});

describe("--since", () => {
  it("reports exactly the finding that a change three modules away makes true in a file nobody touched", () => {
    repository({ ...CHAIN, "app/old.py": sleeper("time.sleep(1)") });
    lay({ "app/third.py": WAITS });
    assert.deepEqual(places("--since", "HEAD"), ["app/main.py:9 async/blocking-call"]);
    assert.deepEqual(places("--since", "HEAD", "--no-cache"), ["app/main.py:9 async/blocking-call"]);
    const { status, stdout } = holdfast("check", "--since", "main");
    assert.equal(status, 1);
    assert.match(stdout, /1 finding not shown that was there before/);
  });

  it("reports nothing where code only moves", () => {
    repository({ ...CHAIN, "app/third.py": WAITS, "app/old.py": sleeper("time.sleep(1)", "time.sleep(2)") });
    lay({
      "app/main.py": ENDPOINT.replace("\n\n\n@app", "\n\nX = 1\n\n\n@app"),
      "app/old.py": `import time\n\nY = 1\n\n\nasync def wait():\n    if Y:\n        time.sleep(1)\n        time.sleep(2)\n`,
    });
    renameSync(join(folder, "app/old.py"), join(folder, "app/new.py"));
    assert.deepEqual(places("--since", "HEAD"), []);
    commit();
    assert.deepEqual(places("--since", "HEAD~1"), []);
  });

  it("compares with where the branch began, not with what came to the other one since", () => {
    repository({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)") });
    git("checkout", "-qb", "feature");
    lay({ "b.py": sleeper("time.sleep(1)") });
    commit();
    git("checkout", "-q", "main");
    lay({ "a.py": sleeper("pass") });
    commit();
    git("checkout", "-q", "feature");
    assert.deepEqual(places("--since", "main"), ["b.py:5 async/blocking-call"]);
  });

  it("takes of equal findings the one on a new line for new", () => {
    repository({ "pyproject.toml": "", "a.py": sleeper("x = 1", "time.sleep(1)") });
    lay({ "a.py": sleeper("time.sleep(1)", "x = 1", "time.sleep(1)") });
    assert.deepEqual(places("--since", "HEAD"), ["a.py:5 async/blocking-call"]);
  });

  it("sees findings of a comment that was taken away, and of new untracked files", () => {
    repository({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)  # holdfast: ignore[async]") });
    lay({ "a.py": sleeper("time.sleep(1)"), "new.py": sleeper("time.sleep(1)") });
    assert.deepEqual(places("--since", "HEAD"), ["a.py:5 async/blocking-call", "new.py:5 async/blocking-call"]);
  });

  it("works below the top of the repository and together with a baseline", () => {
    repository({ "backend/pyproject.toml": "", "backend/a.py": sleeper("time.sleep(1)"), "other.py": "" });
    lay({ "backend/b.py": sleeper("time.sleep(1)") });
    assert.deepEqual(places("--since", "HEAD", "backend"), ["backend/b.py:5 async/blocking-call"]);
    holdfast("baseline", "create", "backend");
    const { summary } = JSON.parse(holdfast("check", "--since", "HEAD", "--output-format", "json", "backend").stdout);
    assert.deepEqual([summary.findings, summary.known, summary.existing], [0, 2, 0]);
  });

  it("fixes only what it reports", () => {
    repository({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)"), "b.py": "" });
    lay({ "b.py": sleeper("time.sleep(1)") });
    holdfast("check", "--since", "HEAD", "--fix");
    assert.equal(text("a.py"), sleeper("time.sleep(1)"));
    assert.match(text("b.py"), /await asyncio\.sleep\(1\)/);
  });

  it("says what to do in shallow clones, for unknown names and outside of repositories", () => {
    repository({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)") });
    const unknown = holdfast("check", "--since", "nowhere");
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /there is no commit "nowhere" here; name a branch, a tag or a commit/);
    lay({ "b.py": "" });
    commit();
    git("checkout", "-qb", "feature", "HEAD~1");
    lay({ "c.py": sleeper("time.sleep(1)") });
    commit();
    const origin = `file://${folder}`;
    const clone = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-shallow-")));
    try {
      const inClone = (program: string, ...args: string[]): SpawnSyncReturns<string> => run(program, args, clone);
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
    rmSync(join(folder, ".git"), { recursive: true });
    const outside = holdfast("check", "--since", "main");
    assert.equal(outside.status, 2);
    assert.match(outside.stderr, /is not in a Git repository/);
  });
});

describe("--staged", () => {
  it("checks what is staged and nothing else", () => {
    repository({ ...CHAIN, "app/old.py": sleeper("time.sleep(1)") });
    assert.deepEqual(places("--staged"), []);
    lay({ "app/third.py": WAITS, "app/untracked.py": sleeper("time.sleep(1)") });
    assert.deepEqual(places("--staged"), [], "nothing is staged");
    git("add", "app/third.py");
    lay({ "app/third.py": QUIET });
    assert.deepEqual(places("--staged"), ["app/main.py:9 async/blocking-call"]);
    assert.deepEqual(places("--staged", "app/first.py"), []);
    rmSync(join(folder, "app/main.py"));
    assert.deepEqual(
      places("--staged"),
      ["app/main.py:9 async/blocking-call"],
      "deleted on disk, but not in the index",
    );
  });

  it("works before the first commit and refuses to fix", () => {
    lay({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)") });
    git("init", "-q");
    git("add", "a.py");
    assert.deepEqual(places("--staged"), ["a.py:5 async/blocking-call"]);
    assert.match(holdfast("check", "--staged", "--fix").stderr, /--fix changes the work tree/);
  });

  it("stops a commit from Git's own hook, also of single files, and lets a clean one pass", () => {
    repository({ "pyproject.toml": "", "sub/pyproject.toml": "", "sub/a.py": sleeper("time.sleep(1)"), "b.py": "" });
    const hook = join(folder, ".git", "hooks", "pre-commit");
    mkdirSync(dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\nexec "${process.execPath}" "${CLI}" check --staged --quiet . sub\n`);
    chmodSync(hook, 0o755);
    lay({ "b.py": sleeper("time.sleep(1)"), "sub/a.py": sleeper("time.sleep(1)", "x = 1") });
    const stopped = run("git", ["commit", "-qm", "b", "b.py"]);
    assert.equal(stopped.status, 1);
    assert.match(stopped.stdout + stopped.stderr, /b\.py:5/);
    const passed = run("git", ["commit", "-qm", "a", "sub/a.py"]);
    assert.equal(passed.status, 0, passed.stdout + passed.stderr);
    assert.ok(existsSync(join(folder, ".holdfast-cache")));
  });
});

describe("the gate", () => {
  beforeEach(() =>
    lay({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)", "time.sleep(2)", 'open("x").read()') }),
  );

  it("lets so many findings pass", () => {
    assert.equal(holdfast("check", "--max-findings", "2").status, 0);
    const { status, stderr } = holdfast("check", "--max-findings", "1");
    assert.equal(status, 1);
    assert.match(stderr, /2 findings at the gate, 1 allowed/);
    assert.match(holdfast("check", "--max-findings", "9").stderr, /9 allowed; --max-findings 2 holds what is won/);
    assert.equal(holdfast("check", "--max-findings", "many").status, 2);
  });

  it("is apart from what is shown", () => {
    assert.equal(places().length, 3);
    assert.equal(places("--show", "warning").length, 2);
    const { status, stderr } = holdfast("check", "--show", "error");
    assert.equal(status, 1);
    assert.match(stderr, /2 findings at the gate not shown/);
  });
});
