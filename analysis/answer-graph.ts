/**
 * What was worked out in a run, and from what, as plain data: a graph of answers over facts about single files.
 *
 * Its first nodes are leaves, which read nothing ("the code of this function", "the declarations of that file"). The others are answers: of questions that are
 * kept with what was asked and answered, of the rest only what they read, in the order in which they read it. What reaches no leaf can never
 * change and is left out.
 */
import { packNumbers, unpackNumbers } from "./base/packed.ts";

/** Plain data. */
export interface StoredGraph {
  /** Names of leaves, `kind:id`. */
  readonly leaves: readonly string[];
  /** Questions, identifiers and names. */
  readonly texts: readonly string[];
  readonly values: readonly unknown[];
  /** Packed; of each further node its question (a text, from 1 on; 0: not kept), for those kept identifier, name and value, and what it reads. */
  readonly nodes: string;
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
  readonly leaves: readonly string[];
  readonly count: number;
  private readonly texts: readonly string[];
  private readonly values: readonly unknown[];
  /** By node: where its entry starts among the numbers. */
  private readonly entries: Uint32Array;
  private readonly numbers: Uint32Array;
  private byId: ReadonlyMap<string, readonly number[]> | null = null;

  constructor({ leaves, texts, values, nodes }: StoredGraph) {
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
    const at = this.numbers[entry] === 0 ? entry + 1 : entry + KEPT_LENGTH;
    const found = this.numbers.slice(at + 1, at + 1 + this.numbers[at]!);
    for (let index = 0; index < found.length; index++) found[index] = readAt(node, found[index]!, this.leaves.length);
    return found;
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

  /** Which nodes are among the leaves of these names, or read one of them over however many others. */
  reachedFrom(names: ReadonlySet<string>): Uint8Array {
    const { count } = this;
    const reached = new Uint8Array(count);
    const starts = new Uint32Array(count + 1);
    const all: Uint32Array[] = [];
    for (let node = this.leaves.length; node < count; node++) {
      const reads = this.reads(node);
      all.push(reads);
      for (const read of reads) starts[read + 1]!++;
    }
    for (let node = 0; node < count; node++) starts[node + 1]! += starts[node]!;
    const next = starts.slice();
    const readers = new Uint32Array(starts[count]!);
    for (const [index, reads] of all.entries())
      for (const read of reads) readers[next[read]!++] = this.leaves.length + index;
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

const NOTHING = new Uint32Array(0);

/** What a node reads is written by how far it is away where it is an answer: mostly it is near. */
function readAt(node: number, written: number, leaves: number): number {
  if ((written & 1) === 1) return written >>> 1;
  const distance = written >>> 1;
  return (distance & 1) === 1 ? node + (distance >>> 1) + 1 : Math.max(leaves, node - (distance >>> 1));
}

function writtenAt(node: number, read: number, leaves: number): number {
  if (read < leaves) return read * 2 + 1;
  return (read > node ? (read - node - 1) * 2 + 1 : (node - read) * 2) * 2;
}

/** A node that is being built: a leaf, or an answer and what it reads. */
interface Node {
  readonly leaf: string | null;
  readonly answer: KeptAnswer | null;
  readonly reads: number[];
}

/** A graph in the making. Nodes are numbers that mean nothing elsewhere. */
export class GraphBuilder {
  private readonly nodes: Node[] = [];
  private readonly byLeaf = new Map<string, number>();

  leaf(name: string): number {
    let node = this.byLeaf.get(name);
    if (node === undefined) {
      node = this.add(name, null);
      this.byLeaf.set(name, node);
    }
    return node;
  }

  /** A new node; `answer` null where it is not kept. */
  answer(answer: KeptAnswer | null): number {
    return this.add(null, answer);
  }

  /** Has a node read others, in that order, behind what it reads already. */
  read(node: number, reads: Iterable<number>): void {
    const known = this.nodes[node]!.reads;
    for (const read of reads) if (read !== node) known.push(read);
  }

  /** Ids of the leaves of a kind. */
  leavesOf(kind: string): readonly string[] {
    return [...this.byLeaf.keys()]
      .filter((name) => name.startsWith(`${kind}:`))
      .map((name) => name.slice(kind.length + 1));
  }

  /** As plain data: only what `checks` reach, and of that only what reaches a leaf. */
  packed(checks: Readonly<Record<string, readonly number[]>>): {
    readonly graph: StoredGraph;
    readonly checks: Readonly<Record<string, string>>;
  } {
    const order = this.order(checks);
    const useful = this.useful(order);
    const isLeaf = (node: number): boolean => this.nodes[node]!.leaf !== null;
    const leaves = order.filter(isLeaf);
    const answers = order.filter((node) => useful[node] === 1 && !isLeaf(node));
    const places = new Int32Array(this.nodes.length).fill(-1);
    for (const [place, node] of leaves.entries()) places[node] = place;
    for (const [index, node] of answers.entries()) places[node] = leaves.length + index;
    const texts = new Table((text: string) => text);
    const values = new Table((value: unknown) => JSON.stringify(value));
    const numbers: number[] = [];
    for (const node of answers) {
      const { answer, reads } = this.nodes[node]!;
      if (answer === null) numbers.push(0);
      else {
        const { question, id, name, value } = answer;
        numbers.push(texts.place(question), texts.place(id), texts.place(name));
        numbers.push(value === undefined ? 0 : values.place(value));
      }
      const length = numbers.length;
      numbers.push(0);
      for (const read of reads)
        if (places[read]! >= 0) numbers.push(writtenAt(places[node]!, places[read]!, leaves.length));
      numbers[length] = numbers.length - length - 1;
    }
    const placesOf = (nodes: readonly number[]): number[] =>
      nodes.map((node) => places[node]!).filter((place) => place >= 0);
    return {
      graph: {
        leaves: leaves.map((node) => this.nodes[node]!.leaf!),
        texts: texts.all,
        values: values.all,
        nodes: packNumbers(numbers),
      },
      checks: Object.fromEntries(Object.entries(checks).map(([path, nodes]) => [path, packNumbers(placesOf(nodes))])),
    };
  }

  /** What the checks reach, each node behind most of what it reads. */
  private order(checks: Readonly<Record<string, readonly number[]>>): readonly number[] {
    const order: number[] = [];
    const entered = new Uint8Array(this.nodes.length);
    const path: number[] = [];
    const next: number[] = [];
    const enter = (node: number): void => {
      if (entered[node]) return;
      entered[node] = 1;
      path.push(node);
      next.push(0);
    };
    for (const nodes of Object.values(checks))
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

  /** Marks those that reach a leaf. */
  private useful(order: readonly number[]): Uint8Array {
    const useful = new Uint8Array(this.nodes.length);
    // Once is enough but for those that reach themselves.
    for (let found = true; found; ) {
      found = false;
      for (const node of order) {
        if (useful[node]) continue;
        const { leaf, reads } = this.nodes[node]!;
        if (leaf === null && !reads.some((read) => useful[read])) continue;
        useful[node] = 1;
        found = true;
      }
    }
    return useful;
  }

  private add(leaf: string | null, answer: KeptAnswer | null): number {
    this.nodes.push({ leaf, answer, reads: [] });
    return this.nodes.length - 1;
  }
}

/** Things by number, from 1 on, each once. */
class Table<T> {
  readonly all: T[] = [];
  private readonly places = new Map<string, number>();
  private readonly same = new Map<T, number>();
  private readonly keyOf: (thing: T) => string;

  constructor(keyOf: (thing: T) => string) {
    this.keyOf = keyOf;
  }

  place(thing: T): number {
    let place = this.same.get(thing);
    if (place !== undefined) return place;
    const key = this.keyOf(thing);
    place = this.places.get(key);
    if (place === undefined) {
      this.all.push(thing);
      place = this.all.length;
      this.places.set(key, place);
    }
    this.same.set(thing, place);
    return place;
  }
}
