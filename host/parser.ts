/** The parser of this machine: the native one where it runs, the WebAssembly one elsewhere. */
import { createRequire } from "node:module";
import { createNativeParser, createWasmParser, type Parser } from "../analysis/index.ts";
import { readAsset } from "./assets.ts";

/** "native" and "wasm" insist on one; "any" takes the native one if it loads. Rejects where the one insisted on does not. */
export async function loadParser(prefer: "any" | "native" | "wasm" = "any"): Promise<Parser> {
  if (prefer !== "wasm") {
    try {
      return createNativeParser(createRequire(import.meta.url));
    } catch (error) {
      if (prefer === "native") throw error;
    }
  }
  return createWasmParser({ runtime: readAsset("tree-sitter.wasm"), grammar: readAsset("tree-sitter-python.wasm") });
}
