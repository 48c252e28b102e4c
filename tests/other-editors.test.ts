/**
 * The server with editors that are not VS Code, as they are: Neovim with its built-in client, Emacs with Eglot. Each opens a file, reads what is found, takes the first
 * fix, and looks again. An editor that is not installed is passed over, and said to be.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./harness/fixture.ts";
import { SERVER } from "./harness-lsp.ts";

const LIMIT_MS = 120_000;
const SCRIPTS = join(ROOT, "tests", "other-editors");

const EDITORS = [
  {
    name: "Neovim",
    command: "nvim",
    args: ["--headless", "--clean", "-c", `luafile ${join(SCRIPTS, "neovim.lua")}`],
    lacks: () => (runs("nvim", ["--version"]) ? null : "nvim is not installed"),
  },
  {
    name: "Emacs",
    command: "emacs",
    args: ["--batch", "-l", join(SCRIPTS, "emacs.el")],
    lacks: () => {
      if (!runs("emacs", ["--version"])) return "emacs is not installed";
      const hasEglot = runs("emacs", ["--batch", "--eval", "(progn (package-initialize) (require 'eglot))"]);
      return hasEglot ? null : "its Eglot is not installed";
    },
  },
] as const;

describe("in other editors", function () {
  this.timeout(LIMIT_MS);

  for (const { name, command, args, lacks } of EDITORS) {
    it(`${name} shows findings, and takes a fix`, function () {
      const reason = lacks();
      if (reason !== null) {
        this.test!.title += ` (passed over: ${reason})`;
        this.skip();
      }
      const folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-other-")));
      try {
        cpSync(join(ROOT, "test-fixtures", "editor-workspace"), folder, { recursive: true });
        const said = JSON.parse(answerOf(command, args, folder)) as {
          found: readonly string[];
          actions: readonly string[];
          after: readonly string[];
          text: string;
        };
        assert.deepEqual(said.found, ["12:11 async/blocking-call", "17:4 async/blocking-call"], JSON.stringify(said));
        assert.equal(said.actions[0], "Await asyncio.sleep instead");
        assert.match(said.text, /^import asyncio$/m);
        assert.match(said.text, /^ {4}await asyncio\.sleep\(1\)$/m);
        assert.deepEqual(said.after, ["13:11 async/blocking-call"], "an import more stands above what is left");
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** The last line the editor prints. */
function answerOf(command: string, args: readonly string[], folder: string): string {
  const env = { ...process.env, HOLDFAST_NODE: process.execPath, HOLDFAST_SERVER: SERVER, HOLDFAST_FOLDER: folder };
  const { stdout, stderr } = spawnSync(command, args, { env, encoding: "utf8", timeout: LIMIT_MS });
  const line = stdout.trim().split("\n").at(-1) ?? "";
  assert.match(line, /^\{.*\}$/, `${stdout}\n${stderr}`);
  return line;
}
