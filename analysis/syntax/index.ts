/**
 * Syntax: Python text into our own typed tree (`tree.ts`), with either of two bindings of tree-sitter.
 *
 * Reading is one pass of a cursor; the tree of tree-sitter is left behind at once and nothing above this folder knows it. What
 * no analysis asks for is not kept. It refuses to resolve, to look at other files and to fail: broken code is read as
 * far as it goes.
 */
export { typeInString } from "./annotations.ts";
export { readModule, readTree } from "./module.ts";
export { createNativeParser } from "./native.ts";
export type { Parser, Point, TextEdit, Tree } from "./parser.ts";
export type * from "./tree.ts";
export { type Before, VersionReader } from "./versions.ts";
export { blocksOf, childExpressions, expressionsOf, walkBody, walkExpressions } from "./walk.ts";
export { createWasmParser, type WasmModules } from "./wasm.ts";
