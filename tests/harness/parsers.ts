/** Both parsers, each made once. The WebAssembly one reads the built files: `npm run build` before. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createNativeParser, createWasmParser, type Parser } from "../../analysis/index.ts";
import { ROOT } from "./fixture.ts";

const DIST = join(ROOT, "dist");

export const nativeParser: Parser = createNativeParser(createRequire(import.meta.url));

let loadingWasm: Promise<Parser> | undefined;

/** The parser of the editor package; the same one every time. */
export function wasmParser(): Promise<Parser> {
  loadingWasm ??= createWasmParser({
    runtime: readFileSync(join(DIST, "tree-sitter.wasm")),
    grammar: readFileSync(join(DIST, "tree-sitter-python.wasm")),
  });
  return loadingWasm;
}
