/**
 * What the checks of files depended on, kept from one run to the next.
 *
 * A graph: from each checked file over what was worked out for it down to leaves, which are facts of single files ("the code of this function", "the
 * declarations of that file", "which units give away something called x"). After an edit only the leaves that differ are followed upwards: files they do
 * not reach need no new check, and need not even be parsed. Answers about the same identifier are one node, so it errs on the side of checking again.
 * It trades early cut-off for size: a node whose answer would turn out the same still passes the change on.
 */
import type { Read, Trace } from "./base/memo.ts";
import { runsRead } from "./calls/graph.ts";
import type { FileStates, RememberedFile } from "./file-state.ts";
import { type Digest, differences, modulesTouched } from "./names/digest.ts";
import type { FunctionId } from "./names/outline.ts";

/** Plain data. Only what the same version of the program made from the same settings may be used. */
export interface ProjectMemory {
  readonly roots: readonly string[];
  readonly files: readonly FileMemory[];
  /** Names of leaves, `kind:id`: the first nodes. */
  readonly leaves: readonly string[];
  /** What each further node reads, by number. */
  readonly reads: readonly (readonly number[])[];
  /** What the check of a file reads, by number. */
  readonly checks: Readonly<Record<string, readonly number[]>>;
  /** The files that held a word when somebody asked, by the word. */
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/** A file's path, hash and digest; identifiers without the path they start with. Plain data. */
export type FileMemory = readonly [
  path: string,
  hash: string,
  module: string,
  signature: string,
  units: readonly (readonly [id: string, hash: string])[],
  given: readonly (readonly [name: string, units: readonly string[]])[],
  called: readonly (readonly [name: string, units: readonly string[]])[],
  members: readonly (readonly [name: string, classes: readonly string[]])[],
  libraries: readonly string[],
];

export class Dependencies {
  private readonly before: ProjectMemory | null;
  private readonly known: ReadonlyMap<string, RememberedFile>;
  private readonly traces = new Map<string, Trace>();

  /** `before`: what an earlier run left, if its source roots were the same. */
  constructor(before: ProjectMemory | null, roots: readonly string[]) {
    this.before = before && before.roots.join("\n") === roots.join("\n") ? before : null;
    this.known = new Map((this.before?.files ?? []).map((file) => [file[0], rememberedFile(file)]));
  }

  /** What is remembered of a file. */
  file(path: string): RememberedFile | null {
    return this.known.get(path) ?? null;
  }

  /** Notes what the check of a file read. */
  note(path: string, trace: Trace): void {
    this.traces.set(path, trace);
  }

  /** The files whose remembered check nothing that differs now could have changed. */
  unaffected(files: FileStates): ReadonlySet<string> {
    const { before } = this;
    if (!before) return new Set();
    const changed = [...this.changedFiles(files)];
    const dirty = new Set<string>();
    const paths = { before: [...this.known.keys()], now: [...files.keys()] };
    for (const path of changed) {
      const state = files.get(path);
      for (const leaf of differences(path, this.known.get(path)?.digest ?? null, state?.digest ?? null))
        dirty.add(leaf);
      if (!state) for (const leaf of modulesTouched(path, paths.now)) dirty.add(leaf);
      if (!this.known.has(path)) for (const leaf of modulesTouched(path, paths.before)) dirty.add(leaf);
    }
    // Which library brings which is asked of all imports together.
    if ([...dirty].some((leaf) => leaf.startsWith("imports:"))) dirty.add("imports:");
    for (const [word, paths] of Object.entries(before.words)) {
      const had = new Set(paths);
      if (changed.some((path) => had.has(path) || files.get(path)?.text.includes(word))) dirty.add(`word:${word}`);
    }
    const reached = reachedFrom(before, dirty);
    const own = new Set(changed);
    return new Set(
      Object.entries(before.checks)
        .filter(([path, reads]) => !own.has(path) && !reads.some((node) => reached[node]))
        .map(([path]) => path),
    );
  }

  /** What to remember now: the checks of this run, and those of earlier ones that still hold. */
  memory(files: FileStates, roots: readonly string[]): ProjectMemory {
    const graph = new Graph();
    const checks: Record<string, readonly number[]> = {};
    const kept = this.unaffected(files);
    const { before } = this;
    if (before && kept.size > 0) {
      const moved = graph.take(before);
      for (const path of kept)
        if (!this.traces.has(path)) checks[path] = before.checks[path]!.map((node) => moved[node]!);
    }
    for (const [path, trace] of this.traces) checks[path] = graph.add(trace);
    return {
      roots,
      files: [...files.values()].map(({ path, hash, digest }) => fileMemory(path, hash, digest)),
      ...graph.packed(checks),
      words: this.wordsIn(files, graph.leavesOf("word")),
    };
  }

