/**
 * Answers of an earlier run, taken up where they hold for the files of now.
 *
 * An answer holds where nothing it was worked out from differs. Whether something differs is found out deep down first: facts of files by comparing them, an
 * answer of a question that is kept by working it out again only where it does not hold itself, and then by comparing the two. So a change spreads no
 * further than to those who would really be told something else. Answers that are not kept pass a change on.
 */
import { AnswerGraph, type StoredGraph } from "./answer-graph.ts";
import type { KeptAnswers, Recall } from "./base/memo.ts";

/** Stands in the place of a question where a node is all that the work of a function comes from. */
export const CLOSURE = "closure";

const UNKNOWN = 0;
const UNDER_WAY = 1;
const SAME = 2;
const OTHER = 3;

export class RecalledAnswers implements Recall {
  private readonly stored: StoredGraph;
  private readonly differing: ReadonlySet<string>;
  private readonly memo: Pick<KeptAnswers, "again">;
  private opened: Opened | null = null;

  /** `differing`: the names of leaves that are not what they were. `memo` is asked for what has to be worked out again. */
  constructor(stored: StoredGraph, differing: ReadonlySet<string>, memo: Pick<KeptAnswers, "again">) {
    this.stored = stored;
    this.differing = differing;
    this.memo = memo;
  }

  get graph(): AnswerGraph {
    return this.open().graph;
  }

  find(kept: string, id: string, name: string): number {
    return this.graph.find(kept, id, name);
  }

  holds(node: number): boolean {
    if (this.differing.size === 0) return true;
    const { graph, reached } = this.open();
    return !reached[node] || this.allSame(graph.reads(node));
  }

  /** Whether what was worked out from these nodes, packed, would come out the same. */
  allHold(packed: string): boolean {
    return this.differing.size === 0 || this.graph.everyNodeOf(packed, (node) => this.isSame(node));
  }

  /** Nodes that a difference may have reached. */
  *touched(): Generator<number> {
    const { graph, reached } = this.open();
    for (let node = graph.leaves.length; node < graph.count; node++) if (reached[node]) yield node;
  }

  /** Whether it was found out that a node would come out the same. */
  isKnownSame(node: number): boolean {
    const { reached, states } = this.open();
    return !reached[node] || states[node] === SAME;
  }

  value(node: number): unknown {
    return this.graph.answer(node)!.value;
  }

  /** Each of them counts only where those before it are the same. */
  private allSame(nodes: Uint32Array): boolean {
    for (const node of nodes) if (!this.isSame(node)) return false;
    return true;
  }

  private isSame(node: number): boolean {
    const { graph, reached, states } = this.open();
    if (!reached[node]) return true;
    if (node < graph.leaves.length) return false;
    if (states[node] !== UNKNOWN) return states[node] === SAME;
    states[node] = UNDER_WAY;
    const same = this.comesOutSame(node);
    states[node] = same ? SAME : OTHER;
    return same;
  }

  private comesOutSame(node: number): boolean {
    const kept = this.graph.answer(node);
    if (kept === null || kept.question === CLOSURE) return this.holds(node);
    const now = this.memo.again(kept.question, kept.id, kept.name);
    if (now === null) return false;
    return now.recalled === node || JSON.stringify(now.value) === JSON.stringify(kept.value);
  }

  private open(): Opened {
    if (!this.opened) {
      const graph = new AnswerGraph(this.stored);
      this.opened = { graph, reached: graph.reachedFrom(this.differing), states: new Uint8Array(graph.count) };
    }
    return this.opened;
  }
}

interface Opened {
  readonly graph: AnswerGraph;
  /** Nodes that a difference may have reached; of the others nobody need ask. */
  readonly reached: Uint8Array;
  readonly states: Uint8Array;
}
