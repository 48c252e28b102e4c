/**
 * Other tools on the same files, for scale. They do other work: a linter that looks at each file alone does less, a type checker more.
 *
 * What is on PATH is run. `--peers` also installs what the npm registry has into a temporary folder, which is removed afterwards; none is a dependency of this repository.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Run, runNode, runProgram, SCRATCH } from "./processes.ts";

export interface PeerFigures {
  /** Seconds after which a tool is given up. */
  readonly limit: number;
  readonly tools: readonly { readonly name: string; readonly run: Run | "too slow" | null }[];
}

const LIMIT_SECONDS = 120;
const PACKAGES = ["@astral-sh/ruff-wasm-nodejs", "pyright"];
const INSTALLED = join(SCRATCH, "peers");

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

/** Installs what can be had from the registry. What cannot is left out of the table. */
export function installPeers(say: (line: string) => void): void {
  say(`installing ${PACKAGES.join(" and ")} into a temporary folder`);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  for (const name of PACKAGES)
    spawnSync(npm, ["install", "--prefix", INSTALLED, "--no-audit", "--no-fund", name], { stdio: "ignore" });
  writeFileSync(join(INSTALLED, "ruff.cjs"), RUFF_WASM);
}

/** Runs what is on PATH, and what was installed where something was. `files` are absolute. */
export function runPeers(root: string, files: readonly string[], installed: boolean): PeerFigures {
  const list = join(SCRATCH, "files.txt");
  writeFileSync(list, files.join("\n"));
  const program = (name: string, ...args: readonly string[]): Run | "too slow" | null =>
    runProgram(name, args, LIMIT_SECONDS, root);
  const tools = [
    {
      name: "ruff, all rules, no cache",
      run: program("ruff", "check", "--no-cache", "--isolated", "--select", "ALL", "--quiet", "--exit-zero", root),
    },
    {
      name: "ruff, its default rules, no cache",
      run: program("ruff", "check", "--no-cache", "--isolated", "--quiet", "--exit-zero", root),
    },
    { name: "pyright", run: program("pyright", root) },
    { name: "pylint, two processes", run: program("pylint", "--jobs=2", "--recursive=y", "--score=n", root) },
  ];
  if (!installed) return { limit: LIMIT_SECONDS, tools: tools.filter(({ run }) => run !== null) };
  return {
    limit: LIMIT_SECONDS,
    tools: [
      ...tools.filter(({ run }) => run !== null),
      { name: "ruff in WebAssembly, all rules", run: attempt(() => runNode([join(INSTALLED, "ruff.cjs"), list])) },
      {
        name: "pyright, from npm",
        run: attempt(() => runNode([join(INSTALLED, "node_modules", "pyright", "index.js"), root])),
      },
    ],
  };
}

function attempt(work: () => Run): Run | null {
  try {
    return work();
  } catch {
    return null;
  }
}
