/** The Chromium in front of the served editor: found on this machine, or installed where that takes one command. */
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { run } from "./install.mjs";

const NAMES_ON_PATH = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const MAC_APPLICATION = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

const QUIET_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Finds a Chromium (`CHROME_PATH` first), or installs Debian's where this is a Debian and we are root, or become it without a password.
 *
 * @param {(line: string) => void} print
 * @returns {Promise<{ path: string } | { unavailable: string }>}
 */
export async function findBrowser(print) {
  const asked = process.env.CHROME_PATH;
  if (asked)
    return isExecutable(asked) ? { path: asked } : { unavailable: `CHROME_PATH is ${asked}, which cannot be run` };

  const present = browserOnThisMachine();
  if (present !== undefined) return { path: present };
  const howTo = "no Chromium or Chrome found; install one (Debian: apt-get install chromium) or set CHROME_PATH";
  const asRoot = existsSync("/usr/bin/apt-get") && (await commandAsRoot());
  if (!asRoot) return { unavailable: howTo };

  print("editor: installing Chromium (apt-get install chromium), once ...");
  try {
    await asRoot("apt-get", ["update"]);
    await asRoot("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"]);
  } catch (error) {
    return { unavailable: `${howTo} (${error.message})` };
  }
  const installed = browserOnThisMachine();
  return installed === undefined ? { unavailable: howTo } : { path: installed };
}

/**
 * Opens a headless browser with one page.
 *
 * @param {string} executablePath
 * @param {{ width?: number, height?: number, scale?: number }} [size] In CSS pixels; `scale` is device pixels per CSS pixel.
 */
export async function openPage(executablePath, { width = 1280, height = 800, scale = 1 } = {}) {
  const browser = await chromium.launch({ executablePath, args: QUIET_FLAGS });
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale });
  return { browser, page };
}

/** How to run a command as root without being asked for a password; null where that cannot be done. */
async function commandAsRoot() {
  const quietly = ["DEBIAN_FRONTEND=noninteractive"];
  if (process.getuid?.() === 0) return (command, args) => run("env", [...quietly, command, ...args]);
  try {
    await run("sudo", ["-n", "true"]);
  } catch {
    return null;
  }
  return (command, args) => run("sudo", ["-n", "env", ...quietly, command, ...args]);
}

function browserOnThisMachine() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = NAMES_ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, "/usr/bin/chromium", MAC_APPLICATION, chromium.executablePath()].find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
