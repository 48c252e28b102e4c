/** Compiled code that programs keep for their next start: a gain and never a condition. */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eachWithFolder } from "./harness/folder.ts";
import { Editor, SERVER } from "./harness-lsp.ts";

const folder = eachWithFolder();

/** All that says where, on every system. */
const placedIn = (place: string): Record<string, string> => ({
  HOME: place,
  XDG_CACHE_HOME: place,
  LOCALAPPDATA: place,
});

describe("a program that starts", () => {
  it("keeps its compiled code where the system wants such things, for its user alone", () => {
    const before = check();
    const code = keptCode();
    assert.ok(statSync(code).size > 100_000);
    if (process.platform !== "win32") assert.equal(statSync(join(code, "..")).mode & 0o077, 0);
    const longAgo = new Date(1e12);
    utimesSync(code, longAgo, longAgo);
    assert.equal(check(), before);
    assert.deepEqual(statSync(code).mtime, longAgo, "it was good enough to stay");
  });

  it("compiles it again where it is damaged", () => {
    const before = check();
    const code = keptCode();
    const whole = readFileSync(code);
    const changed = Buffer.from(whole).fill(7, 300_000, 300_100);
    for (const damaged of [Buffer.alloc(0), Buffer.from("not code"), whole.subarray(0, 70_000), changed]) {
      writeFileSync(code, damaged);
      assert.equal(check(), before);
      const kept = readFileSync(code);
      assert.ok(kept.length > 100_000 && !kept.equals(changed), "and keeps what is whole");
    }
  });

  it("keeps code of a server that the next one can use, whatever V8 was told meanwhile", async () => {
    // So many files that the server collects garbage when it has read them.
    const files = Array.from({ length: 210 }, (_, index) => [`app/m${index}.py`, "x = 1\n"] as const);
    const place = JSON.stringify(placedIn(join(folder.path, "home")));
    folder.lay({ ...Object.fromEntries(files), "place.cjs": `Object.assign(process.env, ${place});` });
    await serve();
    const code = keptCode("server.program");
    const longAgo = new Date(1e12);
    utimesSync(code, longAgo, longAgo);
    await serve();
    assert.deepEqual(statSync(code).mtime, longAgo);
  });

  it("starts for a user without a home, as containers have them", () => {
    // Being such a user takes rights that tests may not have.
    const nobody = "require('node:os').homedir = () => { throw new Error('uv_os_homedir returned ENOENT'); };";
    folder.lay({ "nobody.cjs": nobody });
    check({ XDG_CACHE_HOME: "", NODE_OPTIONS: `--require ${JSON.stringify(join(folder.path, "nobody.cjs"))}` });
  });

  it("does without where it cannot be kept, or is not to be", () => {
    const before = check();
    folder.lay({ file: "" });
    assert.equal(check(placedIn(join(folder.path, "file"))), before);
    assert.equal(check(placedIn("somewhere")), before);
    assert.ok(!readdirSync(folder.path).includes("somewhere"), "a place is absolute or none");
    const empty = join(folder.path, "empty");
    mkdirSync(empty);
    assert.equal(check({ ...placedIn(empty), NODE_DISABLE_COMPILE_CACHE: "1" }), before);
    assert.deepEqual(readdirSync(empty), []);
  });
});

/** What a check says of a file that has something wrong. */
function check(env = placedIn(join(folder.path, "home"))): string {
  folder.lay({ "app/a.py": "import time\n\n\nasync def a():\n    time.sleep(1)\n" });
  const run = folder.holdfast(["check", "--no-cache", "--output-format", "concise", "app"], env);
  assert.equal(run.status, 1, run.stderr);
  assert.equal(run.stderr, "");
  assert.match(run.stdout, /async\/blocking-call/);
  return run.stdout;
}

/** Has a server read the folder, and end. */
async function serve(): Promise<void> {
  const program = ["--require", join(folder.path, "place.cjs"), SERVER, "--stdio"];
  const editor = new Editor(join(folder.path, "app"), { program });
  try {
    await editor.greet();
    await editor.ready();
    assert.equal(await editor.end(), 0);
  } finally {
    editor.kill();
  }
}

function keptCode(of = "cli.program"): string {
  const home = join(folder.path, "home");
  const files = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) => name.includes(of));
  assert.equal(files.length, 1, files.join());
  return join(home, files[0]!);
}
