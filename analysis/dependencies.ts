/**
 * What the checks of files depended on, kept from one run to the next.
 *
 * A graph (`answer-graph.ts`): from each checked file over what was worked out for it down to leaves, which are facts of single files ("the code of this function", "the
 * declarations of that file", "which units give away something called x"). The next run compares these facts, and takes up again (`recall.ts`) the answers
 * and the results of checks that would come out the same; files nobody needs are not even parsed.
 */
import { AnswerGraph, GraphBuilder, type KeptAnswer, type StoredGraph } from "./answer-graph.ts";
import type { KeptAnswers, Read, Trace } from "./base/memo.ts";
import { runsRead, SUMMARY } from "./calls/graph.ts";
import { functionOfKey, WORK } from "./facts/blocking.ts";
import type { FileState, FileStates, RememberedFile } from "./file-state.ts";
import { type Digest, differences, modulesTouched } from "./names/digest.ts";
import type { FunctionId } from "./names/outline.ts";
import { keyOfId } from "./names/program.ts";
import { CLOSURE, RecalledAnswers } from "./recall.ts";

/** Plain data. Only what the same version of the program made from the same settings may be used. */
export interface ProjectMemory {
  readonly roots: readonly string[];
  readonly files: readonly FileMemory[];
  readonly graph: StoredGraph;
  /** By file and unit, without the path, the nodes that the check of the unit reads, packed. */
  readonly checks: Readonly<Record<string, Readonly<Record<string, string>>>>;
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
  private readonly raw: ReadonlyMap<string, FileMemory>;
  private readonly known: ReadonlyMap<string, RememberedFile>;
  /** By unit, what its check read in this run. */
  private readonly traces = new Map<FunctionId, Trace>();
  /** By unit, the checks of the earlier run that somebody has asked about, and that hold. */
  private readonly upheld = new Map<FunctionId, string>();
  private recalled: RecalledAnswers | null = null;
  /** The files whose remembered check would say the same of the current files. */
  private kept: ReadonlySet<string> | null = null;

  /** `before`: what an earlier run left, if its source roots were the same. */
  constructor(before: ProjectMemory | null, roots: readonly string[]) {
    this.before = before && before.roots.join("\n") === roots.join("\n") ? before : null;
    this.raw = new Map((this.before?.files ?? []).map((file) => [file[0], file]));
    this.known = new Map([...this.raw].map(([path, file]) => [path, rememberedFile(file)]));
  }

  /** What is remembered of a file. */
  file(path: string): RememberedFile | null {
    return this.known.get(path) ?? null;
  }

  /** Notes what the check of a unit read. */
  note(unit: FunctionId, trace: Trace): void {
    this.traces.set(unit, trace);
  }

  /** The answers of the earlier run, for `files`, which are the current ones from now on. */
  recall(files: FileStates, memo: KeptAnswers): RecalledAnswers | null {
    this.kept = null;
    this.recalled = this.before && new RecalledAnswers(this.before.graph, this.differing(this.before, files), memo);
    return this.recalled;
  }

  /** Whether the remembered check of a unit would say the same of the current files. If so it is taken for one of this run. */
  holds(unit: FunctionId): boolean {
    const path = keyOfId(unit);
    const check = this.before?.checks[path]?.[unit.slice(path.length)];
    if (check === undefined || !this.recalled?.allHold(check)) return false;
    this.upheld.set(unit, check);
    return true;
  }

  /** The files that are what they were, and whose remembered check would say the same of the current files. */
  unaffected(files: FileStates): ReadonlySet<string> {
    const { before, recalled } = this;
    if (!before || !recalled) return new Set();
    const own = new Set(this.changedFiles(files));
    this.kept ??= new Set(
      Object.keys(before.checks).filter(
        (path) => !own.has(path) && Object.values(before.checks[path]!).every((check) => recalled.allHold(check)),
      ),
    );
    return this.kept;
  }

