/** Ignore comments that end, give reasons, and are written and taken away in bulk, through the built command line. Needs `npm run build` before. */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { resolveSettings } from "../lint/options.ts";
import { checkFile } from "../lint/run.ts";
import { RememberingCheck, type StoredRun } from "../lint/stored.ts";
import { rules } from "../rules/index.ts";
import { projectOf } from "./harness/checking.ts";
import { ROOT } from "./harness/fixture.ts";
import { nativeParser } from "./harness/parsers.ts";

const CLI = join(ROOT, "dist", "cli.js");
const REASON = "until we have the new client, see #12";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-suppress-")));
  lay({ "pyproject.toml": "" });
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

function holdfast(...args: string[]): SpawnSyncReturns<string> {
  const { FORCE_COLOR: _f, NO_COLOR: _n, HOLDFAST_DEBUG: _d, ...env } = process.env;
  const run = spawnSync(process.execPath, [CLI, ...args], { cwd: folder, encoding: "utf8", env });
  assert.doesNotMatch(run.stderr, /^\s+at .*:\d+:\d+\)?$|internal error/m, "never a stack trace");
  return run;
}

/** `line rule` of each finding reported. */
function found(...args: string[]): string[] {
  const { stdout, stderr } = holdfast("check", "--output-format", "json", ...args);
  assert.notEqual(stdout, "", stderr);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { rule: string; range: { start: { line: number } } }[];
  };
  return diagnostics.map(({ rule, range }) => `${range.start.line} ${rule}`);
}

function sleeper(comment: string): string {
  return `import time\n\n\nasync def wait():\n    time.sleep(1)  ${comment}\n`;
}

describe("an ignore comment that ends", () => {
  it("counts through its day, and is reported with its finding from the next on", () => {
    const { settings } = resolveSettings(rules, {});
    const file = projectOf([{ path: "a.py", text: sleeper("# holdfast: ignore[async] until 2026-02-28: soon") }]).file(
      "a.py",
    )!;
    const on = (today?: string): string[] =>
      checkFile(file, { ...settings, ...(today !== undefined && { today }) }).findings.map(({ rule }) => rule);
    assert.deepEqual(on(), []);
    assert.deepEqual(on("2026-02-28"), []);
    assert.deepEqual(on("2026-03-01"), ["async/blocking-call", "holdfast/expired-ignore"]);
  });

  it("ends although the file was checked before and nothing changed", () => {
    const files = [{ path: "a.py", text: sleeper("# holdfast: ignore[async] until 2026-02-28: soon") }];
    const { settings } = resolveSettings(rules, {});
    const on = (
      today: string,
      before: StoredRun | null,
    ): { rules: string[]; checked: number; left: StoredRun | null } => {
      const check = new RememberingCheck(
        projectOf(files, nativeParser, before?.memory ?? null),
        { ...settings, today },
        before,
      );
      const results = [...check.run()];
      const left = check.outcome();
      return {
        rules: results.flatMap(({ findings }) => findings.map(({ rule }) => rule)),
        checked: check.checked,
        left: left ? (JSON.parse(JSON.stringify(left)) as StoredRun) : before,
      };
    };
    const first = on("2026-02-27", null);
    const second = on("2026-02-28", first.left);
    assert.deepEqual([first.rules, second.rules, second.checked], [[], [], 0]);
    const third = on("2026-03-01", second.left);
    assert.deepEqual(third.rules, ["async/blocking-call", "holdfast/expired-ignore"]);
    assert.deepEqual(on("2026-02-27", third.left).rules, [], "a cache of another day");
  });

  it("is told of today by the command line", () => {
    lay({ "a.py": sleeper("# holdfast: ignore[async] until 2020-01-31: soon") });
    assert.deepEqual(found(), ["5 async/blocking-call", "5 holdfast/expired-ignore"]);
    lay({ "a.py": sleeper("# holdfast: ignore[async] until 2999-01-31: soon") });
    assert.deepEqual(found(), []);
  });

  it("silences nothing where its day is none", () => {
    for (const day of ["tomorrow", "2026-02-30", "2026-13-01", "31.01.2027", ""]) {
      lay({ "a.py": sleeper(`# holdfast: ignore[async] until ${day}`) });
      assert.deepEqual(found(), ["5 async/blocking-call", "5 holdfast/unknown-ignore"], day);
    }
  });
});

