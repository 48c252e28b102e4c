/**
 * Values that remember what they were computed from.
 *
 * A cell is the answer to a question about an identifier, with the cells it read. An edit marks what may depend on it as stale and recomputes nothing; when
 * somebody asks, a stale cell first asks whether anything it read has really changed, and keeps its value if not. A recomputed value that
 * equals the old one stops the spread there. Inputs are cells set from outside.
 *
 * Marking everything behind an edit is cheap, but asking all of it whether it has changed is not, where nearly everything in a file reads what its top level binds. So marking stops
 * at the first answers that are compared by content. These are brought up to date once the edit is in (`settle`), and only what is behind one that has really changed is marked.
 *
 * Reading a cell while it is being computed gives `undefined`: callers that can recurse bound their recursion in the question.
 * Questions are made once and are few; cells are found by question, identifier and name in nested maps, because keys
 * put together from these would have to be made and hashed at every reading.
 */

import { Cell, type Question, type Read, type Trace } from "./cell.ts";

export type { Question, Read, Trace } from "./cell.ts";

/** A question. `compute` is given the identifier and the name it is asked about; the name is empty where a question has none. */
export function question<C, T>(
  compute: Question<C, T>["compute"],
  same: Question<C, T>["same"] = Object.is,
): Question<C, T> {
  return { compute, same };
}

/** A question whose answers may outlive the run, see `Question.kept`; made when the program is loaded. Throws where another has the name. */
export function keptQuestion<C, T>(
  kept: string,
  compute: Question<C, T>["compute"],
  same: Question<C, T>["same"] = Object.is,
): Question<C, T> {
  if (keptQuestions.has(kept)) throw new Error(`two questions are called ${kept}`);
  const asked = { compute, same, kept };
  keptQuestions.set(kept, asked as Question<never, unknown>);
  return asked;
}

const keptQuestions = new Map<string, Question<never, unknown>>();

/** Answers of an earlier run. */
export interface Recall {
  /** A number for the answer to a question that is kept, negative where there is none. */
  find(kept: string, id: string, name: string): number;
  /** Whether it would be worked out from the same now. Finding out may ask for other answers. */
  holds(answer: number): boolean;
  value(answer: number): unknown;
}

/** Answers to kept questions, by the names of these. */
export interface KeptAnswers {
  /** The answer, worked out if need be; null where there is no such question or it is being worked out. */
  again(kept: string, id: string, name: string): Read | null;
  /** The answer if it is known. */
  peek(kept: string, id: string, name: string): Read | null;
}

export class Memo<C> implements KeptAnswers {
  /** How many cells were computed since this was last set to 0. Counts work in tests. */
  computed = 0;
  private readonly context: () => C;
  private revision = 1;
  private readonly inputs = new Map<string, Map<string, Cell<C>>>();
  private readonly answers = new Map<Question<C, unknown>, Map<string, Cell<C>>>();
  private readonly named = new Map<Question<C, unknown>, Map<string, Map<string, Cell<C>>>>();
  private recall: Recall | null = null;
  /** Kept questions that belong to this memory only, by name. */
  private readonly own = new Map<string, Question<C, unknown>>();
  /** Work that is known to those only who ask for it, by what it is about and who asks. */
  private readonly kept = new Map<string, WeakMap<object, Cell<C>>>();
  private readonly watched = new Map<Question<C, unknown>, (id: string) => void>();
  /** The cell being computed now. */
  private reader: Cell<C> | null = null;
  private readings = 0;
  /** Answers that marking has stopped at, with the revision at which they had last changed. */
  private readonly walls = new Map<Cell<C>, number>();

  /** `context` gives what answers are worked out from. */
  constructor(context: () => C) {
    this.context = context;
  }

  /** Sets the input `id` of a kind. Readers are affected only if `same` says it differs from the value before. */
  set<T>(kind: string, id: string, value: T, same: (a: T, b: T) => boolean = Object.is): void {
    const cells = tableIn(this.inputs, kind);
    const cell = cells.get(id);
    if (!cell) {
      this.revision++;
      cells.set(id, new Cell<C>(null, id, kind, value, this.revision));
      return;
    }
    const changed = !same(cell.value as T, value);
    cell.value = value;
    if (!changed) return;
    this.revision++;
    cell.changedAt = this.revision;
    this.markStale(cell, true);
  }

