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
import { findServedEditor } from "./served.mjs";

/**
 * @typedef {object} SuiteOptions
 * @property {string} extensionPath Absolute folder of the extension (holds its package.json).
 * @property {string} suitePath Absolute path of a CommonJS module exporting `run(): Promise<void>`.
 * @property {string} workspacePath Absolute folder the editor opens. The suite may change it: hand in a copy.
 * @property {Record<string, unknown>} [userSettings] VS Code settings for this run.
 *
 * @typedef {object} SuiteOutcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 *
 * @typedef {object} OpenOptions
 * @property {string} extensionPath
 * @property {string} [workspacePath] Defaults to the sample project.
 * @property {string} [file] File shown first, relative to the workspace.
 * @property {string} [host] Address to listen on, where the editor is served to a browser.
 * @property {number} [port] Likewise; 0 takes a free one.
 *
 * @typedef {object} EditorHost
 * @property {string} name What is launched, for people ("VS Code 1.100.3, server build in Chromium").
 * @property {(options: SuiteOptions) => Promise<SuiteOutcome>} runSuite
 * @property {(options: OpenOptions & { workspacePath: string }) => Promise<void>} open Resolves when the person is done.
 *
 * @typedef {{ host: EditorHost } | { unavailable: string }} Found
 */

const REPOSITORY = new URL("../../", import.meta.url);

/** The sample backend of the repository: every kind of finding in one small project. */
export const SAMPLE_PROJECT = decodeURIComponent(new URL("test-fixtures/sample", REPOSITORY).pathname);

/**
 * Makes sure a VS Code exists and says which; installs what is missing on the first run, does nothing on the next ones.
 * `HOLDFAST_EDITOR=desktop` or `=served` allows only that one.
 *
 * @param {{ forPerson?: boolean, print?: (line: string) => void }} [options] `forPerson`: a person will look at it in their own
 *   browser or on their own screen, so no headless browser is needed.
 * @returns {Promise<EditorHost>} Rejects with every launcher's reason when there is none.
 */
export async function ensureEditorHost({ forPerson = false, print = console.log } = {}) {
  const only = process.env.HOLDFAST_EDITOR;
  const launchers = [
    { id: "desktop", find: findDesktopEditor },
    { id: "served", find: findServedEditor },
  ].filter(({ id }) => !only || id === only);

  const reasons = [];
  for (const { id, find } of launchers) {
    const found = await find({ forPerson, print });
    if ("host" in found) {
      print(`editor: ${found.host.name}`);
      return found.host;
    }
    reasons.push(`${id}: ${found.unavailable}`);
    print(`editor: ${id} VS Code is not available here: ${found.unavailable}`);
  }
  if (launchers.length === 0) reasons.push(`HOLDFAST_EDITOR is "${only}"; it may be "desktop" or "served"`);
  throw new Error(`No VS Code to test with.\n  ${reasons.join("\n  ")}`);
}

/**
 * Runs an extension test suite in a VS Code and prints each result as it arrives.
 *
 * @param {SuiteOptions & { print?: (line: string) => void }} options
 * @returns {Promise<SuiteOutcome & { launcher: string }>} Rejects when the suite does not start, falls silent, or dies before its end;
 *   failed tests are an outcome, not a rejection.
 */
export async function runSuite({ print = console.log, ...options }) {
  const host = await ensureEditorHost({ print });
  return { ...(await host.runSuite(options)), launcher: host.name };
}

/**
 * Opens a VS Code with the extension for a person, and resolves when they are done with it (window closed, or Ctrl-C).
 *
 * @param {OpenOptions} options
 */
export async function openEditor({ workspacePath = SAMPLE_PROJECT, ...options }) {
  const host = await ensureEditorHost({ forPerson: true });
  await host.open({ workspacePath, ...options });
}
