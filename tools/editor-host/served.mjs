/**
 * VS Code's server build, with its workbench in a browser page: the whole editor and a real extension host, without Electron.
 *
 * The server listens on this machine only, and behind a token: whoever reaches it can run commands as this user.
 */
import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { findBrowser, openPage } from "./browser.mjs";
import { HOST_FOLDER, installServerBuild } from "./install.mjs";
import { REPORT_VARIABLE, relayReport } from "./report.mjs";
import {
  askedToEnd,
  environmentForEditor,
  logTail,
  removeFolder,
  temporaryFolder,
  writeSettings,
} from "./surroundings.mjs";

/** Settings that make the editor run Holdfast in the browser, as where there is no machine behind it. */
export const WEB_SETTINGS = { "remote.extensionKind": { "holdfast.holdfast": ["web"] } };

/** Tells the suite that the extension runs so. */
const WEB_VARIABLE = "HOLDFAST_EDITOR_WEB";

const LISTEN_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 3_000;

/**
 * @param {{ forPerson: boolean, print: (line: string) => void }} options
 * @returns {Promise<import("./index.mjs").Found>}
 */
export async function findServedEditor({ forPerson, print }) {
  const browser = forPerson ? { path: "" } : await findBrowser(print);
  if ("unavailable" in browser) return browser;
  const build = await installServerBuild(print);
  if ("unavailable" in build) return build;
  return {
    host: {
      name: `VS Code ${build.version}, server build${forPerson ? "" : " in Chromium"}`,
      runSuite: (options) => runSuiteInPage(build, browser.path, options),
      open: (options) => openForPerson(build, options),
    },
  };
}

/**
 * Starts the server and a headless page on a workspace, with the extension installed, hands the page to `use`, and clears everything away.
 *
 * @template T
 * @param {object} options
 * @param {string} options.extensionPath
 * @param {string} options.workspacePath
 * @param {string} options.file Absolute path of the file to open.
 * @param {number} options.line 1-based, as is `column`.
 * @param {number} options.column
 * @param {Record<string, unknown>} [options.userSettings]
 * @param {{ width?: number, height?: number, scale?: number }} [options.size]
 * @param {(line: string) => void} options.print
 * @param {(page: import("playwright-core").Page) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withEditorPage(
  { extensionPath, workspacePath, file, line, column, userSettings, size, print },
  use,
) {
  const browserFound = await findBrowser(print);
  if ("unavailable" in browserFound) throw new Error(browserFound.unavailable);
  const build = await installServerBuild(print);
  if ("unavailable" in build) throw new Error(build.unavailable);

  const data = await temporaryFolder();
  await writeSettings(settingsFile(data), userSettings);
  await installExtension(data, extensionPath);
  const server = await startServer(build, data, { env: socketsIn(data) });
  const release = stopOnSignals(server);
  const { browser, page } = await openPage(browserFound.path, size);
  try {
    await page.goto(server.address(workspacePath, openAt(server, `${file}:${line}:${column}`)));
    return await use(page);
  } finally {
    await browser.close();
    await server.stop();
    release();
    await removeFolder(data);
  }
}

async function runSuiteInPage(build, browserPath, options) {
  const { extensionPath, suitePath, workspacePath, userSettings, web = false, print } = options;
  const data = await temporaryFolder();
  await writeSettings(settingsFile(data), { ...userSettings, ...(web && WEB_SETTINGS) });
  const report = join(data, "report.jsonl");
  const env = { [REPORT_VARIABLE]: report, ...(web && { [WEB_VARIABLE]: "1" }), ...socketsIn(data) };
  // Where the extension under development runs, the suite runs; in a browser it could not. And a packed one is not under development.
  const packed = extensionPath.endsWith(".vsix");
  const developed = web || packed ? await emptyExtension(data) : extensionPath;
  if (packed) await installPacked(build, data, extensionPath);
  else if (web) await installExtension(data, extensionPath);
  const server = await startServer(build, data, { env });
  const release = stopOnSignals(server);
  const { browser, page } = await openPage(browserPath);

  const pictures = join(HOST_FOLDER, "failures");
  await rm(pictures, { recursive: true, force: true });
  const picture = async (name) => {
    const path = join(pictures, `${name}.png`);
    await page.screenshot({ path });
    print(`       screenshot: ${path}`);
  };

  try {
    const exited = new Promise((resolve) => {
      // The workbench calls these where it runs under automation: what the suite prints, and its exit code.
      page.exposeFunction("codeAutomationLog", () => {});
      page.exposeFunction("codeAutomationExit", (code) => resolve(`the extension host exited with ${code}`));
      page.once("close", () => resolve("its page was closed"));
      page.once("crash", () => resolve("its page crashed"));
    });
    await page.goto(
      server.address(workspacePath, [
        ["extensionDevelopmentPath", server.resource(developed)],
        ["extensionTestsPath", server.resource(suitePath)],
      ]),
    );
    let failures = 0;
    const outcome = await relayReport({
      path: report,
      print,
      gone: Promise.race([exited, server.gone]),
      onFail: () => picture(`failure-${++failures}`),
    });
    if (outcome.failed > 0) print(await logTail(join(data, "data", "logs")));
    return outcome;
  } catch (error) {
    await picture("editor").catch(() => {});
    error.message = `${error.message}\n${await logTail(join(data, "data", "logs"))}`;
    throw error;
  } finally {
    await browser.close();
    await server.stop();
    release();
    await removeFolder(data);
  }
}

/** Keeps its data folder, so that what a person sets in this editor is still set the next time. */
async function openForPerson(build, { extensionPath, workspacePath, place, host, port, print }) {
  const data = join(HOST_FOLDER, "try");
  await writeSettings(settingsFile(data), {}, { keep: true });
  await installExtension(data, extensionPath);
  const server = await startServer(build, data, { host, port });
  const asked = askedToEnd();
  const start = place ? openAt(server, `${join(workspacePath, place.file)}:${place.line}:${place.column}`) : [];
  print(
    `\nOpen this address in your browser:\n\n  ${server.address(workspacePath, start)}\n\nIt stops when you press Ctrl-C here.`,
  );
  const reason = await Promise.race([asked, server.gone]);
  if (typeof reason === "string") print(reason);
  await server.stop();
}

