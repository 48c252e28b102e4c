/**
 * Other tools on the same files, for scale. They do other work: a linter that looks at each file alone does less, a type checker more.
 *
 * They are no dependencies of this repository: they are installed into a temporary folder, which is removed afterwards.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Run, runNode, runProgram } from "./processes.ts";

const PACKAGES = ["@astral-sh/ruff-wasm-nodejs", "pyright"];

/** Lints each file of a list with everything ruff has. */
const RUFF_WASM = `
const { readFileSync } = require("node:fs");
const ruff = require("@astral-sh/ruff-wasm-nodejs");
const workspace = new ruff.Workspace({ lint: { select: ["ALL"] } }, ruff.PositionEncoding?.Utf16);
let findings = 0;
for (const file of readFileSync(process.argv[2], "utf8").split("\\n"))
  try { findings += workspace.check(readFileSync(file, "utf8")).length; } catch {}
console.log(findings + " findings");
`;

export interface Peers {
  run(root: string, files: readonly string[]): Readonly<Record<string, Run | null>>;
  remove(): void;
}

/** Installs what can be had from the registry. What cannot is left out of the table. */
export function installPeers(say: (line: string) => void): Peers {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  say(`installing ${PACKAGES.join(" and ")} into a temporary folder`);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  for (const name of PACKAGES)
    spawnSync(npm, ["install", "--prefix", folder, "--no-audit", "--no-fund", name], { stdio: "ignore" });
  writeFileSync(join(folder, "ruff.cjs"), RUFF_WASM);
  const attempt = (work: () => Run | null): Run | null => {
    try {
      return work();
    } catch (error) {
      say(`left out: ${(error instanceof Error ? error.message : String(error)).split("\n").slice(0, 3).join(" ")}`);
      return null;
    }
  };
  return {
    run(root, files) {
      writeFileSync(join(folder, "files.txt"), files.join("\n"));
      return {
        "ruff, all rules, no cache": attempt(() =>
          runProgram("ruff", ["check", "--no-cache", "--select", "ALL", root]),
        ),
        "ruff in WebAssembly, all rules": attempt(() => runNode([join(folder, "ruff.cjs"), join(folder, "files.txt")])),
        pyright: attempt(() => runNode([join(folder, "node_modules", "pyright", "index.js"), root])),
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