  /**
   * Gives an input its first value, found only now because nobody could have read it before. Unlike `set` this may happen while answers are worked out.
   */
  provide<T>(kind: string, id: string, value: T): void {
    this.inputCell(kind, id).value = value;
  }

  /** Something about an input that is told by nothing else has changed; whoever read it is affected. */
  touch(kind: string, id: string): void {
    const cell = this.inputs.get(kind)?.get(id);
    if (!cell) return;
    this.revision++;
    cell.changedAt = this.revision;
    this.markStale(cell, true);
  }

  /** Forgets an input; whoever reads it next gets `undefined`. */
  unset(kind: string, id: string): void {
    if (this.inputs.get(kind)?.has(id)) this.set(kind, id, undefined);
  }

  /** The value of an input, `undefined` where it was never set. Reading it is recorded. */
  input<T>(kind: string, id: string): T | undefined {
    return this.read(this.inputCell(kind, id)) as T | undefined;
  }

  /** Reads an input as `input` does, for those who read it again and again. */
  inputReader<T>(kind: string, id: string): () => T | undefined {
    const cell = this.inputCell(kind, id);
    return () => this.read(cell) as T | undefined;
  }

  private read(cell: Cell<C>): unknown {
    this.record(cell);
    return cell.value;
  }

  private inputCell(kind: string, id: string): Cell<C> {
    const cells = tableIn(this.inputs, kind);
    let cell = cells.get(id);
    if (!cell) {
      cell = new Cell<C>(null, id, kind, undefined, this.revision);
      cells.set(id, cell);
    }
    return cell;
  }

  /** The answer about `id`: the stored one where nothing it read has changed, otherwise a new one. Equal answers keep the old object. */
  get<T>(asked: Question<C, T>, id: string): T | undefined {
    return this.answer(asked as Question<C, unknown>, tableIn(this.answers, asked as never), id, id, "") as T;
  }

  /**
   * Whether the answer about `id` is there and known to be right, so that asking for it costs nothing. Not recorded: what is computed must not differ by it,
   * only the way there.
   */
  knows<T>(asked: Question<C, T>, id: string): boolean {
    const cell = this.answers.get(asked as Question<C, unknown>)?.get(id);
    return cell !== undefined && !cell.running && !cell.stale && cell.changedAt !== 0;
  }

  /** Whether the answer about `id` is being worked out. Not recorded, as with `knows`. */
  isUnderWay<T>(asked: Question<C, T>, id: string): boolean {
    return this.answers.get(asked as Question<C, unknown>)?.get(id)?.running ?? false;
  }

  /** The answer about `name` in `id`. */
  getNamed<T>(asked: Question<C, T>, id: string, name: string): T | undefined {
    const cells = tableIn(tableIn(this.named, asked as never) as Map<string, Map<string, Cell<C>>>, id);
    return this.answer(asked as Question<C, unknown>, cells, name, id, name) as T;
  }

  /**
   * What `work` about `id` gave when it was last run for that asker, where nothing it read has changed; otherwise it is run. For what is worked out above the
   * questions, such as findings. It must read through cells whatever may change.
   */
  keep<T>(asker: object, id: string, work: () => T): T {
    let cells = this.kept.get(id);
    if (!cells) {
      cells = new WeakMap();
      this.kept.set(id, cells);
    }
    let cell = cells.get(asker);
    if (!cell) {
      cell = new Cell<C>(KEPT as Question<C, unknown>, id, "", undefined, 0);
      cells.set(asker, cell);
    }
    if (cell.running) return work();
    if (cell.stale) this.refresh(cell, work);
    this.record(cell);
    return cell.value as T;
  }

  /** Lets go of everything that was kept about `id`. */
  forget(id: string): void {
    this.kept.delete(id);
  }

