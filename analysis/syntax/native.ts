/**
 * The native binding: npm `tree-sitter` and `tree-sitter-python`, compiled code that is not there on every machine.
 */
import type { Span } from "../base/span.ts";
import { ERROR, kindOfType } from "./grammar.ts";
import { type Cursor, chunkOf, type Parser, readable, type TextEdit, type Tree } from "./parser.ts";

/** How much text goes to the binding at a time: it copies what its buffer holds and fails on longer strings by default. */
const CHUNK = 32 * 1024;

/**
 * A parser of the native binding. `load` is how its modules are required; the default is Node's `require`.
 * Throws where the modules are missing or do not run on this machine.
 */
export function createNativeParser(load: (module: string) => unknown = requireOfNode): Parser {
  const [NativeParser, language] = loadModules(load);
  const parser = new NativeParser();
  parser.setLanguage(language);
  const kinds = new Uint8Array(0x10000).fill(UNSEEN);
  const parse = (source: string, old: NativeTree | null): Tree => {
    const text = readable(source);
    const chunk = Math.min(text.length, CHUNK) || 1;
    const tree = parser.parse((index) => chunkOf(text, index, chunk), old, { bufferSize: chunk + 2 });
    return new OpenTree(tree, kinds);
  };
  return {
    binding: "native",
    parse: (text) => parse(text, null),
    reparse(tree, edits, text) {
      if (!(tree instanceof OpenTree)) throw new TypeError("this tree belongs to another parser");
      for (const edit of edits) tree.edit(edit);
      return parse(text, tree.native);
    },
  };
}

const UNSEEN = 255;
const ERROR_TYPE_ID = 0xffff;

class OpenTree implements Tree {
  readonly native: NativeTree;
  readonly hasError: boolean;
  private readonly kinds: Uint8Array;

  constructor(native: NativeTree, kinds: Uint8Array) {
    this.native = native;
    this.kinds = kinds;
    this.hasError = native.rootNode.hasError;
  }

  walk(): Cursor {
    return new OpenCursor(this.native.walk(), this.kinds);
  }

  commentAt(offset: number): Span | null {
    const node = this.native.rootNode.descendantForIndex(offset);
    return node.type === "comment" ? { start: node.startIndex, end: node.endIndex } : null;
  }

  edit(edit: TextEdit): void {
    this.native.edit({
      startIndex: edit.start,
      oldEndIndex: edit.oldEnd,
      newEndIndex: edit.newEnd,
      startPosition: edit.startPoint,
      oldEndPosition: edit.oldEndPoint,
      newEndPosition: edit.newEndPoint,
    });
  }

  /** The garbage collector frees native trees; there is nothing to do by hand. */
  close(): void {}
}

class OpenCursor implements Cursor {
  private readonly native: NativeCursor;
  private readonly kinds: Uint8Array;

  constructor(native: NativeCursor, kinds: Uint8Array) {
    this.native = native;
    this.kinds = kinds;
  }

  kind(): number {
    const id = this.native.nodeTypeId;
    const kind = this.kinds[id]!;
    if (kind !== UNSEEN) return kind;
    const found = id === ERROR_TYPE_ID ? ERROR : kindOfType(this.native.nodeType, this.native.nodeIsNamed);
    this.kinds[id] = found;
    return found;
  }

  start(): number {
    return this.native.startIndex;
  }

  end(): number {
    return this.native.endIndex;
  }

  isMissing(): boolean {
    return this.native.nodeIsMissing;
  }

  firstChild(): boolean {
    return this.native.gotoFirstChild();
  }

  nextSibling(): boolean {
    return this.native.gotoNextSibling();
  }

  parent(): boolean {
    return this.native.gotoParent();
  }

  close(): void {}
}

// The part of the binding's interface that is used here; its own types are not there where the binding is not installed.

interface NativeParserInstance {
  setLanguage(language: unknown): void;
  parse(read: (index: number) => string, old: NativeTree | null, options: { readonly bufferSize: number }): NativeTree;
}

interface NativeTree {
  readonly rootNode: NativeNode;
  walk(): NativeCursor;
  edit(edit: object): void;
}

interface NativeNode {
  readonly type: string;
  readonly hasError: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  descendantForIndex(index: number): NativeNode;
}

interface NativeCursor {
  readonly nodeType: string;
  readonly nodeTypeId: number;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

function loadModules(load: (module: string) => unknown): [new () => NativeParserInstance, unknown] {
  try {
    return [load("tree-sitter") as new () => NativeParserInstance, load("tree-sitter-python")];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause);
    throw new Error(`the native parser is not available: ${reason}`, { cause });
  }
}

function requireOfNode(module: string): unknown {
  if (typeof require !== "function") throw new Error("there is no require here; pass one in");
  // Through a variable, so that bundlers leave the modules outside.
  const load: (name: string) => unknown = require;
  return load(module);
}
