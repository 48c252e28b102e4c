/** The built command line, run as people and CI run it. Needs `npm run build` before. */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { rules } from "../rules/index.ts";
import { plainEnvironment } from "./harness/environment.ts";
import { ROOT } from "./harness/fixture.ts";

const CLI = join(ROOT, "dist", "cli.js");

const SLEEPS = `import time
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def root():
    time.sleep(1)
`;
const QUIET = "def add(a, b):\n    return a + b\n";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-cli-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(name.endsWith("/") ? path : dirname(path), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(path, content);
  }
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

function holdfast(args: readonly string[], { env = {}, cwd = folder }: RunOptions = {}): SpawnSyncReturns<string> {
  const run = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...plainEnvironment(), ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  assert.doesNotMatch(run.stderr, /^\s+at .*:\d+:\d+\)?$/m, "never a stack trace");
  return run;
}

interface Diagnostic {
  readonly file: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
  readonly related: readonly { readonly file: string; readonly message: string }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly safe: boolean;
    readonly edits: readonly { readonly file: string }[];
  }[];
  readonly fingerprint: string;
}

function json(
  args: readonly string[],
  options?: RunOptions,
): { diagnostics: Diagnostic[]; summary: { files: number; fixed: number } } {
  return JSON.parse(holdfast(["check", "--output-format", "json", ...args], options).stdout);
}

/** `file:line rule` of each finding. */
function places(args: readonly string[], options?: RunOptions): string[] {
  return json(args, options).diagnostics.map(({ file, range, rule }) => `${file}:${range.start.line} ${rule}`);
}