  /** Begins anew with nothing but the inputs, and takes answers from an earlier run from now on where they hold for these. */
  recollect(recall: Recall | null): void {
    for (const asked of [...this.answers.keys(), ...this.named.keys()]) {
      this.answers.delete(asked);
      this.named.delete(asked);
    }
    this.kept.clear();
    for (const cells of this.inputs.values()) for (const cell of cells.values()) cell.readers = [];
    this.recall = recall;
  }

  /** Has `again` know a question that is kept and made for this memory alone. */
  offer<T>(asked: Question<C, T>): void {
    this.own.set(asked.kept!, asked as Question<C, unknown>);
  }

  again(kept: string, id: string, name: string): Read | null {
    const asked = this.keptQuestion(kept);
    if (!asked) return null;
    const cells = this.cellsOf(asked, id, name);
    const key = name === "" ? id : name;
    this.answer(asked, cells, key, id, name);
    const cell = cells.get(key)!;
    return cell.running ? null : cell;
  }

  peek(kept: string, id: string, name: string): Read | null {
    const asked = this.keptQuestion(kept);
    const table = name === "" ? asked && this.answers.get(asked) : asked && this.named.get(asked)?.get(id);
    const cell = table?.get(name === "" ? id : name);
    return cell && !cell.running && cell.changedAt !== 0 ? cell : null;
  }

  private keptQuestion(kept: string): Question<C, unknown> | undefined {
    return this.own.get(kept) ?? (keptQuestions.get(kept) as Question<C, unknown> | undefined);
  }

  private cellsOf(asked: Question<C, unknown>, id: string, name: string): Map<string, Cell<C>> {
    if (name === "") return tableIn(this.answers, asked);
    return tableIn(tableIn(this.named, asked as never) as Map<string, Map<string, Cell<C>>>, id);
  }

  /** `told` is called with the identifier whenever an answer to the question may have changed. It must ask nothing. */
  watch<T>(asked: Question<C, T>, told: (id: string) => void): void {
    this.watched.set(asked as Question<C, unknown>, told);
  }

  /** Has an answer worked out again when it is next asked for, although nothing it read through cells may have changed. */
  invalidate<T>(asked: Question<C, T>, id: string): void {
    const cell = this.answers.get(asked as Question<C, unknown>)?.get(id);
    if (!cell || cell.running) return;
    cell.reads = null;
    if (cell.stale) return;
    cell.stale = true;
    this.markStale(cell, false);
  }

  /**
   * To be called when inputs have been set, before anything is asked: finds out which of the answers right behind them have changed. Where the work is for more than `most`, all of them count as
   * changed until somebody asks.
   */
  settle(most: number): void {
    const walls = [...this.walls];
    this.walls.clear();
    const isFew = walls.filter(([{ question }]) => !question!.handsOn).length <= most;
    for (const [cell, before] of walls) {
      // What this one turns out to be must be newer than what was worked out on the way to others.
      this.revision++;
      if (isFew) {
        try {
          this.refresh(cell);
        } catch {
          // It fails again for whoever asks.
        }
      }
      if (cell.stale || cell.changedAt !== before) this.markStale(cell, false);
    }
    this.revision++;
  }

  /** Tells one computation from the next: what was read in one is not read by another that finds it in a variable. */
  get reading(): number {
    return this.reader?.reading ?? 0;
  }

  /** Runs `work`, and gives with its result what it read. The trace holds until the next change of an input. */
  traced<T>(work: () => T): { readonly value: T; readonly reads: Trace } {
    const root = new Cell<C>(null, "", "", undefined, 0);
    root.reads = [];
    root.reading = ++this.readings;
    const outer = this.reader;
    this.reader = root;
    try {
      return { value: work(), reads: root.reads };
    } finally {
      this.reader = outer;
    }
  }

  /** Runs `work` beside the computation under way, which does not depend on what it reads. */
  aside(work: () => void): void {
    const outer = this.reader;
    this.reader = null;
    try {
      work();
    } finally {
      this.reader = outer;
    }
  }

  /** Records for the work under way that it depends on what other work has read. */
  depend(reads: Trace): void {
    for (const read of reads) this.record(read as Cell<C>);
  }

