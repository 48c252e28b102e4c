/**
 * Other tools on the same files, for scale. They do other work: a linter that looks at each file alone does less, a type checker more.
 *
 * What is on PATH is run. `--peers` also installs what the npm registry has into a temporary folder, which is removed afterwards; none is a dependency of this repository.
 */
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Run, runNode, runProgram, SCRATCH } from "./processes.ts";
import type { Latency } from "./typist.ts";

export interface PeerFigures {
  readonly tools: readonly { readonly name: string; readonly run: Run | "too slow" | null }[];
  /** Keystrokes in their language servers; null where one does not answer. */
  readonly servers: readonly { readonly name: string; readonly latency: Latency | null }[];
}

/** After so long a tool is given up. */
export const LIMIT_SECONDS = 90;
const PACKAGES = ["@astral-sh/ruff-wasm-nodejs", "pyright"];
const INSTALLED = join(SCRATCH, "peers");
const PYRIGHT = join(INSTALLED, "node_modules", "pyright");

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
  const tools: { readonly name: string; readonly run: Run | "too slow" | null }[] = [
    {
      name: "ruff, all rules, no cache",
      run: program("ruff", "check", "--no-cache", "--isolated", "--select", "ALL", "--quiet", "--exit-zero", root),
    },
    {
      name: "ruff, its default rules, no cache",
      run: program("ruff", "check", "--no-cache", "--isolated", "--quiet", "--exit-zero", root),
    },
    { name: "pyright", run: program("pyright", root) },
    // One process, because more of them would outlive the limit.
    { name: "pylint", run: program("pylint", "--recursive=y", "--score=n", root) },
  ];
  if (installed)
    tools.push(
      { name: "ruff in WebAssembly, all rules", run: attempt(() => runNode([join(INSTALLED, "ruff.cjs"), list])) },
      { name: "pyright, from npm", run: attempt(() => runNode([join(PYRIGHT, "index.js"), root])) },
    );
  const here = tools.filter(({ run }) => run !== null);
  const servers = [
    ...(here.some(({ name }) => name.startsWith("ruff,"))
      ? [{ name: "ruff server", latency: typing(root, "pull", onPath("ruff", "server")) }]
      : []),
    ...(here.some(({ name }) => name === "pyright")
      ? [{ name: "pyright", latency: typing(root, "push", onPath("pyright-langserver", "--stdio")) }]
      : []),
    ...(installed && existsSync(PYRIGHT)
      ? [
          {
            name: "pyright, from npm",
            latency: typing(root, "push", [join(PYRIGHT, "langserver.index.js"), "--stdio"]),
          },
        ]
      : []),
  ];
  return { tools: here, servers };
}

/** Arguments for Node that run a program on PATH with the same pipes. */
function onPath(...command: readonly string[]): readonly string[] {
  const [program, ...rest] = command.map((each) => JSON.stringify(each));
  return [
    "-e",
    `require("node:child_process").spawn(${program}, [${rest.join(", ")}], { stdio: "inherit" }).on("exit", process.exit)`,
  ];
}

function typing(root: string, way: "pull" | "push", program: readonly string[]): Latency | null {
  const args = ["--import", "tsx", join(__dirname, "peer-server.ts"), root, way, ...program];
  const run = spawnSync(process.execPath, args, {
    cwd: join(__dirname, ".."),
    encoding: "utf8",
    timeout: LIMIT_SECONDS * 1000,
  });
  return run.status === 0 ? (JSON.parse(run.stdout.trim().split("\n").at(-1)!) as Latency) : null;
}

function attempt(work: () => Run): Run | null {
  try {
    return work();
  } catch {
    return null;
  }
}