  /** What to remember now: the checks of this run, and those of earlier ones that still hold. `files` are the current ones. */
  memory(files: FileStates, roots: readonly string[], memo: Pick<KeptAnswers, "peek">): ProjectMemory {
    const { before, recalled } = this;
    const record = new Recorder(recalled, memo);
    const checks: Record<FunctionId, readonly number[]> = {};
    for (const [unit, trace] of this.traces) checks[unit] = record.ofTrace(trace);
    const kept: Record<string, Readonly<Record<string, string>>> = {};
    if (before && recalled) {
      for (const path of this.unaffected(files)) kept[path] = before.checks[path]!;
      record.settle(recalled);
    }
    const made = record.builder.packed(checks);
    const memory = {
      roots,
      files: [...files.values()].map((state) => this.fileMemory(state)),
      graph: made.graph,
      checks: { ...kept, ...byFile([...this.upheld, ...Object.entries(made.checks)]) },
      words: this.wordsIn(files, record.builder.leavesOf("word")),
    };
    return made.count > MOST_GROWTH * made.graph.whole + 1000 ? joinedMemories([memory]) : memory;
  }

  private fileMemory(state: FileState): FileMemory {
    const known = state.isRemembered ? this.raw.get(state.path) : undefined;
    return known ?? fileMemory(state.path, state.hash, state.digest);
  }

