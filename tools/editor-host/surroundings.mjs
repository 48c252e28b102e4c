/** What an editor is started in, whichever launcher starts it: its environment, its settings, the folder for its data, its logs. */
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const LOG_LINES = 40;
/** Logs of the extension host, and of the extensions that VS Code does not bring along. */
const OF_EXTENSIONS =
  /exthost\.log$|exthost\d*[/\\](?!vscode\.)[^/\\]+[/\\][^/\\]+\.log$|output_logging_[^/\\]*[/\\].*\.log$/;
/** Lines nobody looks for when an extension has failed: which extensions exist, when each built-in one starts, where VS Code's own code stands. */
const OF_VSCODE_ITSELF = /^\t|_doActivateExtension vscode\.|^ {4}at .*extensionHostProcess\.js/;

/** Nothing pops up, phones home or writes a file by itself. */
const QUIET_SETTINGS = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.commandCenter.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "remote.autoForwardPorts": false,
  "git.enabled": false,
  "files.autoSave": "off",
};

/** This process's environment without what an outer VS Code or a TypeScript runner put there for itself. */
export function environmentForEditor() {
  const foreign = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** A new empty folder under the system's temporary one, by its real path: editors report files by theirs. */
export async function temporaryFolder() {
  return realpath(await mkdtemp(join(tmpdir(), "holdfast-editor-")));
}

/** Removes a folder that processes which are just ending may still write to. */
export function removeFolder(folder) {
  return rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/**
 * Writes a user's settings.json: the quiet ones, and `settings` above them.
 *
 * @param {string} file
 * @param {Record<string, unknown>} [settings]
 * @param {{ keep?: boolean }} [options] `keep`: a file that is there stays as it is.
 */
export async function writeSettings(file, settings = {}, { keep = false } = {}) {
  await mkdir(dirname(file), { recursive: true });
  const text = JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2);
  await writeFile(file, text, { flag: keep ? "wx" : "w" }).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
}

/** The end of what the extension host and the extensions' output channels wrote below `root`. */
export async function logTail(root) {
  const files = await readdir(root, { recursive: true }).catch(() => []);
  const told = files.filter((file) => OF_EXTENSIONS.test(file)).sort();
  const tails = await Promise.all(
    told.map(async (file) => {
      const text = await readFile(join(root, file), "utf8");
      const lines = text.split("\n").filter((line) => line !== "" && !OF_VSCODE_ITSELF.test(line));
      return `--- ${file}\n${lines.slice(-LOG_LINES).join("\n")}`;
    }),
  );
  return tails.length > 0 ? tails.join("\n") : "(the extension host wrote no log)";
}

/** Resolves when somebody asks this process to end (Ctrl-C, a signal), which then no longer ends it by itself. */
export function askedToEnd() {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  return Promise.race(signals.map((signal) => new Promise((resolve) => process.once(signal, () => resolve()))));
}
