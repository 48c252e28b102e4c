/**
 * What was worked out in a run, and from what, as plain data: a graph of answers over facts about single files.
 *
 * Its first nodes are leaves, which read nothing ("the code of this function", "the declarations of that file"). The others are answers: of questions that are
 * kept with what was asked and answered, of the rest only what they read, in the order in which they read it. What reaches no leaf can never
 * change and is left out.
 */
import { everyNumber, packNumbers, placesOfNumbers, unpackNumbers } from "./base/packed.ts";

/** Plain data. */
export interface StoredGraph {
  /** Names of leaves, `kind:id`. */
  readonly leaves: readonly string[];
  /** Questions, identifiers and names. */
  readonly texts: readonly string[];
  readonly values: readonly unknown[];
  /** Packed; of each further node its question (a text, from 1 on; 0: not kept), for those kept identifier, name and value, and what it reads. */
  readonly nodes: string;
  /** How many of these there were when what nobody reads was last left out. */
  readonly whole: number;
}

/** A question that was kept, with its answer. */
export interface KeptAnswer {
  readonly question: string;
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
}

/** A stored graph to look things up in. Nodes are numbers, leaves the first. */
export class AnswerGraph {
  readonly stored: StoredGraph;
  readonly leaves: readonly string[];
  readonly count: number;
  private readonly texts: readonly string[];
  private readonly values: readonly unknown[];
  /** By node: where its entry starts among the numbers. */
  private readonly entries: Uint32Array;
  private readonly numbers: Uint32Array;
  private byId: ReadonlyMap<string, readonly number[]> | null = null;

  constructor(stored: StoredGraph) {
    const { leaves, texts, values, nodes } = stored;
    this.stored = stored;
    this.leaves = leaves;
    this.texts = texts;
    this.values = values;
    this.numbers = unpackNumbers(nodes);
    const entries: number[] = [];
    for (let at = 0; at < this.numbers.length; ) {
      entries.push(at);
      at += this.numbers[at] === 0 ? 1 : KEPT_LENGTH;
      at += 1 + this.numbers[at]!;
    }
    this.entries = Uint32Array.from(entries);
    this.count = leaves.length + entries.length;
  }

  /** What a node reads, in order. */
  reads(node: number): Uint32Array {
    if (node < this.leaves.length) return NOTHING;
    const entry = this.entries[node - this.leaves.length]!;
    const at = readsAt(this.numbers, entry);
    const leaves = this.leaves.length;
    const found = this.numbers.slice(at + 1, at + 1 + this.numbers[at]!);
    for (let index = 0; index < found.length; index++) found[index] = readAt(node, found[index]!, leaves);
    return found;
  }

  /** The nodes that a check reads, as they were packed with the graph. */
  nodesOf(check: string): Uint32Array {
    return unpackNumbers(check).map((ref) => this.nodeAt(ref));
  }

  /** Whether something holds for each of these nodes, asked in order, up to the first for which it does not. */
  everyNodeOf(check: string, holds: (node: number) => boolean): boolean {
    return everyNumber(check, (ref) => holds(this.nodeAt(ref)));
  }

  private nodeAt(ref: number): number {
    return (ref & 1) === 1 ? ref >>> 1 : this.leaves.length + (ref >>> 1);
  }

  /** What was asked and answered at a node; null where that was not kept. */
  answer(node: number): KeptAnswer | null {
    const entry = this.entries[node - this.leaves.length];
    if (entry === undefined || this.numbers[entry] === 0) return null;
    const text = (place: number): string => this.texts[this.numbers[entry + place]! - 1]!;
    return { question: text(0), id: text(1), name: text(2), value: this.values[this.numbers[entry + 3]! - 1] };
  }

  /** The node of an answer; -1 where there is none. */
  find(question: string, id: string, name: string): number {
    for (const node of this.index().get(id) ?? []) {
      const entry = this.entries[node - this.leaves.length]!;
      const text = (place: number): string => this.texts[this.numbers[entry + place]! - 1]!;
      if (text(0) === question && text(2) === name) return node;
    }
    return -1;
  }

  private index(): ReadonlyMap<string, readonly number[]> {
    if (this.byId) return this.byId;
    const byText: (number[] | undefined)[] = [];
    for (const [index, entry] of this.entries.entries()) {
      if (this.numbers[entry] === 0) continue;
      const id = this.numbers[entry + 1]! - 1;
      const node = this.leaves.length + index;
      const known = byText[id];
      if (known) known.push(node);
      else byText[id] = [node];
    }
    const byId = new Map<string, readonly number[]>();
    byText.forEach((nodes, text) => {
      if (nodes) byId.set(this.texts[text]!, nodes);
    });
    this.byId = byId;
    return byId;
  }

  /** The nodes, packed, with others in the place of some, by their number among those that are no leaves. */
  spliced(others: ReadonlyMap<number, string>): string {
    const { nodes } = this.stored;
    if (others.size === 0) return nodes;
    const changed = [...others].sort(([a], [b]) => a - b);
    const wanted = changed.flatMap(([entry]) => [this.entries[entry]!, this.entries[entry + 1] ?? this.numbers.length]);
    const places = placesOfNumbers(nodes, wanted);
    let text = "";
    let from = 0;
    for (const [index, [, other]] of changed.entries()) {
      text += nodes.slice(from, places[2 * index]) + other;
      from = places[2 * index + 1]!;
    }
    return text + nodes.slice(from);
  }