describe("a name that is no rule's", () => {
  it("is cured by the one that was meant, or taken out, but not without being asked", () => {
    const cases: readonly (readonly [written: string, cured: string])[] = [
      ["# holdfast: ignore[asnyc]: old", "    time.sleep(1)  # holdfast: ignore[async]: old"],
      [
        "# holdfast: ignore[async, db/leaked-sesion]",
        "    time.sleep(1)  # holdfast: ignore[async, db/leaked-session]",
      ],
      [
        "# holdfast: ignore[async, quite/another] until 2999-01-31",
        "    time.sleep(1)  # holdfast: ignore[async] until 2999-01-31",
      ],
      ["# noqa # holdfast: ignore[quite/another]", "    time.sleep(1)  # noqa"],
    ];
    for (const [written, cured] of cases) {
      lay({ "a.py": sleeper(written) });
      const before = text("a.py");
      holdfast("check", "--fix", "--select", "holdfast");
      assert.equal(text("a.py"), before, "what is silenced is for people to say");
      holdfast("check", "--fix", "--unsafe-fixes", "--select", "holdfast");
      assert.equal(text("a.py").split("\n")[4], cured);
    }
  });
});

describe("a reason", () => {
  it("may be asked for", () => {
    const settings = '[rules."holdfast/unknown-ignore"]\nrequire-reason = true\n';
    lay({ "holdfast.toml": settings, "a.py": sleeper("# holdfast: ignore[async]") });
    assert.deepEqual(found(), ["5 holdfast/unknown-ignore"]);
    for (const reason of [": old", " old", " until 2999-01-01: old", " — see #12"]) {
      lay({ "a.py": sleeper(`# holdfast: ignore[async]${reason}`) });
      assert.deepEqual(found(), [], reason);
    }
    lay({ "a.py": sleeper("# holdfast: ignore[async] until 2999-01-01") });
    assert.deepEqual(found(), ["5 holdfast/unknown-ignore"]);
  });
});

/** Places where a comment breaks code unless it is written with care. */
const HARD = `#!/usr/bin/env python
import time, requests
X = """
time.sleep(1)
"""


async def strings(x):
    y = f"""
    {requests.get(x)}
    """
    z = """a
    b""" + requests.get(
        x,
    ).text
    return y, z


async def continued(x):
    a = 1 + \\
        time.sleep(1) or \\
        requests.get(x)
    assert a, \\
        requests.get(x)
    if x: time.sleep(1); requests.get(x)
    elif requests.get(x):
        pass
    else:
        time.sleep(1)  # noqa: a comment  # fmt: skip
    for _ in range(3): time.sleep(1)
    try:
        with requests.get(x) as r:
            pass
    finally:
        time.sleep(1)  # holdfast: ignore[db]
    return [
        requests.get(y)  # one
        # two
        for y in x
    ]
\t
async def tabs():
\tif True:
\t\ttime.sleep(1)
\treturn requests.get("${"x".repeat(150)}")`;