  private wordsIn(files: FileStates, words: readonly string[]): Record<string, readonly string[]> {
    const changed = new Set(this.changedFiles(files));
    return Object.fromEntries(
      words.map((word) => {
        const before = this.before?.words[word];
        const had = new Set(before);
        const holds = ({ path, text }: { path: string; text: string }): boolean =>
          before && !changed.has(path) ? had.has(path) : text.includes(word);
        return [word, [...files.values()].filter(holds).map(({ path }) => path)];
      }),
    );
  }

  private *changedFiles(files: FileStates): Generator<string> {
    for (const state of files.values()) if (!state.isRemembered) yield state.path;
    for (const path of this.known.keys()) if (!files.has(path)) yield path;
  }
}

/** What several checks of different files of the same project have left, as if one had checked them all. */
export function joinedMemories([first, ...others]: readonly [ProjectMemory, ...ProjectMemory[]]): ProjectMemory {
  const graph = new Graph();
  const checks: Record<string, readonly number[]> = {};
  for (const memory of [first, ...others]) {
    const moved = graph.take(memory);
    for (const [path, reads] of Object.entries(memory.checks)) checks[path] = reads.map((node) => moved[node]!);
  }
  return {
    roots: first.roots,
    files: first.files,
    ...graph.packed(checks),
    words: Object.assign({}, first.words, ...others.map(({ words }) => words)),
  };
}

/** Nodes by number; leaves and others share the numbers until they are packed. */
class Graph {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];
  /** What a node reads; leaves read nothing. */
  private readonly reads: Set<number>[] = [];
  private readonly seen = new Set<Read>();
  /** How many graphs were entered that had been remembered. */
  private taken = 0;

  /** Enters everything a trace reaches, and gives the nodes it begins with. */
  add(trace: Trace): readonly number[] {
    const open: Read[] = [];
    const enter = (read: Read): number | null => {
      const name = nameOf(read);
      if (name === null) return null;
      if (!this.seen.has(read)) {
        this.seen.add(read);
        open.push(read);
      }
      return this.number(name);
    };
    const begins = new Set<number>();
    for (const read of trace) {
      const node = enter(read);
      if (node !== null) begins.add(node);
    }
    for (let read = open.pop(); read; read = open.pop()) {
      const from = this.number(nameOf(read)!);
      const reads = this.reads[from]!;
      for (const next of read.reads ?? []) {
        const node = enter(next);
        if (node !== null && node !== from) reads.add(node);
      }
      // Their work was closed over once and for all; whoever reads the summary reads that, too.
      for (const id of runsRead(read)) reads.add(this.number(answerName(id, "")));
    }
    return [...begins];
  }

  /** Enters a remembered graph, and gives for its numbers the new ones. */
  take({ leaves, reads }: ProjectMemory): readonly number[] {
    const moved: number[] = leaves.map((name) => this.number(name));
    const first = moved.length;
    const graph = this.taken++;
    for (const [index] of reads.entries()) moved.push(this.number(`before:${graph}:${index}`));
    for (const [index, nodes] of reads.entries())
      for (const node of nodes) this.reads[moved[first + index]!]!.add(moved[node]!);
    return moved;
  }

  /** Ids of the leaves of a kind. */
  leavesOf(kind: string): readonly string[] {
    return this.names.filter((name) => name.startsWith(`${kind}:`)).map((name) => name.slice(kind.length + 1));
  }

  /** As plain data: only what `checks` reach, and of that only what reaches a leaf. */
  packed(checks: Readonly<Record<string, readonly number[]>>): Pick<ProjectMemory, "leaves" | "reads" | "checks"> {
    const useful = this.usefulNodes(checks);
    const isLeaf = (node: number): boolean => isLeafName(this.names[node]!);
    const order = [...useful].sort((a, b) => Number(isLeaf(b)) - Number(isLeaf(a)) || a - b);
    const place = new Map(order.map((node, index) => [node, index]));
    const moved = (nodes: Iterable<number>): number[] => {
      const found: number[] = [];
      for (const node of nodes) {
        const index = place.get(node);
        if (index !== undefined) found.push(index);
      }
      return found;
    };
    const leaves = order.filter(isLeaf).map((node) => this.names[node]!);
    return {
      leaves,
      reads: order.slice(leaves.length).map((node) => moved(this.reads[node]!)),
      checks: Object.fromEntries(Object.entries(checks).map(([path, nodes]) => [path, moved(nodes)])),
    };
  }