  /** Which nodes are among the leaves of these names, or read one of them over however many others. */
  reachedFrom(names: ReadonlySet<string>): Uint8Array {
    const { count, leaves, entries, numbers } = this;
    const reached = new Uint8Array(count);
    const starts = new Uint32Array(count + 1);
    const reads = new Uint32Array(numbers.length);
    let known = 0;
    for (let node = leaves.length; node < count; node++) {
      const at = readsAt(numbers, entries[node - leaves.length]!);
      const end = at + 1 + numbers[at]!;
      for (let place = at + 1; place < end; place++) {
        const read = readAt(node, numbers[place]!, leaves.length);
        reads[known++] = read;
        starts[read + 1]!++;
      }
    }
    for (let node = 0; node < count; node++) starts[node + 1]! += starts[node]!;
    const next = starts.slice();
    const readers = new Uint32Array(known);
    known = 0;
    for (let node = leaves.length; node < count; node++) {
      const at = readsAt(numbers, entries[node - leaves.length]!);
      for (let left = numbers[at]!; left > 0; left--) readers[next[reads[known++]!]!++] = node;
    }
    const open: number[] = [];
    for (const [node, name] of this.leaves.entries())
      if (names.has(name)) {
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
}

/** Numbers of an entry of a kept answer before what it reads. */
const KEPT_LENGTH = 4;

/** Where among the numbers it stands how many nodes that of an entry reads, and behind it which. */
function readsAt(numbers: Uint32Array, entry: number): number {
  return numbers[entry] === 0 ? entry + 1 : entry + KEPT_LENGTH;
}

const NOTHING = new Uint32Array(0);

/** What an answer reads is written by how far away it is where it is an answer, too: mostly it is near. */
function readAt(node: number, written: number, leaves: number): number {
  const place = written >>> 1;
  if ((written & 1) === 1) return place;
  return Math.max(leaves, (place & 1) === 1 ? node + (place >>> 1) + 1 : node - (place >>> 1));
}

function writtenAt(entry: number, read: number): number {
  return (read > entry ? (read - entry - 1) * 2 + 1 : (entry - read) * 2) * 2;
}

/** A node that is being built: a leaf, or an answer and what it reads. */
interface Node {
  /** Its place among the leaves, -1 for an answer. */
  readonly leaf: number;
  readonly answer: KeptAnswer | null;
  readonly reads: number[];
  /** The entry of the graph before that it takes the place of, -1 where it is a new one. */
  readonly instead: number;
}

/**
 * A graph in the making, with everything of the graph `before` that is not replaced or taken out. What stands for a node is a number that means
 * nothing elsewhere, negative for those that stay as they are.
 */
export class GraphBuilder {
  private readonly before: AnswerGraph | null;
  private readonly nodes: Node[] = [];
  private readonly leaves: string[];
  private readonly byLeaf: Map<string, number>;
  private readonly leafNodes = new Map<number, number>();
  private readonly replaced: number[] = [];
  /** Entries that are no more. */
  private readonly gone: number[] = [];

  constructor(before: AnswerGraph | null = null) {
    this.before = before;
    this.leaves = [...(before?.leaves ?? [])];
    this.byLeaf = new Map(this.leaves.map((name, place) => [name, place]));
  }

  leaf(name: string): number {
    let place = this.byLeaf.get(name);
    if (place === undefined) {
      place = this.leaves.push(name) - 1;
      this.byLeaf.set(name, place);
    }
    let node = this.leafNodes.get(place);
    if (node === undefined) {
      node = this.add({ leaf: place, answer: null, reads: [], instead: -1 });
      this.leafNodes.set(place, node);
    }
    return node;
  }

  /** A new node; `answer` null where it is not kept. `instead`: the node of the graph before whose place it takes, negative where there is none. */
  answer(answer: KeptAnswer | null, instead = -1): number {
    const entry = instead < 0 ? -1 : instead - this.before!.leaves.length;
    const node = this.add({ leaf: -1, answer, reads: [], instead: entry });
    if (entry >= 0) this.replaced.push(node);
    return node;
  }

  /** A node of the graph before that stays as it is. */
  stays(node: number): number {
    return node < this.before!.leaves.length
      ? this.leaf(this.before!.leaves[node]!)
      : this.before!.leaves.length - node - 1;
  }

  /** A node of the graph before that is to be there no more. */
  takeOut(node: number): void {
    this.gone.push(node - this.before!.leaves.length);
  }

  /** Has a new node read others, in that order, behind what it reads already. */
  read(node: number, reads: Iterable<number>): void {
    const known = this.nodes[node]!.reads;
    for (const read of reads) if (read !== node) known.push(read);
  }

  /** Ids of the leaves of a kind. */
  leavesOf(kind: string): readonly string[] {
    return this.leaves.filter((name) => name.startsWith(`${kind}:`)).map((name) => name.slice(kind.length + 1));
  }

  /** As plain data: of what is new only what `checks` and nodes that were replaced reach, and of that only what reaches a leaf. */
  packed(checks: Readonly<Record<string, readonly number[]>>): {
    readonly graph: StoredGraph;
    readonly checks: Readonly<Record<string, string>>;
    /** How many nodes are no leaves. */
    readonly count: number;
  } {
    const { before } = this;
    const order = this.order([...Object.values(checks), this.replaced]);
    const useful = this.useful(order);
    const count = before ? before.count - before.leaves.length : 0;
    const entries = new Int32Array(this.nodes.length).fill(-1);
    const added: number[] = [];
    for (const node of order) {
      const { leaf, instead } = this.nodes[node]!;
      if (leaf >= 0 || !useful[node]) continue;
      entries[node] = instead >= 0 ? instead : count + added.push(node) - 1;
    }
    const texts = new Table((text: string) => text, before?.stored.texts ?? []);
    const values = new Table((value: unknown) => JSON.stringify(value), before?.stored.values ?? []);
    const refsOf = (nodes: readonly number[], refOf: (entry: number) => number): number[] => {
      const refs: number[] = [];
      for (const node of nodes) {
        if (node < 0) refs.push(refOf(-node - 1));
        else if (this.nodes[node]!.leaf >= 0) refs.push(this.nodes[node]!.leaf * 2 + 1);
        else if (entries[node]! >= 0) refs.push(refOf(entries[node]!));
      }
      return refs;
    };
    const written = (node: number): string => {
      const { answer, reads } = this.nodes[node]!;
      const numbers: number[] = [];
      if (answer === null) numbers.push(0);
      else {
        const { question, id, name, value } = answer;
        numbers.push(texts.place(question), texts.place(id), texts.place(name));
        numbers.push(value === undefined ? 0 : values.place(value));
      }
      const refs = refsOf(reads, (entry) => writtenAt(entries[node]!, entry));
      numbers.push(refs.length, ...refs);
      return packNumbers(numbers);
    };
    const changed = new Map<number, string>(this.gone.map((entry) => [entry, NO_NODE]));
    for (const node of this.replaced) changed.set(this.nodes[node]!.instead, useful[node] ? written(node) : NO_NODE);
    const nodes = (before ? before.spliced(changed) : "") + added.map(written).join("");
    return {
      graph: {
        leaves: this.leaves,
        texts: texts.all,
        values: values.all,
        nodes,
        whole: before ? before.stored.whole : added.length,
      },
      checks: Object.fromEntries(
        Object.entries(checks).map(([path, reads]) => [path, packNumbers(refsOf(reads, (entry) => entry * 2))]),
      ),
      count: count + added.length,
    };
  }

  /** New nodes that are reached, each behind most of what it reads. */
  private order(starts: readonly (readonly number[])[]): readonly number[] {
    const order: number[] = [];
    const entered = new Uint8Array(this.nodes.length);
    const path: number[] = [];
    const next: number[] = [];
    const enter = (node: number): void => {
      if (node < 0 || entered[node]) return;
      entered[node] = 1;
      path.push(node);
      next.push(0);
    };
    for (const nodes of starts)
      for (const start of nodes) {
        enter(start);
        while (path.length > 0) {
          const at = path.length - 1;
          const read = this.nodes[path[at]!]!.reads[next[at]!++];
          if (read !== undefined) enter(read);
          else {
            order.push(path.pop()!);
            next.pop();
          }
        }
      }
    return order;
  }

  /** Marks those that reach a leaf; what stays of the graph before does. */
  private useful(order: readonly number[]): Uint8Array {
    const useful = new Uint8Array(this.nodes.length);
    // Once is enough but for those that reach themselves.
    for (let found = true; found; ) {
      found = false;
      for (const node of order) {
        if (useful[node]) continue;
        const { leaf, reads } = this.nodes[node]!;
        if (leaf < 0 && !reads.some((read) => read < 0 || useful[read])) continue;
        useful[node] = 1;
        found = true;
      }
    }
    return useful;
  }

  private add(node: Node): number {
    return this.nodes.push(node) - 1;
  }
}

/** The entry of a node that is not kept and reads nothing. */
const NO_NODE = packNumbers([0, 0]);

/** Things by number, from 1 on, each once. */
class Table<T> {
  readonly all: T[];
  private readonly places: Map<string, number>;
  private readonly same: Map<T, number>;
  private readonly keyOf: (thing: T) => string;

  constructor(keyOf: (thing: T) => string, known: readonly T[]) {
    this.keyOf = keyOf;
    this.all = [...known];
    this.places = new Map(known.map((thing, index) => [keyOf(thing), index + 1]));
    this.same = new Map(known.map((thing, index) => [thing, index + 1]));
  }

  place(thing: T): number {
    let place = this.same.get(thing);
    if (place !== undefined) return place;
    const key = this.keyOf(thing);
    place = this.places.get(key);
    if (place === undefined) {
      place = this.all.push(thing);
      this.places.set(key, place);
    }
    this.same.set(thing, place);
    return place;
  }
}
