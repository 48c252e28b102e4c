/**
 * Puts VS Code's server build, as the npm package `code-server` carries it, into `.editor-host/` (ignored by git).
 *
 * Only that package's `lib/vscode` is taken: the rest is a login page and a proxy. An installation is made beside its final place and
 * renamed into it as the last step, so that a folder of that name is always a whole one. No install script runs and nothing is compiled: what needs
 * compiling is the terminal, which nobody opens here, and the logger and the watchdog, which are replaced. Searching in files does not work.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Everything the editor host makes lives here. */
export const HOST_FOLDER = fileURLToPath(new URL("../../.editor-host", import.meta.url));

/** The server builds we use, by the version of Node each is made for. Other versions of Node get the last one and, from npm, its Node: the extension
 * host of a server build hangs where Node is newer than it was made for. */
const SERVER_BUILDS = [
  { node: 20, version: "4.100.3" },
  { node: 22, version: "4.117.0" },
];

/** Compiled modules that end an extension host without a parent; VS Code's own check every second does that too. */
const WATCHDOGS = ["native-watchdog", "@vscode/native-watchdog"];
const LOGGER = fileURLToPath(new URL("plain-logger.cjs", import.meta.url));

/**
 * Installs the server build if it is not there yet.
 *
 * @param {(line: string) => void} print
 * @returns {Promise<{ node: string, main: string, version: string } | { unavailable: string }>} `main` is the script that starts the server,
 *   `node` what runs it.
 */
export async function installServerBuild(print) {
  if (process.platform === "win32") return { unavailable: "the server build is not set up for Windows" };
  const nodeMajor = Number(process.versions.node.split(".")[0]);
  const ours = SERVER_BUILDS.find(({ node }) => nodeMajor === node);
  const build = ours ?? SERVER_BUILDS.at(-1);
  const name = `server-${build.version}${ours ? "" : "-with-node"}-${process.platform}-${process.arch}`;
  const finished = join(HOST_FOLDER, name);
  if (!existsSync(finished)) {
    const partial = join(HOST_FOLDER, `${name}.partial-${process.pid}`);
    try {
      await removeAbandoned(name);
      await mkdir(partial, { recursive: true });
      await assemble(build.version, partial, print);
      if (!ours)
        await run("npm", ["install", "--no-audit", "--no-fund", "--prefix", partial, `node@${build.node}`], partial);
      await rename(partial, finished).catch((error) => {
        // Another run finished the same installation first: theirs is as good.
        if (!existsSync(finished)) throw error;
      });
    } catch (error) {
      return { unavailable: `installing the server build failed: ${error.message}` };
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  }
  const { version } = JSON.parse(await readFile(join(finished, "vscode", "package.json"), "utf8"));
  return {
    node: ours ? process.execPath : join(finished, "node_modules", "node", "bin", "node"),
    main: join(finished, "vscode", "out", "server-main.js"),
    version,
  };
}

async function assemble(version, folder, print) {
  const root = join(folder, "vscode");
  print(`editor: installing VS Code's server build (npm: code-server ${version}), once, into .editor-host/ ...`);
  await run("npm", ["pack", `code-server@${version}`, "--silent"], folder);
  await mkdir(root);
  const strip = ["--strip-components=3", "-C", root, "package/lib/vscode"];
  await run("tar", ["-xzf", `code-server-${version}.tgz`, ...strip], folder);
  await rm(join(folder, `code-server-${version}.tgz`));

  await run("npm", ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], root);
  await cp(LOGGER, join(root, "node_modules", "@vscode", "spdlog", "index.js"));
  for (const watchdog of WATCHDOGS.map((name) => join(root, "node_modules", name))) {
    if (existsSync(watchdog)) await writeFile(join(watchdog, "index.js"), "exports.start = () => true;\n");
  }
  // VS Code looks for its own modules under the name of the archive the desktop build keeps them in.
  if (!existsSync(join(root, "node_modules.asar"))) await symlink("node_modules", join(root, "node_modules.asar"));
}

/** Clears what interrupted installations left behind, but not what another living process is making. */
async function removeAbandoned(name) {
  const entries = existsSync(HOST_FOLDER) ? await readdir(HOST_FOLDER) : [];
  for (const entry of entries.filter((it) => it.startsWith(`${name}.partial-`))) {
    if (!isRunning(Number(entry.split("-").at(-1))))
      await rm(join(HOST_FOLDER, entry), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} [cwd]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<void>} Rejects with the end of its output when it fails.
 */
export function run(command, args, cwd, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keepTail = (chunk) => {
      output = (output + chunk).slice(-2000);
    };
    child.stdout.on("data", keepTail);
    child.stderr.on("data", keepTail);
    child.on("error", (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on("close", (code) => {
      if (code === 0) return resolve();
      reject(new Error(`${command} ${args.slice(0, 2).join(" ")} ended with ${code}:\n${output.trim()}`));
    });
  });
}
