/** One value that remembers what it was computed from, see `memo.ts`, which alone makes and changes them. */

/** What can be asked about identifiers: how the answer is worked out, and which answers count as the same. `C` is what answers are worked out from. */
export interface Question<C, T> {
  readonly compute: (context: C, id: string, name: string) => T;
  readonly same: (a: T, b: T) => boolean;
  /** It only hands on what is worked out and remembered elsewhere, and does not count as work. */
  readonly handsOn?: true;
  /** Where answers may outlive the run: the name of the question, which no other has. They are plain data, equal exactly where their JSON is. */
  readonly kept?: string;
}

/** What a piece of work read, each with what it read in turn. */
export type Trace = readonly Read[];

/** An input or an answer that was read. */
export interface Read {
  /** Null for inputs. */
  readonly question: { readonly kept?: string } | null;
  readonly id: string;
  /** For inputs their kind; for answers the name they were asked about, empty where there is none. */
  readonly name: string;
  readonly value: unknown;
  /** Null for inputs. */
  readonly reads: Trace | null;
  /** The number of the answer of an earlier run that it was taken from, negative where it was worked out. */
  readonly recalled: number;
}

export class Cell<C> implements Read {
  value: unknown;
  /** Revision at which the value last became a different one; 0 means never computed. */
  changedAt: number;
  /** Revision at which the value was last known to be right. */
  checkedAt = 0;
  reads: Cell<C>[] | null = null;
  running = false;
  /** Whether something it may depend on has changed since it was last known to be right. Inputs never are. */
  stale: boolean;
  /** Cells that read this one, some perhaps in an earlier computation only, some more than once. */
  readers: Cell<C>[] = [];
  /** Number of the computation under way or last done, and of the one that last read this: to note each cell that is read once. */
  reading = 0;
  lastReading = 0;
  recalled = -1;
  /** Null for inputs. */
  readonly question: Question<C, unknown> | null;
  readonly id: string;
  readonly name: string;

  constructor(question: Question<C, unknown> | null, id: string, name: string, value: unknown, changedAt: number) {
    this.question = question;
    this.id = id;
    this.name = name;
    this.value = value;
    this.changedAt = changedAt;
    this.stale = question !== null;
  }
}
