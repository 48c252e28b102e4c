/**
 * A real VS Code for tests and for people to look at.
 *
 * Two launchers, tried in this order: the desktop VS Code that `@vscode/test-electron` finds or downloads, and VS Code's server build with a
 * headless Chromium in front of it. Both run the same suite in a real extension host. The second exists because many machines that
 * run tests have neither a display nor a way to download VS Code; what it gives up is Electron itself.
 *
 * Nothing here knows what Holdfast does: it is handed an extension, a suite and a workspace. It never touches the user's own VS Code,
 * its settings or its extensions.
 */
import { findDesktopEditor } from "./desktop.mjs";
import { NeverStarted } from "./report.mjs";
import { findServedEditor } from "./served.mjs";

const LAUNCHERS = [
  { id: "desktop", find: findDesktopEditor },
  { id: "served", find: findServedEditor },
];

/**
 * @typedef {object} SuiteOptions
 * @property {string} extensionPath Absolute folder of the extension (holds its package.json), or, for the served editor, its `.vsix`.
 * @property {string} suitePath Absolute path of a CommonJS module exporting `run(): Promise<void>`.
 * @property {string} workspacePath Absolute folder, or `.code-workspace` file, the editor opens. The suite may change it: hand in a copy.
 * @property {Record<string, unknown>} [userSettings] VS Code settings for this run.
 * @property {boolean} [web] The extension runs as in a browser alone, with its server in a web worker; the suite still runs under Node. The served editor only.
 * @property {(line: string) => void} print Is told what happens, a line at a time.
 *
 * @typedef {object} SuiteOutcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} failures One text per failed test: its title, then the stack.
 *
 * @typedef {object} OpenOptions
 * @property {string} extensionPath
 * @property {string} workspacePath
 * @property {{ file: string, line: number, column: number }} [place] Shown first: the file relative to the workspace, the rest 1-based.
 * @property {string} [host] Address to listen on, where the editor is served to a browser.
 * @property {number} [port] Likewise; 0 takes a free one.
 * @property {(line: string) => void} print
 *
 * @typedef {object} EditorHost
 * @property {string} name What is launched, for people ("VS Code 1.100.3, server build in Chromium").
 * @property {(options: SuiteOptions) => Promise<SuiteOutcome>} runSuite
 * @property {(options: OpenOptions) => Promise<void>} open Resolves when the person is done.
 *
 * @typedef {{ host: EditorHost } | { unavailable: string }} Found
 */

/**
 * Runs an extension test suite in a VS Code and prints each result as it arrives.
 *
 * @param {SuiteOptions} options
 * @returns {Promise<SuiteOutcome & { launcher: string }>} Rejects when no editor starts the suite (with every launcher's reason), or when
 *   the suite falls silent or dies before its end; failed tests are an outcome, not a rejection.
 */
export function runSuite(options) {
  const { print, web = false, extensionPath } = options;
  const needsServed = web || extensionPath.endsWith(".vsix");
  return inFirstEditor({ forPerson: false, print, needsServed }, async (host) => ({
    ...(await host.runSuite(options)),
    launcher: host.name,
  }));
}

/**
 * Opens a VS Code with the extension for a person, and resolves when they are done with it (window closed, or Ctrl-C).
 *
 * @param {OpenOptions} options
 */
export function openEditor(options) {
  return inFirstEditor({ forPerson: true, print: options.print }, (host) => host.open(options));
}

/**
 * Tries the launchers in their order until one does what `use` wants of it, installing what is missing on the way.
 * `HOLDFAST_EDITOR=desktop` or `=served` allows only that one.
 *
 * @template T
 * @param {{ forPerson: boolean, print: (line: string) => void, needsServed?: boolean }} options `forPerson`: somebody will look at it in their own browser or
 *   on their own screen, so no headless browser is needed.
 * @param {(host: EditorHost) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function inFirstEditor({ forPerson, print, needsServed = false }, use) {
  const reasons = [];
  const passOver = (id, reason) => {
    print(`editor: not the ${id} VS Code: ${reason}`);
    // What was printed just now need not be said at full length again.
    reasons.push(`${id}: ${reason.split("\n", 1)[0]}`);
  };
  for (const { id, find } of allowedLaunchers().filter((each) => each.id === "served" || !needsServed)) {
    const found = await find({ forPerson, print });
    if ("unavailable" in found) {
      passOver(id, found.unavailable);
      continue;
    }
    print(`editor: ${found.host.name}`);
    try {
      return await use(found.host);
    } catch (error) {
      if (!(error instanceof NeverStarted)) throw error;
      passOver(id, error.message);
    }
  }
  throw new Error(`There is no VS Code for this.\n  ${reasons.join("\n  ")}`);
}

function allowedLaunchers() {
  const only = process.env.HOLDFAST_EDITOR;
  if (!only) return LAUNCHERS;
  const allowed = LAUNCHERS.filter(({ id }) => id === only);
  if (allowed.length === 0) throw new Error(`HOLDFAST_EDITOR is "${only}"; it may be "desktop" or "served"`);
  return allowed;
}
