/**
 * The desktop VS Code: one that is named by `VSCODE_TEST_PATH`, or one that `@vscode/test-electron` has downloaded or can download.
 *
 * The package only finds and downloads; the editor is started here, so that a run that hangs can be ended.
 */
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode, SilentReporter } from "@vscode/test-electron";
import { HOST_FOLDER } from "./install.mjs";
import { REPORT_VARIABLE, relayReport } from "./report.mjs";
import {
  askedToEnd,
  environmentForEditor,
  logTail,
  removeFolder,
  temporaryFolder,
  writeSettings,
} from "./surroundings.mjs";

const DOWNLOADS = fileURLToPath(new URL("../../.vscode-test", import.meta.url));
/** How long the download may stand still. */
const DOWNLOAD_LIMIT_MS = 8_000;
const STOP_LIMIT_MS = 5_000;

/**
 * @param {{ print: (line: string) => void }} options
 * @returns {Promise<import("./index.mjs").Found>}
 */
export async function findDesktopEditor({ print }) {
  // Asked first: without a display there is no use for the download.
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { unavailable: "this machine has no display (xvfb-run gives it one)" };
  }
  const found = await findExecutable(print);
  if ("unavailable" in found) return found;
  return {
    host: {
      name: `desktop VS Code (${found.executable})`,
      runSuite: (options) => runSuiteInWindow(found.executable, options),
      open: (options) => openForPerson(found.executable, options),
    },
  };
}

async function findExecutable(print) {
  const asked = process.env.VSCODE_TEST_PATH;
  if (asked) {
    try {
      accessSync(asked, constants.X_OK);
      return { executable: asked };
    } catch {
      return { unavailable: `VSCODE_TEST_PATH is ${asked}, which cannot be run` };
    }
  }
  try {
    print("editor: looking for a desktop VS Code (downloaded once into .vscode-test/) ...");
    const executable = await downloadAndUnzipVSCode({
      version: "stable",
      cachePath: DOWNLOADS,
      timeout: DOWNLOAD_LIMIT_MS,
      reporter: new SilentReporter(),
    });
    return { executable };
  } catch (error) {
    return { unavailable: `VS Code cannot be downloaded (${error?.message || error?.code || error})` };
  }
}

async function runSuiteInWindow(executable, { extensionPath, suitePath, workspacePath, userSettings, print }) {
  const data = await temporaryFolder();
  const report = join(data, "report.jsonl");
  await writeSettings(settingsFile(data), userSettings);
  const child = startWindow(
    executable,
    data,
    [workspacePath, `--extensionDevelopmentPath=${extensionPath}`, `--extensionTestsPath=${suitePath}`],
    {
      [REPORT_VARIABLE]: report,
    },
  );
  try {
    const outcome = await relayReport({ path: report, gone: child.gone, print });
    if (outcome.failed > 0) print(await logTail(join(data, "logs")));
    return outcome;
  } catch (error) {
    error.message = `${error.message}\n${await logTail(join(data, "logs"))}`;
    throw error;
  } finally {
    await child.stop();
    await removeFolder(data);
  }
}

/** Keeps its data folder, so that what a person sets in this editor is still set the next time. */
async function openForPerson(executable, { extensionPath, workspacePath, place, print }) {
  const data = join(HOST_FOLDER, "try-desktop");
  await writeSettings(settingsFile(data), {}, { keep: true });
  const files = place ? ["--goto", `${join(workspacePath, place.file)}:${place.line}:${place.column}`] : [];
  const child = startWindow(executable, data, [workspacePath, ...files, `--extensionDevelopmentPath=${extensionPath}`]);
  print("\nA VS Code window opens. Close it, or press Ctrl-C here, to end it.");
  const asked = askedToEnd();
  await Promise.race([asked, child.gone]);
  await child.stop();
}

function startWindow(executable, data, args, env = {}) {
  const own = [`--user-data-dir=${data}`, `--extensions-dir=${join(data, "extensions")}`];
  const quiet = ["--disable-workspace-trust", "--skip-welcome", "--skip-release-notes", "--disable-updates"];
  // Chromium's sandbox needs privileges that containers and CI machines do not give.
  const sandbox = ["--no-sandbox", "--disable-gpu-sandbox"];
  const child = spawn(executable, [...args, ...own, ...quiet, ...sandbox], {
    env: { ...environmentForEditor(), ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const killAtExit = () => child.kill("SIGKILL");
  process.once("exit", killAtExit);
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors = (errors + chunk).slice(-2000);
  });
  const gone = new Promise((resolve) => {
    child.once("error", (error) => resolve(`it could not be started: ${error.message}`));
    child.once("close", (code, signal) => resolve(`it ended with ${code ?? signal}\n${errors}`));
  });
  return {
    gone,
    async stop() {
      if (child.exitCode === null) child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
      await gone;
      clearTimeout(timer);
      process.off("exit", killAtExit);
    },
  };
}

const settingsFile = (data) => join(data, "User", "settings.json");
