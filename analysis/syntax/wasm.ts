/**
 * The WebAssembly binding: npm `web-tree-sitter`, which runs wherever JavaScript does.
 *
 * The bytes of both modules are handed in, because this folder does not touch the disk. The binding's own cursor copies
 * its state in and out of the module's memory on every call, which costs more than the step itself; the cursor here leaves
 * the state where it is. That is why only one cursor may be open at a time, and why the module's exports are called directly.
 */
import { Language, Parser as WebParser, type Tree as WebTree } from "web-tree-sitter";
import type { Span } from "../base/span.ts";
import { ERROR, kindOfType } from "./grammar.ts";
import { type Cursor, chunkOf, type Parser, readable, type TextEdit, type Tree } from "./parser.ts";

/** The bytes of `tree-sitter.wasm` and of `tree-sitter-python.wasm`. */
export interface WasmModules {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

/** A parser of the WebAssembly binding. Rejects where the bytes are not what they should be. */
export async function createWasmParser(modules: WasmModules): Promise<Parser> {
  const runtime = await startRuntime(modules.runtime);
  const language = await Language.load(modules.grammar);
  const parser = new WebParser();
  parser.setLanguage(language);
  const kinds = kindsOf(language);
  const parse = (source: string, old: WebTree | null): Tree => {
    const text = readable(source);
    const tree = parser.parse((index) => chunkOf(text, index, CHUNK), old);
    if (tree === null) throw new Error("the parser gave no tree");
    return new OpenTree(tree, runtime, kinds);
  };
  return {
    binding: "wasm",
    parse: (text) => parse(text, null),
    reparse(tree, edits, text) {
      if (!(tree instanceof OpenTree)) throw new TypeError("this tree belongs to another parser");
      for (const edit of edits) tree.edit(edit);
      return parse(text, tree.web);
    },
  };
}

/** How much text goes to the runtime at a time: its buffer holds 5,120 code units and one of them is the end mark. */
const CHUNK = 5000;

/** The exports of the runtime that the cursor calls. Each works on the cursor that lies in the transfer buffer. */
interface Runtime {
  _ts_tree_root_node_wasm(tree: number): void;
  _ts_tree_cursor_new_wasm(tree: number): void;
  _ts_tree_cursor_delete_wasm(tree: number): void;
  _ts_tree_cursor_goto_first_child_wasm(tree: number): number;
  _ts_tree_cursor_goto_next_sibling_wasm(tree: number): number;
  _ts_tree_cursor_goto_parent_wasm(tree: number): number;
  _ts_tree_cursor_current_node_type_id_wasm(tree: number): number;
  _ts_tree_cursor_current_node_is_missing_wasm(tree: number): number;
  _ts_tree_cursor_start_index_wasm(tree: number): number;
  _ts_tree_cursor_end_index_wasm(tree: number): number;
}

let started: Promise<Runtime> | undefined;

/** The runtime exists once per process: starting it a second time would leave the first one's trees without memory. */
function startRuntime(wasmBinary: Uint8Array): Promise<Runtime> {
  started ??= (async () => {
    const module = { wasmBinary };
    await WebParser.init(module);
    return module as unknown as Runtime;
  })();
  return started;
}

const ERROR_TYPE_ID = 0xffff;

function kindsOf(language: Language): Uint8Array {
  const kinds = new Uint8Array(0x10000);
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const type = language.nodeTypeForId(id);
    if (type !== null) kinds[id] = kindOfType(type, language.nodeTypeIsNamed(id));
  }
  kinds[ERROR_TYPE_ID] = ERROR;
  return kinds;
}

class OpenTree implements Tree {
  readonly web: WebTree;
  readonly hasError: boolean;
  private readonly runtime: Runtime;
  private readonly kinds: Uint8Array;

  constructor(web: WebTree, runtime: Runtime, kinds: Uint8Array) {
    this.web = web;
    this.runtime = runtime;
    this.kinds = kinds;
    this.hasError = web.rootNode.hasError;
  }

  walk(): Cursor {
    return new OpenCursor(addressOf(this.web), this.runtime, this.kinds);
  }

  commentAt(offset: number): Span | null {
    const node = this.web.rootNode.descendantForIndex(offset);
    return node !== null && node.type === "comment" ? { start: node.startIndex, end: node.endIndex } : null;
  }

  edit(edit: TextEdit): void {
    this.web.edit({
      startIndex: edit.start,
      oldEndIndex: edit.oldEnd,
      newEndIndex: edit.newEnd,
      startPosition: edit.startPoint,
      oldEndPosition: edit.oldEndPoint,
      newEndPosition: edit.newEndPoint,
    } as Parameters<WebTree["edit"]>[0]);
  }

  close(): void {
    this.web.delete();
  }
}

/** Where the tree lies in the runtime's memory: the binding keeps it under the key 0. */
function addressOf(tree: WebTree): number {
  return (tree as unknown as { readonly 0: number })[0];
}

class OpenCursor implements Cursor {
  private readonly tree: number;
  private readonly runtime: Runtime;
  private readonly kinds: Uint8Array;

  constructor(tree: number, runtime: Runtime, kinds: Uint8Array) {
    this.tree = tree;
    this.runtime = runtime;
    this.kinds = kinds;
    runtime._ts_tree_root_node_wasm(tree);
    runtime._ts_tree_cursor_new_wasm(tree);
  }

  kind(): number {
    return this.kinds[this.runtime._ts_tree_cursor_current_node_type_id_wasm(this.tree)]!;
  }

  start(): number {
    return this.runtime._ts_tree_cursor_start_index_wasm(this.tree);
  }

  end(): number {
    return this.runtime._ts_tree_cursor_end_index_wasm(this.tree);
  }

  isMissing(): boolean {
    return this.runtime._ts_tree_cursor_current_node_is_missing_wasm(this.tree) === 1;
  }

  firstChild(): boolean {
    return this.runtime._ts_tree_cursor_goto_first_child_wasm(this.tree) === 1;
  }

  nextSibling(): boolean {
    return this.runtime._ts_tree_cursor_goto_next_sibling_wasm(this.tree) === 1;
  }

  parent(): boolean {
    return this.runtime._ts_tree_cursor_goto_parent_wasm(this.tree) === 1;
  }

  close(): void {
    this.runtime._ts_tree_cursor_delete_wasm(this.tree);
  }
}