  private answer(asked: Question<C, unknown>, cells: Map<string, Cell<C>>, key: string, id: string, name: string) {
    let cell = cells.get(key);
    if (!cell) {
      cell = new Cell<C>(asked, id, name, undefined, 0);
      cells.set(key, cell);
      if (this.recall !== null && asked.kept !== undefined) this.take(cell, asked.kept, this.recall);
    }
    if (cell.running) return undefined;
    if (cell.stale) this.refresh(cell);
    this.record(cell);
    return cell.value;
  }

  /** Takes the answer of the earlier run where it holds. */
  private take(cell: Cell<C>, kept: string, recall: Recall): void {
    const answer = recall.find(kept, cell.id, cell.name);
    if (answer < 0) return;
    let holds = false;
    cell.running = true;
    this.aside(() => {
      holds = recall.holds(answer);
    });
    cell.running = false;
    if (!holds) return;
    cell.value = recall.value(answer);
    cell.recalled = answer;
    cell.reads = [];
    cell.changedAt = this.revision;
    cell.checkedAt = this.revision;
    cell.stale = false;
  }

  private record(cell: Cell<C>): void {
    const { reader } = this;
    if (reader === null || cell.lastReading === reader.reading) return;
    cell.lastReading = reader.reading;
    reader.reads!.push(cell);
    // A trace is no answer, and nobody asks whether it is stale.
    if (reader.question !== null) cell.readers.push(reader);
  }

  /** Brings a derived cell up to date with the current revision. */
  private refresh(cell: Cell<C>, work: (() => unknown) | null = null): void {
    const { question } = cell;
    if (question === null || !cell.stale || cell.running) return;
    if (cell.changedAt !== 0 && cell.reads && !this.readsChanged(cell)) {
      cell.checkedAt = this.revision;
      cell.stale = false;
      return;
    }
    const outer = this.reader;
    cell.reads = [];
    cell.reading = ++this.readings;
    cell.running = true;
    this.reader = cell;
    if (!question.handsOn) this.computed++;
    let done = false;
    try {
      const value = work ? work() : question.compute(this.context(), cell.id, cell.name);
      done = true;
      if (cell.changedAt === 0 || !question.same(cell.value, value)) {
        cell.value = value;
        cell.changedAt = this.revision;
      }
      cell.checkedAt = this.revision;
      cell.stale = false;
    } finally {
      this.reader = outer;
      cell.running = false;
      // What was read up to a failure says nothing about the value from before.
      if (!done) cell.reads = null;
    }
  }

  /** Marks everything that may depend on a cell; with `first`, up to the first answers that are compared by content. */
  private markStale(changed: Cell<C>, first: boolean): void {
    const open = [changed];
    for (let cell = open.pop(); cell; cell = open.pop()) {
      // Each computation of a reader has left an entry; what is marked anyway is the time to tidy up.
      if (cell.readers.length > TIDY_FROM) cell.readers = [...new Set(cell.readers)];
      for (const reader of cell.readers) {
        if (reader.stale) continue;
        reader.stale = true;
        const question = reader.question!;
        if (this.watched.size > 0) this.watched.get(question)?.(reader.id);
        if (first && comparesContent(question)) this.walls.set(reader, reader.changedAt);
        else open.push(reader);
      }
    }
  }

  private readsChanged(cell: Cell<C>): boolean {
    const since = cell.checkedAt;
    cell.running = true;
    try {
      for (const read of cell.reads!) {
        if (read.stale) this.refresh(read);
        if (read.changedAt > since) return true;
      }
      return false;
    } finally {
      cell.running = false;
    }
  }
}

const TIDY_FROM = 64;

function comparesContent({ same }: Question<never, unknown>): boolean {
  return same !== Object.is && same !== KEPT.same;
}

/** The question of all work that is kept; each time it is done its result counts as another. */
const KEPT: Question<unknown, unknown> = { compute: () => undefined, same: () => false };

function tableIn<K, V>(tables: Map<K, Map<string, V>>, key: K): Map<string, V> {
  let table = tables.get(key);
  if (!table) {
    table = new Map();
    tables.set(key, table);
  }
  return table;
}
