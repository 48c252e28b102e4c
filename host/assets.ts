/** Where the files that are shipped beside the code stand: compiled knowledge and the WebAssembly parser. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export type Asset = "knowledge.json" | "tree-sitter.wasm" | "tree-sitter-python.wasm" | "server.js";

/** Absolute path of a shipped file. Throws with a remedy where it is missing. */
export function assetPath(name: Asset): string {
  const here = dirname(fileURLToPath(import.meta.url));
  // Beside the bundle; run from source, in the folder the build writes to.
  const found = [join(here, name), join(here, "..", "dist", name)].find((path) => existsSync(path));
  if (found) return found;
  throw new Error(`${name} is missing beside the program; reinstall Holdfast, or run \`npm run build\` in a checkout`);
}

export function readAsset(name: Asset): Buffer {
  return readFileSync(assetPath(name));
}

/** Whether a file or folder stands at a path (absolute). */
export function isThere(path: string): boolean {
  return existsSync(path);
}
