/** Several threads find what one finds, and leave what one leaves. Runs the built command line; needs `npm run build` before. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./harness/fixture.ts";

const CLI = join(ROOT, "dist", "cli.js");

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-workers-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(fixture: string): void {
  cpSync(join(ROOT, "test-fixtures", fixture), folder, { recursive: true });
  writeFileSync(join(folder, "holdfast.toml"), "");
}

function run(...args: readonly string[]): { out: string; err: string; code: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, "check", ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { out: stdout, err: stderr, code: status };
}

describe("several threads", () => {
  for (const fixture of ["sample", "rules", "engine"])
    it(`find the same in ${fixture} as one, with the same chains and fixes`, () => {
      lay(fixture);
      const one = run("--no-cache", "--workers", "1", "--output-format", "json");
      assert.ok((JSON.parse(one.out) as { diagnostics: unknown[] }).diagnostics.length > 0);
      for (const count of ["2", "3"])
        assert.deepEqual(run("--no-cache", "--workers", count, "--output-format", "json"), one);
    });

  it("see what stands in the part of another one", () => {
    writeFileSync(join(folder, "holdfast.toml"), "");
    writeFileSync(
      join(folder, "a_handlers.py"),
      "from z_waiting import pause\n\n\nasync def handler():\n    pause()\n",
    );
    writeFileSync(join(folder, "z_waiting.py"), "import time\n\n\ndef pause():\n    time.sleep(1)\n");
    const { out, code } = run("--no-cache", "--workers", "2", "--output-format", "concise");
    assert.equal(code, 1);
    assert.match(out, /a_handlers\.py:5:5: .*`pause` waits for the clock/);
  });

  it("leave for the next run what one leaves", () => {
    lay("sample");
    const first = run("--workers", "2", "--output-format", "json");
    assert.equal(readdirSync(join(folder, ".holdfast-cache")).filter((name) => name.endsWith(".json")).length, 1);
    assert.deepEqual(run("--workers", "1", "--output-format", "json"), first);
    const [changed] = (JSON.parse(first.out) as { diagnostics: { file: string }[] }).diagnostics;
    const path = join(folder, changed!.file);
    writeFileSync(path, `import time\n\n\nasync def added():\n    time.sleep(1)\n\n\n${readFileSync(path, "utf8")}`);
    const warm = run("--output-format", "json");
    assert.match(warm.out, /time\.sleep/);
    assert.deepEqual(warm, run("--no-cache", "--workers", "1", "--output-format", "json"));
  });

  it("are no more than there are files, and take Python that is broken", () => {
    writeFileSync(join(folder, "holdfast.toml"), "");
    writeFileSync(join(folder, "only.py"), "import time\n\n\nasync def f(:\n    time.sleep(1)\n");
    const one = run("--no-cache", "--workers", "1", "--output-format", "json");
    assert.deepEqual(run("--no-cache", "--workers", "9", "--output-format", "json"), one);
  });

  it("have to be counted in numbers", () => {
    for (const wrong of ["0", "many", "-2"]) {
      const { err, code } = run("--workers", wrong, ".");
      assert.equal(code, 2);
      assert.match(err, /workers <n>.*it is a number from 1 on/);
    }
  });
});
