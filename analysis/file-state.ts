/** One file of a snapshot: its text, and what is read out of it when somebody asks. */
import { hashText } from "./base/hash.ts";
import type { Span } from "./base/span.ts";
import { type Digest, digestAfter, digestOf } from "./names/digest.ts";
import { outlineAfter } from "./names/edited.ts";
import { type Origin, type Outline, outlineOf } from "./names/outline.ts";
import { type Parser, readModule, type VersionReader } from "./syntax/index.ts";
import { offsetIn, spanOfStatement } from "./syntax/places.ts";
import type { Module } from "./syntax/tree.ts";

export type FileStates = ReadonlyMap<string, FileState>;

/** What is known of a file from an earlier run, which read a text of that hash. */
export interface RememberedFile {
  readonly hash: string;
  readonly digest: Digest;
}

/**
 * Immutable; what is worked out late is worked out of `text` alone. A file that is remembered as it is need not be parsed to know what others may depend
 * on.
 */
export class FileState {
  readonly path: string;
  readonly text: string;
  readonly origin: Origin;
  private readonly parser: Parser;
  private remembered: RememberedFile | null = null;
  private parsed: Module | null;
  private declared: Outline | null = null;
  private summed: Digest | null = null;
  private hashed: string | null = null;

  constructor(parser: Parser, origin: Origin, text: string, remembered: RememberedFile | null) {
    this.path = origin.key;
    this.text = text;
    this.origin = origin;
    this.parser = parser;
    this.parsed = null;
    if (remembered) this.remember(remembered);
  }

  /** Takes what somebody else has worked out of the same text, so that it need not be read for that. Before anybody has asked for anything. */
  remember(file: RememberedFile): void {
    if (file.digest.module === this.origin.module && file.hash === this.hash) this.remembered = file;
  }

  /** The file with another text. What is the same in both is shared by their trees. `typed`: see `VersionReader`. */
  edited(origin: Origin, text: string, reader: VersionReader, typed: boolean): FileState {
    const next = new FileState(this.parser, origin, text, null);
    next.parsed = reader.read(this.path, text, { text: this.text, module: this.tree }, typed);
    if (origin === this.origin && this.declared) next.declared = outlineAfter(this.declared, this.tree, next.parsed);
    if (next.declared && this.summed) next.summed = digestAfter(this.summed, next.declared);
    return next;
  }

  /** The file under another name. */
  renamed(origin: Origin, remembered: RememberedFile | null): FileState {
    const next = new FileState(this.parser, origin, this.text, remembered);
    next.parsed = this.parsed;
    return next;
  }

  /** Keeps of what was read only what is needed to find the file by name; the rest is read again when somebody asks. For files that few will ask about. */
  forgetAllButDigest(): void {
    this.remembered = { hash: this.hash, digest: this.digest };
    this.parsed = null;
    this.declared = null;
  }

  get tree(): Module {
    this.parsed ??= readModule(this.parser, this.text, null);
    return this.parsed;
  }

  get outline(): Outline {
    this.declared ??= outlineOf(this.tree, this.origin);
    return this.declared;
  }

  get digest(): Digest {
    this.summed ??= this.remembered?.digest ?? digestOf(this.outline, this.tree, this.text);
    return this.summed;
  }

  get hash(): string {
    this.hashed ??= hashText(this.text);
    return this.hashed;
  }

  /** Whether nothing of it has to be read before somebody asks for more than the digest. */
  get isRemembered(): boolean {
    return this.remembered !== null;
  }
}

/** The start of the line behind the last import at the top level that stands before anything is defined. */
export function behindImports({ tree, text }: FileState): number {
  let end = tree.importInsertion;
  for (const s of tree.body) {
    if (s.kind === "function" || s.kind === "class") break;
    if (s.kind === "import" || s.kind === "import-from") end = Math.max(end, offsetIn(tree, s.end));
  }
  if (end === tree.importInsertion) return end;
  const lineEnd = text.indexOf("\n", end);
  return lineEnd < 0 ? text.length : lineEnd + 1;
}

/** Names bound at the top level; imports give the dotted name they stand for, everything else null. */
export function bindingsOf({ outline }: FileState): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  for (const [name, bindings] of outline.names) {
    const [first] = bindings;
    // `import a` and `import a.b` bind the same.
    const same = bindings.every((b) => JSON.stringify(b) === JSON.stringify(first));
    const isImport = same && first?.kind === "import" && first.level === 0;
    if (!isImport) found.set(name, null);
    else found.set(name, first.member === null ? first.module : `${first.module}.${first.member}`);
  }
  return found;
}

/** The statement of the module that a span stands in; the span itself where there is none. */
export function statementAround({ tree }: FileState, span: Span): Span {
  for (const s of tree.body) {
    const around = spanOfStatement(tree, s);
    if (around.start <= span.start && span.end <= around.end) return around;
  }
  return span;
}