  /** Names of the leaves that are not what they were. */
  private differing(before: ProjectMemory, files: FileStates): ReadonlySet<string> {
    const changed = [...this.changedFiles(files)];
    const differing = new Set<string>();
    const paths = { before: [...this.known.keys()], now: [...files.keys()] };
    for (const path of changed) {
      const state = files.get(path);
      for (const leaf of differences(path, this.known.get(path)?.digest ?? null, state?.digest ?? null))
        differing.add(leaf);
      if (!state) for (const leaf of modulesTouched(path, paths.now)) differing.add(leaf);
      if (!this.known.has(path)) for (const leaf of modulesTouched(path, paths.before)) differing.add(leaf);
    }
    // Which library brings which is asked of all imports together.
    if ([...differing].some((leaf) => leaf.startsWith("imports:"))) differing.add("imports:");
    for (const [word, paths] of Object.entries(before.words)) {
      const had = new Set(paths);
      const holds = (path: string): boolean => files.get(path)?.text.includes(word) ?? false;
      if (changed.some((path) => had.has(path) !== holds(path))) differing.add(`word:${word}`);
    }
    return differing;
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

/** How many times as many nodes as there were there may be, before what nobody reads any more is left out. */
const MOST_GROWTH = 1.5;

/** What several checks of different files of the same project have left, as if one had checked them all; without what nobody reads. */
export function joinedMemories([first, ...others]: readonly [ProjectMemory, ...ProjectMemory[]]): ProjectMemory {
  const join = new Join();
  const checks: Record<FunctionId, readonly number[]> = {};
  for (const { graph, checks: own } of [first, ...others]) {
    const stored = new AnswerGraph(graph);
    for (const [path, units] of Object.entries(own))
      for (const [unit, check] of Object.entries(units)) checks[path + unit] = join.ofCheck(stored, check);
  }
  const { builder } = join;
  const { graph, checks: packed } = builder.packed(checks);
  const words = Object.assign({}, first.words, ...others.map((memory) => memory.words)) as ProjectMemory["words"];
  return {
    roots: first.roots,
    files: first.files,
    graph,
    checks: byFile(Object.entries(packed)),
    words: Object.fromEntries(builder.leavesOf("word").map((word) => [word, words[word]!])),
  };
}

/** Checks of units by file. */
function byFile(units: Iterable<readonly [unit: FunctionId, check: string]>): ProjectMemory["checks"] {
  const checks: Record<string, Record<string, string>> = {};
  for (const [unit, check] of units) {
    const path = keyOfId(unit);
    checks[path] ??= {};
    checks[path][unit.slice(path.length)] = check;
  }
  return checks;
}

/** Enters several stored graphs of the same files into one. */
class Join {
  readonly builder = new GraphBuilder();
  private readonly byAnswer = new Map<string, number>();
  private readonly byGraph = new Map<AnswerGraph, (number | undefined)[]>();
  private readonly open: (() => void)[] = [];

  ofCheck(graph: AnswerGraph, check: string): readonly number[] {
    const nodes = Array.from(graph.nodesOf(check), (node) => this.nodeOf(graph, node));
    for (let next = this.open.pop(); next; next = this.open.pop()) next();
    return nodes;
  }

  private nodeOf(graph: AnswerGraph, stored: number): number {
    let nodes = this.byGraph.get(graph);
    if (!nodes) {
      nodes = [];
      this.byGraph.set(graph, nodes);
    }
    const node = nodes[stored] ?? this.enter(graph, stored);
    nodes[stored] = node;
    return node;
  }

  private enter(graph: AnswerGraph, stored: number): number {
    const leaf = graph.leaves[stored];
    if (leaf !== undefined) return this.builder.leaf(leaf);
    const answer = graph.answer(stored);
    const known = answer && this.byAnswer.get(keyOf(answer));
    if (known != null) return known;
    const node = this.builder.answer(answer);
    if (answer) this.byAnswer.set(keyOf(answer), node);
    this.open.push(() => {
      this.builder.read(
        node,
        Array.from(graph.reads(stored), (read) => this.nodeOf(graph, read)),
      );
    });
    return node;
  }
}

/** Enters into the graph of an earlier run what was read in this one. Answers that both know are taken as this run knows them. */
class Recorder {
  readonly builder: GraphBuilder;
  private readonly before: AnswerGraph | null;
  private readonly memo: Pick<KeptAnswers, "peek">;
  private readonly byRead = new Map<Read, number>();
  private readonly closures = new Map<FunctionId, number>();
  /** What is still to be done for nodes that were entered. */
  private readonly open: (() => void)[] = [];
  private readonly recalled: RecalledAnswers | null;

  constructor(recalled: RecalledAnswers | null, memo: Pick<KeptAnswers, "peek">) {
    this.recalled = recalled;
    this.before = recalled?.graph ?? null;
    this.builder = new GraphBuilder(this.before);
    this.memo = memo;
  }

  ofTrace(trace: Trace): readonly number[] {
    const nodes = this.nodesOf(trace);
    this.finish();
    return nodes;
  }

  /** Brings what the earlier run knew to where this one stands: what does not hold, and nobody has worked out again, is taken out. */
  settle(recalled: RecalledAnswers): void {
    for (const node of recalled.touched()) {
      const answer = recalled.graph.answer(node);
      const now = answer && this.memo.peek(answer.question, answer.id, answer.name);
      if (now && now.recalled < 0) this.nodeOf(now);
      else if (now?.recalled !== node && !recalled.isKnownSame(node)) this.builder.takeOut(node);
    }
    this.finish();
  }

  private finish(): void {
    for (let next = this.open.pop(); next; next = this.open.pop()) next();
  }

  private nodesOf(trace: Trace): number[] {
    const nodes: number[] = [];
    for (const read of trace) {
      const node = this.nodeOf(read);
      if (node !== null) nodes.push(node);
    }
    return nodes;
  }

  /** The node of what was read; null for what never changes between runs, or is covered by something finer. */
  private nodeOf(read: Read): number | null {
    const { question, id, name, recalled } = read;
    if (question === null)
      return LEAVES.has(name) && !id.startsWith("lib:") ? this.builder.leaf(`${name}:${id}`) : null;
    if (recalled >= 0) return this.builder.stays(recalled);
    let node = this.byRead.get(read);
    if (node !== undefined) return node;
    const { kept } = question;
    node = kept === undefined ? this.builder.answer(null) : this.kept({ question: kept, id, name, value: read.value });
    this.byRead.set(read, node);
    this.open.push(() => {
      this.builder.read(node, this.nodesOf(read.reads ?? []));
      // Work is closed over once and for all: who reads of it reads the summaries of all that runs there.
      if (kept === WORK) this.builder.read(node, [this.closure(functionOfKey(id))]);
    });
    return node;
  }

  private kept(answer: KeptAnswer): number {
    return this.builder.answer(answer, this.before?.find(answer.question, answer.id, answer.name));
  }

  /** The node of all summaries that the work of a function comes from. */
  private closure(fn: FunctionId): number {
    let node = this.closures.get(fn);
    if (node !== undefined) return node;
    const stored = this.before?.find(CLOSURE, fn, "") ?? -1;
    const stays = stored >= 0 && this.recalled!.isKnownSame(stored);
    node = stays ? this.builder.stays(stored) : this.kept({ question: CLOSURE, id: fn, name: "", value: undefined });
    this.closures.set(fn, node);
    const summary = stays ? null : this.memo.peek(SUMMARY, fn, "");
    if (summary)
      this.open.push(() => {
        const runs = runsRead(summary).map((callee) => this.closure(callee));
        this.builder.read(node, [...this.nodesOf([summary]), ...runs]);
      });
    return node;
  }
}

function keyOf({ question, id, name }: KeptAnswer): string {
  return `${question}\0${id}\0${name}`;
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
