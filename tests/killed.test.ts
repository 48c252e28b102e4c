/**
 * A run that is ended by force leaves every file whole, whenever that happens, and the next run takes away what it left. Runs the built command line; needs
 * `npm run build` before.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { plainEnvironment } from "./harness/environment.ts";
import { ROOT } from "./harness/fixture.ts";
import { CLI, eachWithFolder } from "./harness/folder.ts";

const ENDER = pathToFileURL(join(ROOT, "tests", "harness", "end-at-step.mjs")).href;
const CACHE = ".holdfast-cache";
const BASELINE = "holdfast-baseline.txt";
const sleeper = (name: string): string => `import time\n\n\nasync def ${name}():\n    time.sleep(1)\n`;

describe("a run that is ended by force", () => {
  const folder = eachWithFolder();

  /** Runs a command, ended at its n-th step that changes the disk. False where it came through, because it has fewer. */
  function endedAt(n: number, args: readonly string[]): boolean {
    const { signal, status, stderr } = spawnSync(process.execPath, ["--import", ENDER, CLI, ...args], {
      cwd: folder.path,
      encoding: "utf8",
      env: { ...plainEnvironment(), END_AT_STEP: String(n) },
    });
    if (signal === "SIGKILL") return true;
    assert.ok(status === 0 || status === 1, stderr);
    return false;
  }

  /** Ends a command at its first step, its second, and so on, until it comes through. Gives how often it was ended. */
  function endedAtEach(args: readonly string[], prepare: () => void, judge: (step: number) => void): number {
    for (let n = 1; ; n++) {
      prepare();
      if (!endedAt(n, args)) return n - 1;
      judge(n);
    }
  }

  function bytesOf(names: readonly string[]): Readonly<Record<string, string>> {
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder.path, name), "latin1")]));
  }

  /** Names below the folder, without those of folders. */
  function names(): readonly string[] {
    return readdirSync(folder.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();
  }

  it("leaves each file as it was or wholly fixed, at every step of --fix", () => {
    const files = {
      "pyproject.toml": "",
      "app/a.py": sleeper("a"),
      "app/deep/b.py": Buffer.from(`# coding: latin1\r\n# \xe9\r\n${sleeper("b").replaceAll("\n", "\r\n")}`, "latin1"),
    };
    const python = Object.keys(files).filter((name) => name.endsWith(".py"));
    const fix = ["check", "--fix", "--no-cache"];
    folder.lay(files);
    const before = bytesOf(python);
    folder.holdfast(fix);
    const after = bytesOf(python);
    for (const name of python) assert.notEqual(after[name], before[name]);
    let mixed = 0;
    let left = 0;
    const ended = endedAtEach(
      fix,
      () => folder.lay(files),
      (step) => {
        const now = bytesOf(python);
        for (const name of python) {
          assert.ok(now[name] === before[name] || now[name] === after[name], `${name} at step ${step}`);
        }
        const fixed = python.filter((name) => now[name] === after[name]).length;
        if (fixed > 0 && fixed < python.length) mixed++;
        left = Math.max(left, names().filter((name) => name.endsWith(".tmp")).length);
      },
    );
    assert.ok(ended >= 8 && mixed > 0 && left >= python.length, "the middle was met");
    assert.deepEqual(bytesOf(python), after, "the last one came through");
    assert.deepEqual(names(), ["a.py", "b.py", "pyproject.toml"], "and took away what the others had left");
  });

  /** One fix changes the first two. */
  const together = {
    "pyproject.toml": "",
    "helpers.py":
      "import time\n\n\nclass Lock:\n    def __enter__(self):\n        time.sleep(1)\n        return self\n\n" +
      "    def __exit__(self, *args):\n        pass\n\n\ndef hold():\n    time.sleep(1)\n    return Lock()\n",
    "main.py": `from helpers import hold\n\n\nasync def main():\n    with hold():\n        return 1\n`,
    "other.py": sleeper("other"),
  };
  const python = Object.keys(together).filter((name) => name.endsWith(".py"));
  const fix = ["check", "--fix", "--unsafe-fixes", "--no-cache"];

  it("completes what was ended between files that change together, and tells of it until then", () => {
    folder.lay(together);
    folder.holdfast(fix);
    const after = bytesOf(python);
    assert.match(after["main.py"]!, /await hold\(\)/);
    let half = 0;
    endedAtEach(
      fix,
      () => {
        for (const name of names()) if (name.startsWith(".holdfast")) rmSync(join(folder.path, name));
        folder.lay(together);
      },
      (step) => {
        const left = bytesOf(python);
        const isHalf =
          python.some((name) => left[name] === after[name]) && python.some((name) => left[name] !== after[name]);
        const told = folder.holdfast(["check", "--no-cache"]);
        assert.equal(
          /ended in between, and [12] files? still/.test(told.stderr),
          isHalf,
          `step ${step}: ${told.stderr}`,
        );
        assert.deepEqual(bytesOf(python), left, "a check changes nothing");
        if (!isHalf) return;
        half++;
        // No fix of its own: what it changes was begun before.
        const { stderr } = folder.holdfast(["check", "--fix", "--select", "db", "--no-cache"]);
        assert.match(stderr, /completed what a run that was ended had begun/);
        assert.deepEqual(bytesOf(python), after);
        assert.deepEqual(names(), ["helpers.py", "main.py", "other.py", "pyproject.toml"], `at step ${step}`);
      },
    );
    assert.ok(half >= 2, "the middle was met");
  });

  it("leaves alone what somebody has put back or changed since it was ended", () => {
    const isHalf = (): boolean => /await/.test(folder.read("main.py")) !== /async def/.test(folder.read("helpers.py"));
    const endHalfWay = (): void => {
      folder.lay(together);
      for (let n = 1; !isHalf(); n++) {
        folder.lay(together);
        assert.ok(endedAt(n, fix));
      }
    };
    endHalfWay();
    folder.lay(together);
    const { stderr } = folder.holdfast(["check", "--fix", "--select", "db", "--no-cache"]);
    assert.doesNotMatch(stderr, /ended/, "nothing is half done any more");
    assert.equal(folder.read("main.py"), together["main.py"]);
    endHalfWay();
    folder.lay({ "main.py": "x = 1\n" });
    const changed = folder.holdfast(["check", "--fix", "--select", "db", "--no-cache"]);
    assert.match(changed.stderr, /^holdfast: main\.py: a run that was ended was to change it, with others/m);
    assert.equal(folder.read("main.py"), "x = 1\n");
    assert.deepEqual(names(), ["helpers.py", "main.py", "other.py", "pyproject.toml"]);
  });

  it("puts back what it has changed, where one of several files cannot be", () => {
    folder.lay(together);
    const before = bytesOf(python);
    folder.holdfast(fix);
    const after = bytesOf(python);
    const outcomes = new Set<string>();
    for (let step = 9; step <= 17; step++) {
      folder.lay(together);
      const { status, stderr } = spawnSync(process.execPath, ["--import", ENDER, CLI, ...fix], {
        cwd: folder.path,
        encoding: "utf8",
        env: { ...plainEnvironment(), END_AT_STEP: String(step), END_WITH: "EBUSY" },
      });
      assert.ok(status === 0 || status === 1, stderr);
      const now = bytesOf(python);
      const pair = (all: typeof now): readonly (string | undefined)[] => [all["helpers.py"], all["main.py"]];
      const isWhole = [before, after].some((all) => JSON.stringify(pair(all)) === JSON.stringify(pair(now)));
      assert.ok(isWhole, `step ${step}: ${JSON.stringify(now)}`);
      if (/not fixed: /.test(stderr)) outcomes.add("told");
      // What could not be taken away is of no weight, and taken away next time.
      if (names().length > 4) folder.holdfast(["check", "--fix", "--select", "db", "--no-cache"]);
      assert.deepEqual(names(), ["helpers.py", "main.py", "other.py", "pyproject.toml"], `at step ${step}`);
    }
    assert.ok(outcomes.has("told"));
  });

  it("finishes first what it writes, where it is only interrupted", () => {
    folder.lay(together);
    folder.holdfast(fix);
    const after = bytesOf(python);
    for (const [number, signal] of [
      [2, "SIGINT"],
      [15, "SIGTERM"],
    ] as const) {
      // Before a first write, after one, and between the files that take their places.
      for (const step of [1, 3, 13, 14]) {
        folder.lay(together);
        const { status } = spawnSync(process.execPath, ["--import", ENDER, CLI, ...fix], {
          cwd: folder.path,
          env: { ...plainEnvironment(), END_AT_STEP: String(step), END_WITH: signal },
        });
        // 0 where everything else was done, too, before it was heard.
        assert.ok(status === 128 + number || status === 0, `${signal} at step ${step}: ${status}`);
        assert.deepEqual(bytesOf(python), after);
        assert.deepEqual(names(), ["helpers.py", "main.py", "other.py", "pyproject.toml"]);
      }
    }
  });

  it("leaves nothing that outlives the next --fix, though there is nothing more to fix", () => {
    folder.lay({ "pyproject.toml": "", "app/a.py": sleeper("a") });
    assert.ok(endedAt(2, ["check", "--fix", "--no-cache"]));
    assert.match(names().join(" "), /\.holdfast-\d+-\d+\.tmp/);
    const running = `.holdfast-${process.pid}-1.tmp`;
    folder.lay({ "app/a.py": "x = 1\n", [`app/${running}`]: "somebody still writes this" });
    assert.match(folder.holdfast(["check", "--no-cache"]).stdout, /No problems in 1 file/, "they are no Python files");
    assert.equal(folder.holdfast(["check", "--fix", "--no-cache"]).status, 0);
    assert.deepEqual(names(), [running, "a.py", "pyproject.toml"]);
  });

  it("leaves the baseline whole or absent", () => {
    const command = (name: string): readonly string[] => ["baseline", name, "--no-cache"];
    folder.lay({ "pyproject.toml": "", "a.py": sleeper("a"), "b.py": sleeper("b") });
    const created = endedAtEach(
      command("create"),
      () => {},
      (step) => {
        assert.ok(!names().includes(BASELINE), `at step ${step}`);
      },
    );
    const old = folder.read(BASELINE);
    assert.deepEqual(names(), ["a.py", "b.py", BASELINE, "pyproject.toml"]);
    folder.lay({ "b.py": "x = 1\n" });
    const updated = endedAtEach(
      command("update"),
      () => {},
      (step) => {
        assert.equal(folder.read(BASELINE), old, `at step ${step}`);
      },
    );
    assert.ok(created >= 3 && updated >= 3);
    assert.match(old, /^b\.py /m);
    assert.doesNotMatch(folder.read(BASELINE), /^b\.py /m);
    assert.deepEqual(names(), ["a.py", "b.py", BASELINE, "pyproject.toml"]);
  });

  it("leaves a baseline of several projects whole or absent", () => {
    folder.lay({
      "a/pyproject.toml": "",
      "a/a.py": sleeper("a"),
      "b/pyproject.toml": "",
      "b/b.py": sleeper("b"),
      "known.txt": "",
    });
    const create = ["baseline", "create", "--no-cache", "--baseline", "known.txt", "--force"];
    const entries = (): readonly string[] =>
      folder
        .read("known.txt")
        .split("\n")
        .flatMap((line) => /^[\w/.]+\.py(?= )/.exec(line)?.[0] ?? []);
    const ended = endedAtEach(
      [...create, "a", "b"],
      () => {},
      (step) => {
        assert.deepEqual(entries(), [], `at step ${step}`);
      },
    );
    assert.ok(ended >= 3);
    assert.deepEqual(entries(), ["a/a.py", "b/b.py"]);
    folder.lay({ "a/more.py": sleeper("more") });
    folder.holdfast([...create, "b", "a"]);
    assert.deepEqual(entries(), ["a/a.py", "a/more.py", "b/b.py"]);
    folder.holdfast([...create, "b"]);
    assert.deepEqual(entries(), ["a/a.py", "a/more.py", "b/b.py"], "others' entries stay");
  });

  it("leaves a cache that changes no finding, and is made whole by the next run", () => {
    const check = ["check", "--output-format", "json"];
    const fresh = (): void => rmSync(join(folder.path, CACHE), { recursive: true, force: true });
    const files = {
      "pyproject.toml": "",
      "pausing.py": "import time\n\n\ndef pause():\n    time.sleep(1)\n",
      "main.py": "from pausing import pause\n\n\nasync def main():\n    pause()\n",
    };
    folder.lay(files);
    const judged = (expected: string) => (step: number) => {
      assert.equal(folder.holdfast(check).stdout, expected, `at step ${step}`);
      const kept = readdirSync(join(folder.path, CACHE)).map((name) => name.replace(/^[0-9a-f]{24}/, "run"));
      assert.deepEqual(kept.sort(), [".gitignore", "CACHEDIR.TAG", "run.json"], `at step ${step}`);
      assert.equal(folder.read(join(CACHE, ".gitignore")), "*\n");
    };
    const first = folder.holdfast([...check, "--no-cache"]).stdout;
    assert.ok(endedAtEach(check, fresh, judged(first)) >= 9);

    const old = join(folder.path, "old");
    cpSync(join(folder.path, CACHE), old, { recursive: true });
    folder.lay({ "pausing.py": `# Moved.\n${files["pausing.py"]}`, "other.py": sleeper("other") });
    const second = folder.holdfast([...check, "--no-cache"]).stdout;
    assert.notEqual(second, first);
    const restored = (): void => {
      fresh();
      cpSync(old, join(folder.path, CACHE), { recursive: true });
    };
    assert.ok(endedAtEach(check, restored, judged(second)) >= 3);
  });

  it("leaves each of many files whole, whoever ends it from outside", async () => {
    const count = 300;
    const many = Array.from({ length: count }, (_, i): [string, string] => [`m${i}.py`, sleeper(`work${i}`)]);
    folder.lay({ "pyproject.toml": "", ...Object.fromEntries(many) });
    const fixed = (text: string): string =>
      `import asyncio\n${text.replace("time.sleep(1)", "await asyncio.sleep(1)")}`;
    const waiting = (): number => readdirSync(folder.path).filter((name) => name.endsWith(".tmp")).length;
    // So many wait for their place; so many have been waiting and have taken it.
    const moments: readonly ((most: number, now: number) => boolean)[] = [
      (_, now) => now > 0,
      (_, now) => now > count / 2,
      (most, now) => now < most,
      (most, now) => now < most / 2,
    ];
    let killed = 0;
    for (const isNow of moments) {
      folder.lay(Object.fromEntries(many));
      const child = spawn(process.execPath, [CLI, "check", "--fix", "--no-cache"], {
        cwd: folder.path,
        env: plainEnvironment(),
        stdio: "ignore",
      });
      const ended = new Promise<NodeJS.Signals | null>((done) => child.on("exit", (_, signal) => done(signal)));
      const left = waiting();
      let most = left;
      let over = false;
      void ended.then(() => {
        over = true;
      });
      while (!over) {
        const now = waiting();
        // Those of the run before go first.
        if (now < left) most = 0;
        most = Math.max(most, now);
        if (now !== left && isNow(most, now)) child.kill("SIGKILL");
        await new Promise((resolve) => setImmediate(resolve));
      }
      if ((await ended) === "SIGKILL") killed++;
      for (const [name, text] of many) {
        const now = folder.read(name);
        assert.ok(now === text || now === fixed(text), `${name}: ${now}`);
      }
    }
    assert.ok(killed > 0, "it is ended at least once before it is done");
    const { status } = folder.holdfast(["check", "--fix", "--no-cache"]);
    assert.equal(status, 0);
    for (const [name, text] of many) assert.equal(folder.read(name), fixed(text));
    assert.equal(waiting(), 0);
  });
});
