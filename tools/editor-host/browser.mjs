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
 * Finds a Chromium (`CHROME_PATH` first), or installs Debian's when this is root on a Debian.
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
  const howTo = "no Chromium or Chrome found; install one or set CHROME_PATH";
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return { unavailable: howTo };

  print("editor: installing Chromium (apt-get install chromium), once ...");
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update"], undefined, env);
    await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"], undefined, env);
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
