/**
 * What a run leaves on disk makes the next one faster and changes nothing else, whatever has happened to it meanwhile. Runs the built command line; needs
 * `npm run build` before.
 */
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "./harness/fixture.ts";

const CLI = join(ROOT, "dist", "cli.js");
const CACHE = ".holdfast-cache";

const PROJECT: Readonly<Record<string, string>> = {
  "pyproject.toml": "",
  "app/__init__.py": "",
  "app/waiting.py": "import time\n\n\ndef pause():\n    time.sleep(1)\n",
  "app/handlers.py": "from app.waiting import pause\n\n\nasync def handler():\n    pause()\n",
  "app/other.py": "import requests\n\n\nasync def fetch(url):\n    return requests.get(url).json()\n",
};

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-cache-")));
  lay(PROJECT);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** What a check prints for programs; throws where it complains about anything. */
function check(...args: readonly string[]): string {
  const run = spawnSync(process.execPath, [CLI, "check", "--output-format", "json", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(run.stderr, "");
  assert.ok(run.status === 0 || run.status === 1, `exit code ${run.status}`);
  return run.stdout;
}

function cached(): string {
  const [file, ...others] = readdirSync(join(folder, CACHE)).filter((name) => name.endsWith(".json"));
  assert.ok(file && others.length === 0, "one run, one file");
  return join(folder, CACHE, file);
}

describe("the cache", () => {
  it("serves the standard input, which leaves it as it is", () => {
    const typed = (file: string, text: string, ...args: readonly string[]): string => {
      const flags = ["check", "--output-format", "json", "--stdin-filename", file, ...args, "-"];
      const { stdout, stderr } = spawnSync(process.execPath, [CLI, ...flags], {
        cwd: folder,
        input: text,
        encoding: "utf8",
      });
      assert.equal(stderr, "");
      return stdout;
    };
    check();
    const kept = readFileSync(cached(), "utf8");
    const texts: readonly (readonly [file: string, text: string])[] = [
      ["app/handlers.py", PROJECT["app/handlers.py"]!],
      ["app/handlers.py", `# typed\n${PROJECT["app/handlers.py"]!.replace("pause()", "x = pause()")}`],
      ["app/waiting.py", "def pause():\n    return 1\n"],
      ["app/new.py", "from app.handlers import pause\n\n\nasync def new():\n    pause()\n"],
    ];
    for (const [file, text] of texts) assert.equal(typed(file, text), typed(file, text, "--no-cache"), file);
    assert.equal(readFileSync(cached(), "utf8"), kept);
    const asked = ["check", "--stdin-filename", "app/handlers.py", "--verify", "0123456789abcdef", "-"];
    const { stdout } = spawnSync(process.execPath, [CLI, ...asked], {
      cwd: folder,
      input: texts[1]![1],
      encoding: "utf8",
    });
    assert.match(stdout, /^new: 0$/m, "it knows of the check before");
  });

  it("gives the findings of the first run again, with their paths and fixes", () => {
    const first = check();
    const kept = readFileSync(cached(), "utf8");
    assert.match(first, /app\/waiting\.py/, "the path leads through another file");
    assert.equal(check(), first);
    assert.equal(readFileSync(cached(), "utf8"), kept, "nothing changed, nothing is written");
    assert.equal(check("--no-cache"), first);
  });

  it("sees what an edit changes in files that were not touched", () => {
    check();
    lay({ "app/waiting.py": "def pause():\n    pass\n" });
    assert.doesNotMatch(check(), /handlers\.py/);
    lay({ "app/waiting.py": "# Moved down.\nimport time\n\n\ndef pause():\n    time.sleep(1)\n" });
    const moved = check();
    assert.match(moved, /handlers\.py/);
    assert.equal(moved, check("--no-cache"), "lines in the path are those of now");
  });

  it("sees files that come, go and are hidden by others", () => {
    check();
    rmSync(join(folder, "app/waiting.py"));
    assert.equal(check(), check("--no-cache"));
    lay({ "app/waiting/__init__.py": "import subprocess\n\n\ndef pause():\n    subprocess.run(['true'])\n" });
    const package_ = check();
    assert.match(package_, /another process/);
    assert.equal(package_, check("--no-cache"));
  });

  it("keeps what other paths and other settings gave", () => {
    const all = check();
    const one = check("app/other.py");
    assert.equal(one, check("--no-cache", "app/other.py"));
    assert.equal(check("--ignore", "async"), check("--no-cache", "--ignore", "async"));
    lay({ "pyproject.toml": '[tool.holdfast]\nignore-calls = ["app.waiting.pause"]\n' });
    assert.doesNotMatch(check(), /handlers\.py/);
    lay({ "pyproject.toml": "" });
    assert.equal(check(), all);
  });

  it("lets fixes be applied that were found by the run before", () => {
    lay({ "app/tasks.py": "import asyncio\n\n\nasync def work():\n    asyncio.sleep(1)\n" });
    check();
    check("--fix");
    assert.match(readFileSync(join(folder, "app/tasks.py"), "utf8"), /await asyncio\.sleep\(1\)/);
    assert.equal(check(), check("--no-cache"));
  });

  const damages: Readonly<Record<string, (text: string) => string>> = {
    "is cut short": (text) => text.slice(0, text.length / 2),
    "is empty": () => "",
    "has lost a finding": (text) => text.replace('"severity":"warning"', '"severity":"hint"'),
    "comes from another format": (text) => text.replace(/^holdfast-cache/, "holdfast-cache-2"),
    "is not JSON": () => "\0\0\0",
  };
  for (const [what, damage] of Object.entries(damages)) {
    it(`is ignored where it ${what}`, () => {
      const first = check();
      const file = cached();
      const text = readFileSync(file, "utf8");
      const damaged = damage(text);
      assert.notEqual(damaged, text);
      writeFileSync(file, damaged);
      assert.equal(check(), first);
      assert.equal(readFileSync(file, "utf8"), text, "it is put right");
    });
  }

  it("may be restored in another place, from another state", () => {
    check();
    lay({ "app/other.py": "async def fetch(url):\n    return url\n" });
    const elsewhere = join(folder, "elsewhere");
    for (const name of ["app", "pyproject.toml", CACHE])
      cpSync(join(folder, name), join(elsewhere, name), { recursive: true });
    folder = elsewhere;
    try {
      const restored = check();
      assert.equal(restored, check("--no-cache"));
      assert.doesNotMatch(restored, /other\.py/);
    } finally {
      folder = dirname(elsewhere);
    }
  });

  it("can be told where to be, and to be nowhere", () => {
    check("--no-cache");
    assert.ok(!existsSync(join(folder, CACHE)));
    check("--cache-dir", "kept");
    assert.ok(!existsSync(join(folder, CACHE)));
    assert.equal(readFileSync(join(folder, "kept", ".gitignore"), "utf8"), "*\n");
    assert.equal(check("--cache-dir", "kept"), check("--no-cache"));
  });

  it("keeps its hands off what others keep in the folder it is told to use", () => {
    const others = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`shared/data${i}.json`, "{}\n"]));
    lay({ ...others, "shared/data.json.1.tmp": "x" });
    check("--cache-dir", "shared");
    const names = readdirSync(join(folder, "shared"));
    for (const name of Object.keys(others)) assert.ok(existsSync(join(folder, name)), name);
    assert.equal(names.length, 14, "theirs and the cache");
    assert.ok(!names.includes(".gitignore"), "Git is told nothing about files of others");
  });

  it("leaves a stray file's folder alone", () => {
    rmSync(join(folder, "pyproject.toml"));
    check("app/other.py");
    assert.ok(!existsSync(join(folder, CACHE)) && !existsSync(join(folder, "app", CACHE)));
  });

  it("that cannot be written stops nobody", () => {
    if (process.getuid?.() === 0) {
      console.log("      not tried with a folder that is read-only: the superuser may write everywhere");
    } else {
      mkdirSync(join(folder, CACHE));
      chmodSync(join(folder, CACHE), 0o500);
      assert.match(check(), /handlers\.py/);
      chmodSync(join(folder, CACHE), 0o700);
      rmSync(join(folder, CACHE), { recursive: true });
    }
    writeFileSync(join(folder, CACHE), "a file where the folder would be");
    assert.match(check(), /handlers\.py/);
    const named = spawnSync(process.execPath, [CLI, "check", "--cache-dir", CACHE], { cwd: folder, encoding: "utf8" });
    assert.match(named.stderr, /^holdfast: \.holdfast-cache: nothing is kept: /m, "whoever names a folder is told");
  });

  it("serves runs at the same time", async () => {
    const expected = check("--no-cache");
    const runs = Array.from(
      { length: 4 },
      () =>
        new Promise<string>((resolve) => {
          execFile(process.execPath, [CLI, "check", "--output-format", "json"], { cwd: folder }, (_, out) =>
            resolve(out),
          );
        }),
    );
    assert.deepEqual(new Set(await Promise.all(runs)), new Set([expected]));
    assert.deepEqual(
      readdirSync(join(folder, CACHE)).filter((name) => name.endsWith(".tmp")),
      [],
    );
    assert.equal(check(), expected);
  });
});
