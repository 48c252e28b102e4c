/** Installs what package-lock.json asks for where that has not happened yet. Needs nothing but Node and npm. */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Runs `npm ci` where `node_modules` is missing or older than package-lock.json. Throws where it fails. */
export function installWhenNeeded(say) {
  const installed = join(ROOT, "node_modules", ".package-lock.json");
  const wanted = join(ROOT, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  say("installing packages (npm ci)");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const run = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: ROOT,
    // Progress belongs on stderr; stdout is for the results of whoever calls.
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (run.status !== 0) throw new Error("npm ci failed; the lines above say why");
}
