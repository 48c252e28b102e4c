/** Installs what package-lock.json asks for where that has not happened yet. Needs nothing but Node and npm. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Runs `npm ci` where a package is missing or has another version than package-lock.json wants. Throws where it fails. */
export function installWhenNeeded(say) {
  if (isInstalled()) return;
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

/** By content, because a checkout of another branch and back makes package-lock.json newer without changing it. */
function isInstalled() {
  // npm writes down here what it has installed.
  const file = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(file)) return false;
  const { packages: installed } = JSON.parse(readFileSync(file, "utf8"));
  const { packages: wanted } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  // Optional packages may be missing rightly, where the platform is not theirs.
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || (optional && !installed[path]) || installed[path]?.version === version,
  );
}
