/** Baselines and the gate: the built command line on old code. Needs `npm run build` before. */
import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eachWithRepository } from "./harness/repository.ts";

const BASELINE = "holdfast-baseline.txt";
const sleeper = (...lines: string[]): string =>
  `import time\n\n\nasync def wait():\n${lines.map((line) => `    ${line}\n`).join("")}`;

const BASELINE_IS = /holdfast-baseline\.txt/;

const repo = eachWithRepository();

function entries(): string[] {
  return repo
    .read(BASELINE)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
}

describe("a baseline", () => {
  const known = (...lines: string[]): void => {
    repo.lay({ "pyproject.toml": "", "a.py": sleeper(...lines) });
    assert.equal(repo.check("baseline", "create").status, 0);
  };

  it("hides what was there when it was made, says so, and lets the gate pass", () => {
    known("time.sleep(1)");
    const { status, stdout } = repo.check("check");
    assert.equal(status, 0);
    assert.match(stdout, /1 known finding hidden by the baseline/);
    assert.equal(repo.check("check", "--no-baseline").status, 1);
    assert.deepEqual(JSON.parse(repo.check("check", "--output-format", "json").stdout).summary.known, 1);
  });

  it("reports what is new beside it", () => {
    known("time.sleep(1)");
    repo.lay({
      "a.py": sleeper("time.sleep(1)", 'open("x").read(); time.sleep(delay)'),
      "b.py": sleeper("time.sleep(1)"),
    });
    assert.deepEqual(
      repo.places().filter((place) => place.endsWith("blocking-call")),
      ["a.py:6 async/blocking-call", "b.py:5 async/blocking-call"],
    );
  });

  it("is sorted text, one entry a line, without line numbers", () => {
    repo.lay({
      "pyproject.toml": "",
      "b.py": sleeper("time.sleep(1)", "time.sleep(2)"),
      "a.py": sleeper("time.sleep(1)"),
    });
    repo.check("baseline", "create");
    const lines = entries();
    assert.deepEqual(
      lines.map((line) => line.replace(/[0-9a-f]{16}/, "HASH")),
      ["a.py wait async/blocking-call HASH", "b.py wait async/blocking-call HASH x2"],
    );
  });

  it("survives code that moves down, is indented anew and formatted", () => {
    known("time.sleep(1)", "requests.get('x', timeout=1)");
    repo.lay({
      "a.py": `"""Doc."""\nimport time\n\nX = 1\n\n\nasync def wait():\n    if X:\n        time.sleep(\n            1,\n        )\n        requests.get("x",\n                     timeout=1)\n`,
    });
    assert.deepEqual(repo.places(), []);
  });

  it("follows files that are renamed and functions that move or are renamed, without Git", () => {
    known("time.sleep(1)");
    renameSync(join(repo.path, "a.py"), join(repo.path, "b.py"));
    assert.deepEqual(repo.places(), []);
    repo.lay({ "b.py": sleeper("time.sleep(1)").replace("wait", "pause") });
    assert.deepEqual(repo.places(), ["b.py:5 async/blocking-call"], "renamed twice over");
    renameSync(join(repo.path, "b.py"), join(repo.path, "a.py"));
    assert.deepEqual(repo.places(), []);
    repo.check("baseline", "update");
    assert.match(entries().join(), /^a\.py pause /);
  });

  it("does not take the cure of one place for an excuse in another", () => {
    repo.lay({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)"), "b.py": sleeper("pass") });
    repo.check("baseline", "create");
    repo.lay({ "a.py": sleeper("pass"), "b.py": sleeper("time.sleep(1)") });
    assert.deepEqual(repo.places(), ["b.py:5 async/blocking-call"]);
  });

  it("keeps the rest of equal findings hidden when one of them is cured", () => {
    known("time.sleep(1)", "x = 1", "time.sleep(1)");
    repo.lay({ "a.py": sleeper("x = 1", "time.sleep(1)") });
    assert.deepEqual(repo.places(), []);
    repo.lay({ "a.py": sleeper("time.sleep(1)", "x = 1") });
    assert.deepEqual(repo.places(), []);
    repo.lay({ "a.py": sleeper("time.sleep(1)", "time.sleep(1)", "time.sleep(1)") });
    assert.equal(repo.places().length, 1);
  });

  it("reports what is gone, and shrinks only when asked to, and never grows", () => {
    known("time.sleep(1)", "requests.get(x)");
    repo.lay({ "a.py": `${sleeper("pass")}\n\nasync def other():\n    time.sleep(1)\n` });
    const before = repo.read(BASELINE);
    const { stderr } = repo.check("check");
    assert.match(stderr, /1 known finding is gone; `holdfast baseline update`/);
    assert.equal(repo.read(BASELINE), before);
    assert.equal(repo.check("baseline", "check").status, 1);
    assert.equal(repo.check("check", "--update-baseline").status, 1, "the new one is still reported");
    assert.deepEqual(entries(), []);
    assert.equal(repo.places().length, 1);
    assert.match(repo.check("baseline", "update").stdout, /1 new not added/);
    assert.deepEqual(entries(), []);
    assert.match(repo.check("baseline", "update", "--add").stdout, /added 1; 1 known/);
    assert.equal(repo.check("baseline", "check").status, 0);
  });

  it("judges only what was looked at", () => {
    repo.lay({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)"), "b.py": sleeper("time.sleep(1)") });
    repo.check("baseline", "create");
    repo.lay({ "a.py": sleeper("pass"), "b.py": sleeper("pass") });
    assert.match(repo.check("check", "a.py").stderr, /: 1 known finding is gone/);
    assert.doesNotMatch(repo.check("check", "--select", "db").stderr, /gone/);
    rmSync(join(repo.path, "b.py"));
    assert.match(repo.check("check").stderr, /: 2 known findings are gone/);
    repo.check("baseline", "update", "a.py");
    assert.deepEqual(
      entries().map((line) => line.split(" ")[0]),
      ["b.py"],
    );
  });

  it("is not overwritten by accident, and names its merge conflicts", () => {
    known("time.sleep(1)");
    const again = repo.check("baseline", "create");
    assert.equal(again.status, 2);
    assert.match(again.stderr, /holdfast-baseline\.txt exists; `holdfast baseline update` .* --force/);
    assert.equal(repo.check("baseline", "create", "--force").status, 0);
    writeFileSync(join(repo.path, BASELINE), `# format 1\n<<<<<<< HEAD\n${entries()[0]}\n=======\n>>>>>>> other\n`);
    const conflict = repo.check("check");
    assert.equal(conflict.status, 2);
    assert.match(conflict.stderr, /holdfast-baseline\.txt:2: an unresolved merge conflict; keep the lines of both/);
    writeFileSync(join(repo.path, BASELINE), "# format 1\nnonsense\n");
    assert.match(repo.check("check").stderr, /holdfast-baseline\.txt:2: this is no entry of a baseline; /);
    writeFileSync(join(repo.path, BASELINE), "# format 9\n");
    assert.match(repo.check("check").stderr, /format 9 is of a newer Holdfast; update/);
  });

  it("merges: branches that cure different findings need no hand", () => {
    const many = (...names: string[]): Record<string, string> =>
      Object.fromEntries(names.map((name) => [`${name}.py`, sleeper("time.sleep(1)")]));
    repo.lay({ "pyproject.toml": "", ...many("a", "b", "c", "d", "e") });
    repo.check("baseline", "create");
    repo.init({});
    repo.git("checkout", "-qb", "one");
    repo.lay({ "a.py": sleeper("pass") });
    repo.check("check", "--update-baseline");
    repo.commit();
    repo.git("checkout", "-q", "main");
    repo.lay({ "d.py": sleeper("pass") });
    repo.check("check", "--update-baseline");
    repo.commit();
    repo.git("merge", "-q", "one", "-m", "merge");
    assert.equal(repo.check("baseline", "check").status, 0);
    assert.deepEqual(
      entries().map((line) => line.split(" ")[0]),
      ["b.py", "c.py", "e.py"],
    );
  });

  it("may have another name, which has to be there", () => {
    repo.lay({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)") });
    assert.equal(repo.check("baseline", "create", "--baseline", "ci/known.txt").status, 2, "no such folder");
    mkdirSync(join(repo.path, "ci"));
    assert.equal(repo.check("baseline", "create", "--baseline", "ci/known.txt").status, 0);
    assert.match(repo.read("ci/known.txt"), /^\.\.\/a\.py /m);
    assert.deepEqual(repo.places("--baseline", "ci/known.txt"), []);
    const missing = repo.check("check", "--baseline", "nowhere.txt");
    assert.equal(missing.status, 2);
    assert.match(
      missing.stderr,
      /nowhere\.txt: the baseline cannot be read: it does not exist; `holdfast baseline create`/,
    );
    assert.match(repo.check("baseline", "update").stderr, /there is no baseline here/);
  });

  it("is made, compared and written around with the settings that are named, as `check` is", () => {
    repo.lay({
      "holdfast.toml": 'ignore = ["async"]\n',
      "ci/own.toml": 'exclude = ["b.py"]\n',
      "a.py": sleeper("time.sleep(1)"),
      "ci/b.py": sleeper("time.sleep(1)"),
    });
    const ran = (...args: string[]): string => {
      const { status, stdout, stderr } = repo.check(...args);
      assert.ok(status === 0 && stderr === "", `${args.join(" ")}: ${stderr}`);
      return stdout;
    };
    assert.match(ran("baseline", "create"), /^Wrote 0 findings/);
    assert.match(ran("baseline", "create", "--force", "--config", "ci/own.toml"), /^Wrote 1 finding /);
    assert.match(ran("baseline", "create", "--force", "--isolated"), /^Wrote 2 findings/);
    assert.match(ran("baseline", "update", "--config", 'ignore=["db"]', "--config", "fail-on='error'"), BASELINE_IS);
    const reason = ["--rule", "async", "--reason", "old", "--no-baseline"];
    assert.match(ran("suppress", ...reason, "--config", "ci/own.toml"), /^Silenced 1 finding in 1 file/);
    assert.match(ran("unsuppress", "--rule", "async", "--isolated"), /^Took rules out of 1 comment/);
  });

  it("at the top of a repository counts for the projects below", () => {
    repo.lay({
      "pyproject.toml": "",
      "backend/pyproject.toml": "",
      "backend/a.py": sleeper("time.sleep(1)"),
      "b.py": sleeper("time.sleep(1)"),
    });
    repo.check("baseline", "create");
    repo.init({});
    assert.deepEqual(repo.places("backend"), []);
    repo.lay({ "backend/a.py": sleeper("pass") });
    repo.check("baseline", "update", "backend");
    assert.deepEqual(
      entries().map((line) => line.split(" ")[0]),
      ["b.py"],
    );
  });
});

describe("the gate", () => {
  beforeEach(() =>
    repo.lay({ "pyproject.toml": "", "a.py": sleeper("time.sleep(1)", "time.sleep(2)", 'open("x").read()') }),
  );

  it("lets so many findings pass", () => {
    assert.equal(repo.check("check", "--max-findings", "2").status, 0);
    const { status, stderr } = repo.check("check", "--max-findings", "1");
    assert.equal(status, 1);
    assert.match(stderr, /2 findings at the gate, 1 allowed/);
    assert.match(repo.check("check", "--max-findings", "9").stderr, /9 allowed; --max-findings 2 holds what is won/);
    assert.equal(repo.check("check", "--max-findings", "many").status, 2);
  });

  it("is apart from what is shown", () => {
    assert.equal(repo.places().length, 3);
    assert.equal(repo.places("--show", "warning").length, 2);
    const { status, stderr } = repo.check("check", "--show", "error");
    assert.equal(status, 1);
    assert.match(stderr, /2 findings at the gate not shown/);
  });
});