describe("holdfast check", () => {
  it("finds a blocking call, shows it underlined, and exits with 1", () => {
    lay({ "main.py": SLEEPS });
    const run = holdfast(["check"]);
    assert.equal(run.status, 1);
    assert.match(run.stdout, /^main\.py:9:5 {2}\w+\[async\/blocking-call\] /m);
    assert.match(run.stdout, /^ 9 \| {5}time\.sleep\(1\)\n {3}\| {5}\^{10}/m);
    assert.match(run.stdout, /^ {3}= help: /m);
    assert.match(run.stdout, /^Found 1 problem in 1 file: /m);
    assert.equal(run.stderr, "");
  });

  it("shows the way through other files, though only one was asked for", () => {
    lay({
      "pyproject.toml": "[project]\nname = 'x'\n",
      "app/__init__.py": "",
      "app/helpers.py": "import requests\n\n\ndef load():\n    return requests.get('https://x.example')\n",
      "app/main.py": "from app.helpers import load\n\n\nasync def main():\n    return load()\n",
    });
    const run = holdfast(["check", "app/main.py"]);
    assert.equal(run.status, 1);
    assert.match(run.stdout, /^app\/main\.py:5:12 /m);
    assert.match(run.stdout, /= via app\/helpers\.py:5 {2}return requests\.get\('https:\/\/x\.example'\)/);
    const inside = holdfast(["check", "--output-format", "concise", "main.py"], { cwd: join(folder, "app") });
    assert.match(inside.stdout, /^main\.py:5:12: /, "paths are relative to the working directory");
    assert.deepEqual(places(["app/helpers.py"]), [], "the helper is innocent");
  });

  it("exits with 0 and says how much it checked where nothing is wrong", () => {
    lay({ "a.py": QUIET, "b/c.py": QUIET });
    const run = holdfast(["check", "."]);
    assert.equal(run.status, 0);
    assert.equal(run.stdout, "No problems in 2 files.\n");
    assert.equal(holdfast(["check", "--quiet"]).stdout, "");
  });

  it("survives every kind of file", () => {
    const call = "import time\nasync def f():\n    time.sleep(1)\n";
    lay({
      "empty.py": "",
      "broken.py": `def (((:\n  class\n${call}`,
      "bom.py": `\ufeff${call}`,
      "crlf.py": call.replace(/\n/g, "\r\n"),
      "latin.py": Buffer.from(`# -*- coding: latin-1 -*-\nname = "M\xfcller"\n${call}`, "latin1"),
      "not-utf8.py": Buffer.from(`name = "M\xfcller"\n${call}`, "latin1"),
      "nul.py": `\0${call}`,
      "folder.py/inner.py": call,
    });
    symlinkSync("..", join(folder, "folder.py", "loop"));
    symlinkSync("nowhere", join(folder, "dangling.py"));
    const run = holdfast(["check", "--output-format", "concise"]);
    assert.equal(run.status, 1);
    const files = [...run.stdout.matchAll(/^([\w./-]+):(\d+):\d+: \w+\[async\/blocking-call\]/gm)];
    const found = files.map(([, file, line]) => `${file}:${line}`).filter((place) => !place.startsWith("broken.py"));
    assert.deepEqual(found, ["bom.py:3", "crlf.py:3", "folder.py/inner.py:3", "latin.py:5", "not-utf8.py:4"]);
    assert.match(run.stderr, /^holdfast: nul\.py: not checked: .*NUL/m);
    assert.match(run.stderr, /^holdfast: dangling\.py: .*target does not exist/m);
    assert.match(run.stderr, /^holdfast: not-utf8\.py: .*read as Latin-1/m);
  });

  it("survives 50,000 lines, and refuses what is larger than people write, aloud", () => {
    const body = Array.from({ length: 12_500 }, (_, i) => `def f${i}(x):\n    y = x + ${i}\n    return g(y)\n\n`).join(
      "",
    );
    lay({
      "long.py": `${body}import time\nasync def slow():\n    time.sleep(1)\n`,
      "huge.py": `x = "${"a".repeat(6_000_000)}"`,
    });
    const run = holdfast(["check", "--output-format", "concise"]);
    assert.match(run.stdout, /^long\.py:50003:5: /);
    assert.match(run.stderr, /^holdfast: huge\.py: not checked: it is larger than 5\.0 MB/m);
  });

  it("leaves alone what Git ignores, what is excluded and what is not Python; a named file is always checked", () => {
    lay({
      ".gitignore": "gen/\n",
      "pyproject.toml": '[tool.holdfast]\nexclude = ["skip"]\n',
      "gen/a.py": SLEEPS,
      "skip/b.py": SLEEPS,
      "other/c.py": SLEEPS,
      ".venv/d.py": SLEEPS,
      "e.py": SLEEPS,
      "README.md": "time.sleep(1)",
    });
    assert.deepEqual(places(["--exclude", "other"]), ["e.py:9 async/blocking-call"]);
    assert.deepEqual(places(["gen/a.py"]), ["gen/a.py:9 async/blocking-call"]);
    assert.match(holdfast(["check", "README.md"]).stderr, /README\.md: not checked: it is not a Python file/);
    assert.match(holdfast(["check", "gen"]).stderr, /gen: no Python files found here/);
  });

  it("runs the rules that are selected", () => {
    lay({ "main.py": SLEEPS });
    assert.deepEqual(places(["--select", "db,request"]), []);
    assert.deepEqual(places(["--select", "async"]), ["main.py:9 async/blocking-call"]);
    assert.deepEqual(places(["--ignore", "async/blocking-call"]), []);
  });

  it("obeys ignore comments", () => {
    lay({ "main.py": SLEEPS.replace("time.sleep(1)", "time.sleep(1)  # holdfast: ignore[async/blocking-call]") });
    const run = holdfast(["check"]);
    assert.equal(run.status, 0);
    assert.match(run.stdout, /1 silenced by comments/);
    lay({ "main.py": SLEEPS.replace("time.sleep(1)", "time.sleep(1)  # holdfast: ignore[async/blocking]") });
    assert.match(holdfast(["check"]).stdout, /did you mean `async\/blocking-call`/);
  });

  it("fails from the severity on that is asked for", () => {
    lay({ "main.py": SLEEPS, "holdfast.toml": '[rules."async/blocking-call"]\nseverity = "hint"\n' });
    assert.equal(holdfast(["check"]).status, 0, "a hint is below the default gate");
    assert.equal(holdfast(["check", "--fail-on", "hint"]).status, 1);
    assert.equal(holdfast(["check", "--fail-on", "error"]).status, 0);
    lay({ "holdfast.toml": '[rules."async/blocking-call"]\nseverity = "error"\n' });
    assert.equal(holdfast(["check"]).status, 1);
    assert.equal(holdfast(["check", "--fail-on", "never"]).status, 0);
  });

  it("applies safe fixes, in the encoding of the file, and then finds nothing", () => {
    const fixable = json([]).diagnostics;
    assert.deepEqual(fixable, []);
    lay({ "main.py": `\ufeff${SLEEPS.replace(/\n/g, "\r\n")}` });
    const run = holdfast(["check", "--fix"]);
    assert.match(run.stdout, /^Fixed 1 problem\.$/m);
    assert.equal(run.status, 0);
    const fixed = readFileSync(join(folder, "main.py"), "utf8");
    assert.ok(fixed.startsWith("\ufeff"), "the byte order mark stays");
    assert.match(fixed, /^ {4}await asyncio\.sleep\(1\)\r$/m);
    assert.match(fixed, /^\ufeff?import asyncio\r$/m);
    assert.deepEqual(places([]), []);
  });

  it("prints the same with either parser", () => {
    lay({ "main.py": SLEEPS });
    const native = holdfast(["check", "--output-format", "json"], { env: { HOLDFAST_PARSER: "native" } });
    const wasm = holdfast(["check", "--output-format", "json"], { env: { HOLDFAST_PARSER: "wasm" } });
    assert.equal(wasm.stdout, native.stdout);
    assert.equal(wasm.status, native.status);
  });

  it("colours only where somebody sees it, or asks for it", () => {
    lay({ "main.py": SLEEPS });
    const colourful = (args: readonly string[], env = {}): boolean =>
      holdfast(["check", ...args], { env }).stdout.includes("\x1b[");
    assert.equal(colourful([]), false);
    assert.equal(colourful([], { FORCE_COLOR: "1" }), true);
    assert.equal(colourful([], { FORCE_COLOR: "1", NO_COLOR: "1" }), false);
    assert.equal(colourful(["--no-color"], { FORCE_COLOR: "1" }), false);
    assert.equal(colourful(["--color"]), true);
  });

  it("keeps the terminal safe, and underlines the right columns", () => {
    lay({ "main.py": 'import time\nasync def f():\n\tx = "日本\x1b[31m"; time.sleep(1)\n' });
    const { stdout } = holdfast(["check"]);
    assert.ok(!stdout.includes("\x1b"));
    const [code, carets] = stdout.split("\n").slice(2, 4);
    assert.equal(code, ' 3 |     x = "日本\ufffd[31m"; time.sleep(1)');
    // Each of the two wide characters takes one column more than its length.
    assert.equal(carets!.indexOf("^"), code!.indexOf("time.sleep") + 2);
  });

  it("does not mind a reader that stops early", () => {
    lay(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m${i}.py`, SLEEPS])));
    const script = `"${process.execPath}" "${CLI}" check | head -n 1`;
    const run = spawnSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
    assert.equal(run.stderr, "");
    assert.equal(run.stdout.split("\n").length, 2);
  });
});

describe("the JSON format", () => {
  const position = {
    type: "object",
    required: ["line", "column"],
    additionalProperties: false,
    properties: { line: { type: "integer", minimum: 1 }, column: { type: "integer", minimum: 1 } },
  };
  const range = {
    type: "object",
    required: ["start", "end"],
    additionalProperties: false,
    properties: { start: position, end: position },
  };
  const file = { type: "string", pattern: "^[^\\\\]+$" };
  const text = { type: "string" };
  const object = (properties: object): object => ({
    type: "object",
    additionalProperties: false,
    required: Object.keys(properties),
    properties,
  });
  const list = (items: object): object => ({ type: "array", items });
  const schema = object({
    version: { const: 1 },
    diagnostics: list(
      object({
        file,
        rule: { type: "string", pattern: "^[a-z]+/[a-z-]+$" },
        severity: { enum: ["error", "warning", "information", "hint"] },
        confidence: { enum: ["certain", "likely"] },
        message: text,
        range,
        related: list(object({ file, range, message: text })),
        fixes: list(object({ title: text, safe: { type: "boolean" }, edits: list(object({ file, range, text })) })),
        fingerprint: text,
      }),
    ),
    summary: { type: "object" },
  });

  it("is what is documented, for every example of every rule", () => {
    const validate = new Ajv2020().compile(schema);
    lay(Object.fromEntries(rules.map(({ id, docs }) => [`${id.replace("/", "_").replaceAll("-", "_")}.py`, docs.bad])));
    const { stdout, status } = holdfast(["check", "--select", "all", "--output-format", "json", "--fail-on", "hint"]);
    const output: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(stdout);
    assert.ok(validate(output), JSON.stringify(validate.errors));
    const found = new Set(output.diagnostics.map((each) => each.rule));
    assert.deepEqual(
      rules.map(({ id }) => id).filter((id) => !found.has(id)),
      [],
      "each rule's bad example is found",
    );
    const prints = output.diagnostics.map((each) => each.fingerprint);
    assert.equal(new Set(prints).size, prints.length);
    assert.equal(status, 1);
  });

  it("holds the edits of the fixes", () => {
    lay({ "main.py": SLEEPS });
    const [diagnostic] = json([]).diagnostics;
    assert.ok(diagnostic!.fixes.length > 0);
    assert.ok(diagnostic!.fixes[0]!.edits.length > 0);
  });

  it("holds fixes that change several files, which are not for bulk use", () => {
    lay({
      "app/__init__.py": "",
      "app/clock.py": "import time\n\n\ndef pause():\n    time.sleep(1)\n",
      "app/a.py": "from app.clock import pause\n\n\nasync def one():\n    pause()\n",
      "app/b.py": "from app import clock\n\n\nasync def two():\n    clock.pause()\n",
    });
    const { diagnostics } = json([]);
    const title = "Make pause async and await all 2 calls of it in 2 files";
    const fixes = diagnostics.map(({ fixes }) => fixes.at(-1));
    assert.deepEqual(
      fixes.map((fix) => [fix?.title, fix?.safe]),
      [
        [title, false],
        [title, false],
      ],
    );
    assert.deepEqual([...new Set(fixes[0]!.edits.map(({ file }) => file))].sort(), [
      "app/a.py",
      "app/b.py",
      "app/clock.py",
    ]);
    assert.match(holdfast(["check"]).stdout, new RegExp(`help: ${title}$`, "m"));
    assert.equal(json(["--fix"]).summary.fixed, 0);
  });

  it("is printed where nothing is found, too", () => {
    lay({ "a.py": "" });
    const output = json([]);
    assert.deepEqual(output.diagnostics, []);
    assert.equal(output.summary.files, 1);
  });
});

describe("mistakes in usage and settings", () => {
  const refused = (args: readonly string[], message: RegExp): void => {
    const run = holdfast(args);
    assert.equal(run.status, 2, `${args.join(" ")}\n${run.stderr}`);
    assert.match(run.stderr, message);
    assert.equal(run.stdout, "");
  };

  it("end with 2 and say what to do", () => {
    refused(["check", "nowhere"], /^holdfast: nowhere: there is no such file or folder$/m);
    refused(["check", "--output-format", "xml"], /Allowed choices are full, concise, grouped, /);
    refused(["check", "--fail-on", "loud"], /Allowed choices are error/);
    refused(["check", "--select", "asinc"], /--select: there is no rule or family "asinc"; did you mean "async"\?/);
    refused(["check", "--config", "none.toml"], /none\.toml: cannot be read: it does not exist/);
    refused(["check", "--colour"], /unknown option '--colour'/);
    refused(["chek"], /Did you mean check/);
    refused([], /Usage: holdfast/);
    refused(["explain", "async/blocking-cal"], /did you mean "async\/blocking-call"\?/);
  });

  it("in a file are named with line and key", () => {
    lay({
      "pyproject.toml": '[tool.holdfast]\nselct = []\n[tool.holdfast.rules."async/blocking-call"]\nseverity = 3\n',
    });
    refused(["check"], /^holdfast: pyproject\.toml:2: tool\.holdfast\.selct: .*did you mean "select"\?$/m);
    refused(["check"], /^holdfast: pyproject\.toml:4: tool\.holdfast\.rules\."async\/blocking-call"\.severity: /m);
    lay({ "holdfast.toml": "select = [\n" });
    refused(["check"], /^holdfast: holdfast\.toml:\d+: this is not valid TOML: /m);
  });
});

describe("an internal error", () => {
  it("ends with 3, names what is broken and how to report it", () => {
    const copy = join(folder, "cli.js");
    for (const name of ["cli.js", "cli.program.js"]) {
      writeFileSync(join(folder, name), readFileSync(join(dirname(CLI), name)));
    }
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    lay({ "project/a.py": SLEEPS });
    const run = spawnSync(process.execPath, [copy, "check", "project"], { cwd: folder, encoding: "utf8" });
    assert.equal(run.status, 3);
    assert.match(run.stderr, /internal error: knowledge\.json is missing/);
    assert.match(run.stderr, /HOLDFAST_DEBUG=1/);
    assert.doesNotMatch(run.stderr, /^\s+at /m);
  });
});

describe("holdfast explain and rules", () => {
  it("print a page for every rule", () => {
    for (const { id, docs } of rules) {
      const run = holdfast(["explain", id]);
      assert.equal(run.status, 0);
      assert.ok(run.stdout.startsWith(`# ${id}\n`));
      assert.ok(run.stdout.includes(docs.why.trim()));
    }
  });

  it("list all rules", () => {
    const run = holdfast(["rules"]);
    assert.equal(run.status, 0);
    assert.equal(holdfast(["explain"]).stdout, run.stdout);
    for (const { id } of rules) assert.match(run.stdout, new RegExp(`^${id} `, "m"));
  });

  it("print the version", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    assert.equal(holdfast(["--version"]).stdout, `${version}\n`);
  });
});