describe("holdfast suppress", () => {
  const suppress = (...args: string[]): SpawnSyncReturns<string> =>
    holdfast("suppress", "--rule", "async/blocking-call", "--reason", REASON, ...args);
  const code = (source: string): string =>
    source
      .split(/\r?\n/)
      .filter((line) => !/^\s*# holdfast: ignore\[async\/blocking-call\]/.test(line))
      .join("\n");

  it("silences every finding of a rule, adds lines of its own only, and does nothing the second time", () => {
    lay({ "a.py": HARD });
    const before = found();
    const wanted = before.filter((each) => each.endsWith("async/blocking-call"));
    assert.ok(wanted.length >= 14, before.join());
    const { status, stdout, stderr } = suppress();
    assert.equal(status, 0, stderr);
    assert.match(stdout, new RegExp(`^Silenced ${wanted.length} findings in 1 file\\.`));
    assert.equal(code(text("a.py")), HARD);
    assert.deepEqual(
      found().filter((each) => each.endsWith("async/blocking-call")),
      [],
    );
    assert.match(
      text("a.py"),
      /^ {4}# holdfast: ignore\[async\/blocking-call\]: until we have the new client, see #12$/m,
    );
    const once = text("a.py");
    assert.match(suppress().stdout, /^Nothing to do/);
    assert.equal(text("a.py"), once);
    const python = spawnSync("python3", ["-m", "py_compile", join(folder, "a.py")], { encoding: "utf8" });
    if (!python.error) assert.equal(python.stderr, "");
  });

  it("can be taken back to the letter", () => {
    lay({ "a.py": HARD });
    suppress();
    assert.equal(holdfast("unsuppress", "--rule", "async/blocking-call").status, 0);
    assert.equal(text("a.py"), HARD);
  });

  it("keeps the line ends of the file", () => {
    lay({ "a.py": HARD.replaceAll("\n", "\r\n") });
    suppress();
    assert.doesNotMatch(text("a.py"), /[^\r]\n/);
    assert.equal(code(text("a.py")), HARD);
    assert.deepEqual(
      found().filter((each) => each.endsWith("async/blocking-call")),
      [],
    );
  });

  it("writes the last day and leaves other rules, other files and known findings alone", () => {
    lay({ "a.py": sleeper(""), "b.py": sleeper(""), "c.py": `${sleeper("")}    open("x").read()\n` });
    suppress("--until", "2999-01-31", "a.py");
    assert.match(text("a.py"), /ignore\[async\/blocking-call\] until 2999-01-31: until we have/);
    assert.equal(text("b.py"), sleeper(""));
    holdfast("baseline", "create", "b.py");
    suppress();
    assert.equal(text("b.py"), sleeper(""));
    assert.deepEqual(found(), ["7 async/blocking-file-io"]);
    suppress("--no-baseline");
    assert.notEqual(text("b.py"), sleeper(""));
  });

  it("shows what it would do", () => {
    lay({ "a.py": sleeper("") });
    const { status, stdout, stderr } = suppress("--diff");
    assert.equal(status, 1);
    assert.match(stdout, /^\+ {4}# holdfast: ignore\[async\/blocking-call\]: until we/m);
    assert.match(stderr, /Would silence 1 finding in 1 file/);
    assert.equal(text("a.py"), sleeper(""));
    assert.deepEqual(readdirSync(folder).sort(), [".holdfast-cache", "a.py", "pyproject.toml"]);
  });

  it("says what is wrong with how it is called", () => {
    lay({ "a.py": sleeper("") });
    const wrong = (...args: string[]): string => {
      const { status, stderr } = holdfast("suppress", ...args);
      assert.equal(status, 2, stderr);
      return stderr;
    };
    assert.match(wrong("--rule", "async"), /--reason/);
    assert.match(wrong("--reason", "x"), /--rule/);
    assert.match(wrong("--rule", "async/blocking-cal", "--reason", "x"), /did you mean "async\/blocking-call"/);
    assert.match(wrong("--rule", "async", "--reason", "x\ny"), /one line/);
    assert.match(wrong("--rule", "async", "--reason", "x", "--until", "May"), /such as 2027-01-31/);
    assert.match(wrong("--rule", "async", "--reason", "x", "--until", "2020-01-01"), /is over already/);
    assert.equal(text("a.py"), sleeper(""));
  });
});

describe("holdfast unsuppress", () => {
  it("takes a rule out of the comments that name it, and those away that name nothing else", () => {
    lay({
      "a.py":
        "import time\n\n\nasync def wait():\n    # holdfast: ignore[async]: old\n    time.sleep(1)\n    time.sleep(2)  # holdfast: ignore[db, async/blocking-call]: why  # noqa\n    time.sleep(3)  # holdfast: ignore\n",
    });
    const { stdout } = holdfast("unsuppress", "--rule", "async");
    assert.match(stdout, /2 comments in 1 file/);
    assert.equal(
      text("a.py"),
      "import time\n\n\nasync def wait():\n    time.sleep(1)\n    time.sleep(2)  # holdfast: ignore[db]: why  # noqa\n    time.sleep(3)  # holdfast: ignore\n",
    );
  });

  it("takes away what silences nothing, and only that", () => {
    lay({
      "a.py": `${sleeper("# holdfast: ignore[async]")}    # holdfast: ignore[async]\n    x = 1  # holdfast: ignore[db]  # noqa\n`,
    });
    assert.match(holdfast("unsuppress", "--unused").stdout, /2 comments in 1 file/);
    assert.equal(text("a.py"), `${sleeper("# holdfast: ignore[async]")}    x = 1  # noqa\n`);
    assert.match(holdfast("unsuppress", "--unused").stdout, /^Nothing to do/);
    assert.equal(holdfast("unsuppress").status, 2);
  });
});
