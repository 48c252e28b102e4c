/** Settings and work flow of the built command line, as people use them. Needs `npm run build` before. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, lstatSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { plainEnvironment } from "./harness/environment.ts";
import { CLI, eachWithFolder } from "./harness/folder.ts";
import { type Editor, withServer } from "./harness-lsp.ts";

const SLEEPS = "import time\n\n\nasync def wait():\n    time.sleep(1)\n";
const TESTS = `import time\n\nimport pytest\n\n\nasync def test_wait():\n    time.sleep(1)\n`;
const DROPPED = "import asyncio\n\n\nasync def work():\n    pass\n\n\nasync def test_work():\n    work()\n";

describe("settings", () => {
  const folder = eachWithFolder();
  const found = (...args: readonly string[]): string[] => {
    const { stdout, stderr } = folder.holdfast(["check", "--output-format", "json", ...args]);
    assert.ok(stdout.startsWith("{"), stderr);
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { file: string; rule: string; severity: string }[];
    };
    return diagnostics.map(({ file, rule, severity }) => `${file} ${rule} ${severity}`);
  };
  const refused = (args: readonly string[], message: RegExp): void => {
    const { status, stderr, stdout } = folder.holdfast(["check", ...args]);
    assert.match(stderr, message);
    assert.equal(status, 2);
    assert.equal(stdout, "");
  };
  const blocking = (file: string, severity = "warning"): string => `${file} async/blocking-call ${severity}`;

  it("give tests, migrations, scripts and vendored code the rules that make sense there, and nothing else", () => {
    const program = [
      "app/main.py",
      "app/oauth_test.py",
      "app/test/views.py",
      "app/migrations.py",
      "vendor/views/sell.py",
      "scripts.py",
    ];
    const kinds = [
      "tests/support.py",
      "test/deep/x.py",
      "app/tests/x.py",
      "app/migrations/0001.py",
      "alembic/env.py",
      "vendor/lib/x.py",
      "app/_vendor/x.py",
      "third_party/x.py",
      "conftest.py",
    ];
    folder.lay({
      "pyproject.toml": "",
      ...Object.fromEntries([...program, ...kinds, "scripts/x.py"].map((path) => [path, SLEEPS])),
      "app/test_main.py": TESTS,
      "app/wait_test.py": TESTS,
    });
    const expected = [...program.map((path) => blocking(path)), blocking("scripts/x.py", "information")].sort();
    assert.deepEqual(found().sort(), expected);
    assert.equal(found("--config", "path-defaults=false").length, program.length + kinds.length + 3);
  });

  it("keep what makes a test worthless in tests", () => {
    folder.lay({ "tests/test_work.py": DROPPED });
    assert.deepEqual(found(), ["tests/test_work.py async/unawaited-coroutine warning"]);
  });

  it("differ by path; later overrides win, and over the defaults", () => {
    folder.lay({
      "pyproject.toml": [
        "[tool.holdfast]",
        'rules."async/blocking-call".severity = "error"',
        "[[tool.holdfast.overrides]]",
        'paths = ["app/old/**", "gen_*.py"]',
        'ignore = ["async"]',
        "[[tool.holdfast.overrides]]",
        'paths = ["app/new"]',
        'rules."async/blocking-call".severity = "hint"',
        "[[tool.holdfast.overrides]]",
        'paths = ["tests"]',
        'select = ["async/blocking-call"]',
        "[[tool.holdfast.overrides]]",
        'paths = ["tests/slow.py"]',
        'rules."async/blocking-call".severity = "off"',
      ].join("\n"),
      ...Object.fromEntries(
        ["app/a.py", "app/old/x/a.py", "app/gen_a.py", "app/new/a.py", "tests/a.py", "tests/slow.py"].map((path) => [
          path,
          SLEEPS,
        ]),
      ),
    });
    const expected = [blocking("app/a.py", "error"), blocking("app/new/a.py", "hint"), blocking("tests/a.py", "error")];
    assert.deepEqual(found(), expected);
    assert.deepEqual(found(), expected, "also from the cache");
    folder.lay({
      "pyproject.toml": "[tool.holdfast]\n[[tool.holdfast.overrides]]\npaths = ['app/*']\nignore = ['all']\n",
    });
    assert.deepEqual(found("app"), [], "another override is another cache");
    assert.deepEqual(found("--ignore", "async", "tests"), []);
  });

  it("are checked in overrides, too, and named with their line", () => {
    folder.lay({
      "a.py": SLEEPS,
      "holdfast.toml": [
        "[[overrides]]",
        'paths = ["x"]',
        "[[overrides]]",
        'paths = ["y"]',
        'selct = ["async"]',
        "[overrides.rules]",
        '"async/blocking-cal".severity = "off"',
        "[[overrides]]",
        'ignore = ["asink"]',
      ].join("\n"),
    });
    refused([], /holdfast\.toml:5: overrides\[1\]\.selct: there is no such setting; did you mean "select"\?/);
    refused([], /holdfast\.toml:7: .*there is no such rule; did you mean "async\/blocking-call"\?/);
    refused([], /holdfast\.toml:8: overrides\[2\]: says nothing about where it counts; write paths = /);
    refused([], /holdfast\.toml:9: overrides\[2\]\.ignore: there is no rule or family "asink"; did you mean "async"\?/);
  });

  it("start from another file, whose folders stay its own", () => {
    folder.lay({
      "base/holdfast.toml":
        'fail-on = "never"\nignore = ["db"]\nexclude = ["gone"]\nrules."async/blocking-call".severity = "hint"\n',
      "own/holdfast.toml":
        'extend = "../base/holdfast.toml"\nrules."async/blocking-call".severity = "error"\nexclude = ["out"]\n',
      "own/a.py": SLEEPS,
      "own/out/a.py": SLEEPS,
    });
    assert.deepEqual(found("own"), [blocking("own/a.py", "error")]);
    assert.equal(folder.holdfast(["check", "own"]).status, 0);
    folder.lay({ "base/holdfast.toml": 'extend = "../own/holdfast.toml"\n' });
    refused(["own"], /base\/holdfast\.toml:1: extend: these files start from each other; take one `extend` away/);
    folder.lay({ "base/holdfast.toml": "fail-on = 1\n" });
    refused(["own"], /base\/holdfast\.toml:1: fail-on: cannot be 1/);
    folder.lay({ "own/holdfast.toml": 'extend = "nowhere.toml"\n' });
    refused(["own"], /own\/holdfast\.toml:1: extend: nowhere\.toml cannot be read: it does not exist/);
  });

  it("further down decide about the files below them", () => {
    folder.lay({
      "pyproject.toml": '[tool.holdfast]\nrules."async/blocking-call".severity = "error"\n',
      "a.py": SLEEPS,
      "service/holdfast.toml": 'exclude = ["gen"]\n',
      "service/deep/a.py": SLEEPS,
      "service/gen/a.py": SLEEPS,
      "other/pyproject.toml": "[project]\nname = 'other'\n",
      "other/a.py": SLEEPS,
    });
    assert.deepEqual(found(), [
      blocking("a.py", "error"),
      blocking("other/a.py", "error"),
      blocking("service/deep/a.py"),
    ]);
    folder.lay({ "service/holdfast.toml": "exlude = []\n" });
    refused([], /service\/holdfast\.toml:1: exlude: there is no such setting; did you mean "exclude"\?/);
  });

  it("further down that count for whole projects only are not passed over in silence", () => {
    folder.lay({
      "pyproject.toml": '[tool.holdfast]\nfail-on = "error"\nblocking = ["acme.pull"]\nsrc = ["service/lib"]\n',
      "acme.py": "def pull(): ...\n",
      "service/pyproject.toml": [
        "[tool.holdfast]",
        'fail-on = "error"',
        'ignore = ["db"]',
        'src = ["lib"]',
        'blocking = ["acme.pull", "acme.push"]',
        'stubs = ["stubs"]',
      ].join("\n"),
      "service/a.py": SLEEPS,
    });
    const { status, stderr, stdout } = folder.holdfast(["check", "--output-format", "concise"]);
    const remarks = stderr.split("\n").filter((line) => line.startsWith("holdfast: "));
    assert.deepEqual(
      remarks.map((line) => /^holdfast: (service\/pyproject\.toml:\d: [\w.-]+): /.exec(line)?.[1]),
      ["service/pyproject.toml:5: tool.holdfast.blocking", "service/pyproject.toml:6: tool.holdfast.stubs"],
    );
    assert.match(remarks[0]!, /not heeded .*; set it in pyproject\.toml, or check service by itself$/);
    assert.match(stdout, /^service\/a\.py:5:5: /m);
    assert.equal(status, 0);
    assert.equal(folder.holdfast(["check", "--quiet"]).stderr, "");
    folder.lay({
      "service/stubs/x.pyi": "",
      "pyproject.toml": "[project]\n",
      "service/acme.py": "def pull(): ...\ndef push(): ...\n",
    });
    assert.match(folder.holdfast(["check"]).stderr, /set it in a holdfast\.toml at the top of the project/);
    assert.doesNotMatch(folder.holdfast(["check", "service"]).stderr, /not heeded/);
  });

  it("come from the command line, key by key, or from nowhere", () => {
    folder.lay({ "holdfast.toml": 'ignore = ["async"]\n', "a.py": SLEEPS });
    assert.deepEqual(found(), []);
    assert.deepEqual(found("--isolated"), [blocking("a.py")]);
    assert.deepEqual(found("--isolated", "--config", 'rules."async/blocking-call".severity="hint"'), [
      blocking("a.py", "hint"),
    ]);
    folder.lay({ "other.toml": 'fail-on = "never"\n' });
    assert.equal(folder.holdfast(["check", "--config", "other.toml"]).status, 0);
    assert.equal(folder.holdfast(["check", "--config", "other.toml", "--config", "fail-on=warning"]).status, 1);
    refused(["--config", "fial-on=error"], /--config fial-on: there is no such setting; did you mean "fail-on"\?/);
    refused(["--config", "a b=c"], /--config|cannot be read/);
    refused(["--isolated", "--config", "other.toml"], /leave one of them out/);
  });

  it("are shown with where they come from", () => {
    folder.lay({
      "base.toml": 'fail-on = "error"\nignore = ["db"]\n',
      "holdfast.toml": 'extend = "base.toml"\n\nignore = ["http"]\n[rules."async/blocking-call"]\nseverity = "hint"\n',
      "a.py": SLEEPS,
      "tests/a.py": SLEEPS,
    });
    const { stdout, status } = folder.holdfast(["check", "--show-settings", "--ignore", "request"]);
    for (const line of [
      'fail-on = "error"  # base.toml:1',
      'ignore = ["db"]  # base.toml:2',
      'ignore = ["http"]  # holdfast.toml:3',
      'ignore = ["request"]  # command line',
      'rules."async/blocking-call".severity = "hint"  # holdfast.toml:4',
      "path-defaults = true  # default",
      '"async/blocking-call" = "hint"',
      '"db/leaked-session" = "off"',
    ]) {
      assert.ok(stdout.split("\n").includes(line), `${line}\nin\n${stdout}`);
    }
    assert.equal(status, 0);
    assert.match(folder.holdfast(["check", "--show-settings", "tests/a.py"]).stdout, /"async\/blocking-call" = "off"/);
    assert.equal(folder.holdfast(["check", "--show-files", "."]).stdout, "a.py\ntests/a.py\n");
  });

  it("by path are the same in the editor", () =>
    withServer(
      {
        "pyproject.toml": '[tool.holdfast]\n[[tool.holdfast.overrides]]\npaths = ["old/**"]\nignore = ["async"]\n',
        "app/a.py": SLEEPS,
        "tests/test_a.py": SLEEPS,
        "old/a.py": SLEEPS,
        "service/a.py": SLEEPS,
      },
      async (editor: Editor) => {
        for (const path of ["app/a.py", "tests/test_a.py", "old/a.py", "service/a.py"]) await editor.open(path, SLEEPS);
        await editor.pullUntil("app/a.py", ({ length }) => length === 1);
        await editor.pullUntil("service/a.py", ({ length }) => length === 1);
        for (const path of ["tests/test_a.py", "old/a.py"]) await editor.pullUntil(path, ({ length }) => length === 0);
        await editor.onDisk("pyproject.toml", "[tool.holdfast]\npath-defaults = false\n");
        for (const path of ["tests/test_a.py", "old/a.py"]) await editor.pullUntil(path, ({ length }) => length === 1);
        await editor.onDisk("service/holdfast.toml", 'ignore = ["async"]\n');
        await editor.pullUntil("service/a.py", ({ length }) => length === 0);
        await editor.pullUntil("app/a.py", ({ length }) => length === 1);
      },
    ));
});

describe("fixes from the command line", () => {
  const folder = eachWithFolder();

  it("are shown as a diff that `patch` reads, with nothing written", () => {
    const plain = Array.from({ length: 12 }, (_, i) => `x${i} = ${i}\n`).join("");
    const text = `import time\n\n\nasync def wait():\n    time.sleep(1)\n\n\n${plain}\n\nasync def again():\n    time.sleep(2)`;
    folder.lay({ "a.py": text, "b.py": "x = 1\n" });
    const { stdout, stderr, status } = folder.holdfast(["check", "--diff"]);
    assert.equal(folder.read("a.py"), text);
    assert.equal(status, 1);
    assert.equal(stderr, "Would fix 2 problems in 1 file.\n");
    assert.match(stdout, /^--- a\/a\.py\n\+\+\+ b\/a\.py\n@@ -1,8 \+1,9 @@\n\+import asyncio\n import time\n/);
    assert.match(stdout, /\n\\ No newline at end of file\n/);
    const patched = spawnSync("patch", ["-p1", "-o", "-", "-s"], { cwd: folder.path, input: stdout, encoding: "utf8" });
    folder.holdfast(["check", "--fix"]);
    assert.equal(patched.stdout, folder.read("a.py"));
    const again = folder.holdfast(["check", "--diff"]);
    assert.deepEqual([again.stdout, again.stderr, again.status], ["", "Nothing to fix.\n", 0]);
    assert.equal(folder.holdfast(["check", "--diff", "--fix"]).status, 2);
    assert.equal(folder.holdfast(["check", "--unsafe-fixes"]).status, 2);
  });

  it("that need a look are applied where asked for, and the report agrees with what could be written", () => {
    const project = {
      "pyproject.toml": "",
      "helpers.py": "import time\n\n\ndef pause():\n    time.sleep(1)\n",
      "main.py": "from helpers import pause\n\n\nasync def main():\n    pause()\n",
    };
    folder.lay(project);
    folder.holdfast(["check", "--fix"]);
    assert.equal(folder.read("main.py"), project["main.py"]);
    chmodSync(join(folder.path, "main.py"), 0o444);
    const stopped = folder.holdfast(["check", "--fix", "--unsafe-fixes"]);
    assert.match(stopped.stderr, /main\.py: not fixed: it is write-protected/);
    assert.equal(stopped.status, 1);
    assert.match(stopped.stdout, /^main\.py:5:5 /m);
    assert.deepEqual([folder.read("main.py"), folder.read("helpers.py")], [project["main.py"], project["helpers.py"]]);
    chmodSync(join(folder.path, "main.py"), 0o640);
    const { stdout, status } = folder.holdfast(["check", "--fix", "--unsafe-fixes"]);
    assert.equal(status, 0, stdout);
    assert.notEqual(folder.read("main.py"), project["main.py"]);
    const python = spawnSync(
      "python3",
      ["-c", "import ast,sys\nfor f in sys.argv[1:]: ast.parse(open(f).read())", "helpers.py", "main.py"],
      {
        cwd: folder.path,
      },
    );
    assert.equal(python.status ?? 0, 0);
    assert.equal(folder.holdfast(["check", "--diff", "--unsafe-fixes"]).status, 0, "nothing is left to do");
  });

  it("are counted by the findings that are gone, though one edit cures several", () => {
    const handler = ["@app.get('/')", "async def root():", "    requests.get('x')", "    requests.get('y')"];
    folder.lay({
      "pyproject.toml": "",
      "a.py": `import requests\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n${handler.join("\n")}\n`,
      "b.py": SLEEPS,
    });
    const findings = (...args: readonly string[]): { findings: number; fixed: number } =>
      JSON.parse(folder.holdfast(["check", "--output-format", "json", ...args]).stdout).summary;
    const { findings: before } = findings();
    assert.equal(before, 3);
    for (const args of [["--select", "db"], ["--unsafe-fixes"]]) {
      const { stderr } = folder.holdfast(["check", "--diff", ...args]);
      assert.match(stderr, args.length > 1 ? /Nothing to fix/ : /Would fix 3 problems in 2 files/);
    }
    const after = findings("--fix", "--unsafe-fixes");
    assert.deepEqual([after.fixed, after.findings], [3, 0]);
    assert.equal(findings().findings, 0);
  });

  it("keep permissions and links, and leave nothing beside the file", () => {
    folder.lay({ "real/a.py": SLEEPS });
    chmodSync(join(folder.path, "real/a.py"), 0o754);
    symlinkSync("real/a.py", join(folder.path, "b.py"));
    folder.holdfast(["check", "--fix", "b.py"]);
    assert.match(folder.read("real/a.py"), /await asyncio\.sleep/);
    assert.ok(lstatSync(join(folder.path, "b.py")).isSymbolicLink());
    assert.equal(statSync(join(folder.path, "real/a.py")).mode & 0o777, 0o754);
    assert.deepEqual(readdirSync(join(folder.path, "real")), ["a.py"]);
  });
});

describe("the work flow", () => {
  const folder = eachWithFolder();
  const typed = (text: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, [CLI, "check", ...args], {
      cwd: folder.path,
      input: text,
      encoding: "utf8",
      env: plainEnvironment(),
    });

  it("takes a text from the standard input for a file of the project, there or not", () => {
    folder.lay({
      "pyproject.toml": "",
      "app/__init__.py": "",
      "app/helpers.py": "import time\n\n\ndef pause():\n    time.sleep(1)\n",
      "app/main.py": "x = 1\n",
    });
    const text = "from app.helpers import pause\n\n\nasync def main():\n    pause()\n";
    for (const name of ["app/main.py", "app/new/other.py"]) {
      const { stdout, status, stderr } = typed(text, "--stdin-filename", name, "-");
      assert.match(stdout, new RegExp(`^${name.replace(".", "\\.")}:5:5 `), stderr);
      assert.equal(status, 1);
    }
    assert.equal(typed(text, "--stdin-filename", "tests/a.py", "-").status, 0, "its path decides");
    assert.equal(folder.read("app/main.py"), "x = 1\n");
    assert.match(typed(SLEEPS, "--stdin-filename", "app/main.py", "--diff", "-").stdout, /^--- a\/app\/main\.py\n/);
    assert.match(typed(text, "-").stderr, /add --stdin-filename/);
    assert.match(typed(text, "--stdin-filename", "a.py").stderr, /goes with "-"/);
    const refused: readonly (readonly [RegExp, ...string[]])[] = [
      [/cannot change the standard input/, "--stdin-filename", "a.py", "--fix", "-"],
      [/app is a folder; name a file/, "--stdin-filename", "app", "-"],
      [/--update-baseline goes by what is on disk/, "--stdin-filename", "a.py", "--update-baseline", "-"],
      [/--watch waits for changes of files/, "--stdin-filename", "a.py", "--watch", "-"],
      [/goes with no other path/, "--stdin-filename", "a.py", "-", "app"],
    ];
    for (const [why, ...args] of refused) {
      const { status, stderr } = typed(text, ...args);
      assert.equal(status, 2);
      assert.match(stderr, why);
    }
  });

  it("counts findings by rule, and times the rules", () => {
    folder.lay({ "a.py": `${SLEEPS}    time.sleep(2)\n`, "b.py": SLEEPS });
    const { stdout, status } = folder.holdfast(["check", "--statistics"]);
    assert.equal(stdout, "     3  async/blocking-call  3 with a safe fix\n     3  in 2 of 2 files\n");
    assert.equal(status, 1);
    assert.match(folder.holdfast(["check", "--show-timing"]).stderr, /^ +\d+ ms {2}async\/blocking-call$/m);
  });

  it("starts with settings that change nothing, and never writes over any", () => {
    assert.equal(folder.holdfast(["init"]).status, 0);
    assert.equal(folder.holdfast(["init"]).status, 2);
    folder.lay({ "a/pyproject.toml": "[project]\r\nname = 'a'\r\n", "a/x.py": SLEEPS });
    assert.equal(folder.holdfast(["init"], {}, "a").status, 0);
    const text = folder.read("a/pyproject.toml");
    assert.ok(text.startsWith("[project]\r\nname = 'a'\r\n\r\n[tool.holdfast]\r\n"), text);
    assert.equal(folder.holdfast(["init"], {}, "a").status, 2);
    assert.equal(folder.read("a/pyproject.toml"), text);
    // Every line that is offered is a setting.
    const all = text.replace(/^# (?=[a-z-]+ = |\[)/gm, "").replace(/\r/g, "");
    folder.lay({ "a/pyproject.toml": all });
    assert.equal(folder.holdfast(["check", "--show-files"], {}, "a").stderr, "");
    folder.lay({ "b/pyproject.toml": "[project\n" });
    assert.equal(folder.holdfast(["init"], {}, "b").status, 2);
  });
});

describe("watching", () => {
  const folder = eachWithFolder();

  it("checks again after a change, also in files and folders that are new, and ends clean", async () => {
    folder.lay({ "pyproject.toml": "", "app/a.py": SLEEPS });
    const child = spawn(process.execPath, [CLI, "check", "--watch", "--output-format", "concise"], {
      cwd: folder.path,
      env: plainEnvironment(),
    });
    let said = "";
    let heard = (): void => {};
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        heard();
      });
    }
    /** Waits until both are said, and forgets them. */
    const until = async (...patterns: readonly RegExp[]): Promise<void> => {
      while (!patterns.every((pattern) => pattern.test(said))) await new Promise<void>((done) => (heard = done));
      said = "";
    };
    const ended = new Promise<number | null>((done) => child.on("exit", done));
    try {
      await until(/^app\/a\.py:5:5: /m, /Watching for changes/);
      folder.lay({ "app/a.py": "x = 1\n" });
      await until(/app\/a\.py changed/, /^No problems in 1 file\.$/m, /Watching for changes/);
      folder.lay({ "app/new/b.py": SLEEPS });
      await until(/^app\/new\/b\.py:5:5: /m, /Watching for changes/);
      folder.lay({ "pyproject.toml": "[tool.holdfast]\nselct = []\n" });
      await until(/did you mean "select"/, /Watching for changes/);
      folder.lay({ "pyproject.toml": '[tool.holdfast]\nignore = ["async"]\n' });
      await until(/^No problems in 2 files\.$/m, /Watching for changes/);
    } finally {
      child.kill("SIGINT");
    }
    assert.equal(await ended, 0);
  });
});