/**
 * @param {{ node: string, main: string }} build
 * @param {string} data Its data folder; settings and extensions are already in it.
 * @param {{ host?: string | undefined, port?: number | undefined, env?: Record<string, string> }} [options]
 */
async function startServer({ node, main }, data, { host = "127.0.0.1", port = 0, env = {} } = {}) {
  const token = randomBytes(16).toString("hex");
  const args = ["--host", host, "--port", String(port), "--connection-token", token, "--server-data-dir", data];
  const child = spawn(node, [main, ...args, "--accept-server-license-terms", "--telemetry-level", "off"], {
    env: { ...environmentForEditor(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, so that extension host and language server end with it.
    detached: true,
  });
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group has ended by itself.
    }
  };
  const killAtExit = () => kill("SIGKILL");
  process.once("exit", killAtExit);

  let output = "";
  const gone = new Promise((resolve) => {
    child.once("error", (error) => resolve(`its server could not be started: ${error.message}`));
    child.once("exit", (code, signal) => resolve(`its server ended with ${code ?? signal}\n${output.slice(-2000)}`));
  });
  const listening = new Promise((resolve) => {
    const listen = (chunk) => {
      output += chunk;
      const match = /agent listening on (\d+)/.exec(output);
      if (match) resolve(Number(match[1]));
      // It tells that it cannot listen, and goes on without.
      const refused = /listen (E[A-Z]+): .*/.exec(output);
      if (refused) resolve(`its server cannot ${refused[0]}`);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
  });

  const late = sleep(LISTEN_LIMIT_MS, null, { ref: false }).then(
    () => `its server is not listening yet\n${output.slice(-2000)}`,
  );
  const first = await Promise.race([listening, gone, late]);
  if (typeof first === "string") {
    kill("SIGKILL");
    throw new Error(first);
  }
  const authority = `${host === "0.0.0.0" ? "127.0.0.1" : host}:${first}`;
  return {
    gone,
    /** The editor's name for a file on this machine. */
    resource: (path) => `vscode-remote://${authority}${encodeURI(path)}`,
    /** The address of a page showing `workspace`, with VS Code's start-up `payload`. */
    address(workspace, payload) {
      const query = new URLSearchParams({ tkn: token, [kindOfWorkspace(workspace)]: workspace });
      if (payload.length > 0) query.set("payload", JSON.stringify(payload));
      return `http://${authority}/?${query}`;
    },
    async stop() {
      kill("SIGTERM");
      await Promise.race([gone, sleep(STOP_LIMIT_MS, undefined, { ref: false })]);
      kill("SIGKILL");
      process.off("exit", killAtExit);
    },
  };
}

/** What the page's address calls a folder, and a file that lists several of them. */
const kindOfWorkspace = (path) => (path.endsWith(".code-workspace") ? "workspace" : "folder");

/** Start-up payload that opens "file:line:column". */
function openAt(server, place) {
  return [
    ["openFile", server.resource(place)],
    ["gotoLineMode", "true"],
  ];
}

/** Ends the server when this process is told to end, then lets the signal do what it does. Returns how to undo that. */
function stopOnSignals(server) {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const onSignal = async (signal) => {
    await server.stop();
    release();
    process.kill(process.pid, signal);
  };
  const release = () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  for (const signal of signals) process.once(signal, onSignal);
  return release;
}

/** Where VS Code makes the sockets it does not clear away; read on Linux alone, where a path may be long enough for that. */
const socketsIn = (data) => ({ XDG_RUNTIME_DIR: data });

const settingsFile = (data) => join(data, "data", "User", "settings.json");

/** Installs the extension by a link, so that what is built next is what the next window loads. */
async function installExtension(data, extensionPath) {
  const extensions = join(data, "extensions");
  await rm(extensions, { recursive: true, force: true });
  await mkdir(extensions, { recursive: true });
  const { publisher, name, version } = JSON.parse(await readFile(join(extensionPath, "package.json"), "utf8"));
  await symlink(extensionPath, join(extensions, `${publisher}.${name}-${version}`), "dir");
}

/** Installs a `.vsix` as people do. */
async function installPacked({ node, main }, data, vsix) {
  const args = ["--server-data-dir", data, "--accept-server-license-terms", "--install-extension", vsix];
  await promisify(execFile)(node, [main, ...args], { env: environmentForEditor() });
}

/** An extension that does nothing, below the data folder. Gives its folder. */
async function emptyExtension(data) {
  const folder = join(data, "empty-extension");
  await mkdir(folder, { recursive: true });
  const manifest = { publisher: "holdfast", name: "nothing", version: "0.0.0", engines: { vscode: "*" } };
  await writeFile(join(folder, "package.json"), JSON.stringify({ ...manifest, main: "index.js" }));
  await writeFile(join(folder, "index.js"), "");
  return folder;
}