  private usefulNodes(checks: Readonly<Record<string, readonly number[]>>): ReadonlySet<number> {
    const reached = new Set<number>();
    const open: number[] = [];
    const visit = (node: number): void => {
      if (reached.has(node)) return;
      reached.add(node);
      open.push(node);
    };
    for (const nodes of Object.values(checks)) nodes.forEach(visit);
    for (let node = open.pop(); node !== undefined; node = open.pop()) this.reads[node]!.forEach(visit);
    const readers = new Map<number, number[]>();
    const useful = new Set<number>();
    for (const node of reached) {
      if (isLeafName(this.names[node]!)) useful.add(node);
      for (const read of this.reads[node]!) {
        const list = readers.get(read);
        if (list) list.push(node);
        else readers.set(read, [node]);
      }
    }
    for (const node of useful) for (const reader of readers.get(node) ?? []) useful.add(reader);
    return useful;
  }

  private number(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.names.length;
      this.numbers.set(name, number);
      this.names.push(name);
      this.reads.push(new Set());
    }
    return number;
  }
}

const LEAVES: ReadonlySet<string> = new Set([
  "text",
  "outline",
  "code",
  "given",
  "called",
  "having",
  "imports",
  "word",
  "module",
]);

/** The node of what was read; null for what never changes between runs, or is covered by something finer. */
function nameOf({ question, id, name }: Read): string | null {
  if (question !== null) return answerName(id, name);
  return LEAVES.has(name) && !id.startsWith("lib:") ? `${name}:${id}` : null;
}

function answerName(id: FunctionId, name: string): string {
  return `answer:${id}\0${name}`;
}

function isLeafName(name: string): boolean {
  return LEAVES.has(name.slice(0, name.indexOf(":")));
}

/** Which nodes read one of the `dirty` leaves, over however many others. */
function reachedFrom({ leaves, reads }: ProjectMemory, dirty: ReadonlySet<string>): Uint8Array {
  const count = leaves.length + reads.length;
  const reached = new Uint8Array(count);
  const starts = new Uint32Array(count + 1);
  for (const nodes of reads) for (const node of nodes) starts[node + 1]!++;
  for (let node = 0; node < count; node++) starts[node + 1]! += starts[node]!;
  const next = starts.slice();
  const readers = new Uint32Array(starts[count]!);
  for (const [index, nodes] of reads.entries())
    for (const node of nodes) readers[next[node]!++] = leaves.length + index;
  const open: number[] = [];
  for (const [node, name] of leaves.entries())
    if (dirty.has(name)) {
      reached[node] = 1;
      open.push(node);
    }
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (let at = starts[node]!; at < starts[node + 1]!; at++) {
      const reader = readers[at]!;
      if (reached[reader]) continue;
      reached[reader] = 1;
      open.push(reader);
    }
  return reached;
}

export function fileMemory(path: string, hash: string, digest: Digest): FileMemory {
  const short = (id: string): string => id.slice(path.length);
  return [
    path,
    hash,
    digest.module,
    digest.signature,
    [...digest.units].map(([id, code]) => [short(id), code]),
    [...digest.given].map(([name, units]) => [name, units.map(short)]),
    [...digest.called].map(([name, units]) => [name, units.map(short)]),
    [...digest.members].map(([name, classes]) => [name, classes.map(short)]),
    [...digest.libraries],
  ];
}

export function rememberedFile(file: FileMemory): RememberedFile {
  const [path, hash, module, signature, units, given, called, members, libraries] = file;
  const long = (id: string): string => path + id;
  return {
    hash,
    digest: {
      module,
      signature,
      units: new Map(units.map(([id, code]) => [long(id), code])),
      given: new Map(given.map(([name, ids]) => [name, ids.map(long)])),
      called: new Map(called.map(([name, ids]) => [name, ids.map(long)])),
      members: new Map(members.map(([name, ids]) => [name, ids.map(long)])),
      libraries: new Set(libraries),
    },
  };
}
