/**
 * Values that remember what they were computed from.
 *
 * A cell is a named value with the cells it read. After an edit nothing is recomputed until somebody asks; then a cell first asks
 * whether anything it read has really changed, and keeps its value if not. A recomputed value that equals the old one
 * stops the spread there. Inputs are cells set from outside.
 *
 * Reading a cell while it is being computed gives `undefined`: callers that can recurse bound their recursion in the key.
 */
export class Memo {
  /** How many cells were computed since this was last set to 0. Counts work in tests. */
  computed = 0;
  private revision = 1;
  private readonly cells = new Map<string, Cell>();
  private readonly stack: Cell[] = [];

  /** Sets an input. Readers are affected only if `same` says it differs from the value before. */
  set<T>(key: string, value: T, same: (a: T, b: T) => boolean = Object.is): void {
    const cell = this.cells.get(key);
    if (!cell) {
      this.revision++;
      this.cells.set(key, { value, changedAt: this.revision, checkedAt: this.revision, reads: null, running: false });
      return;
    }
    const changed = cell.changedAt === 0 || !same(cell.value as T, value);
    cell.value = value;
    cell.reads = null;
    if (changed) {
      this.revision++;
      cell.changedAt = this.revision;
    }
  }

  /** Forgets an input; whoever reads it next gets `undefined`. */
  unset(key: string): void {
    if (this.cells.has(key)) this.set(key, undefined);
  }

  /** The value of an input, `undefined` where it was never set. Reading it is recorded. */
  input<T>(key: string): T | undefined {
    let cell = this.cells.get(key);
    if (!cell) {
      cell = { value: undefined, changedAt: this.revision, checkedAt: this.revision, reads: null, running: false };
      this.cells.set(key, cell);
    }
    this.record(cell);
    return cell.value as T | undefined;
  }

  /**
   * The value of a derived cell: the stored one where nothing it read has changed, otherwise `compute()` anew.
   * `same` decides whether a new value counts as a change; equal ones keep the old object.
   */
  get<T>(key: string, compute: () => T, same: (a: T, b: T) => boolean = Object.is): T | undefined {
    let cell = this.cells.get(key);
    if (!cell) {
      cell = { value: undefined, changedAt: 0, checkedAt: 0, reads: null, running: false };
      this.cells.set(key, cell);
    }
    if (cell.running) return undefined;
    cell.compute = compute;
    cell.same = same as (a: unknown, b: unknown) => boolean;
    this.refresh(cell);
    this.record(cell);
    return cell.value as T;
  }

  private record(cell: Cell): void {
    const reader = this.stack[this.stack.length - 1];
    if (reader?.reads && reader.reads[reader.reads.length - 1] !== cell) reader.reads.push(cell);
  }

  /** Brings a derived cell up to date with the current revision. */
  private refresh(cell: Cell): void {
    if (!cell.compute || cell.checkedAt === this.revision || cell.running) return;
    if (cell.changedAt !== 0 && cell.reads && !this.readsChanged(cell)) {
      cell.checkedAt = this.revision;
      return;
    }
    const reads: Cell[] = [];
    cell.reads = reads;
    cell.running = true;
    this.stack.push(cell);
    this.computed++;
    try {
      const value = cell.compute();
      if (cell.changedAt === 0 || !cell.same!(cell.value, value)) {
        cell.value = value;
        cell.changedAt = this.revision;
      }
      cell.checkedAt = this.revision;
    } finally {
      this.stack.pop();
      cell.running = false;
    }
  }

  private readsChanged(cell: Cell): boolean {
    const since = cell.checkedAt;
    cell.running = true;
    try {
      for (const read of cell.reads!) {
        this.refresh(read);
        if (read.changedAt > since) return true;
      }
      return false;
    } finally {
      cell.running = false;
    }
  }
}

interface Cell {
  value: unknown;
  /** Revision at which the value last became a different one; 0 means never computed. */
  changedAt: number;
  /** Revision at which the value was last known to be right. */
  checkedAt: number;
  reads: Cell[] | null;
  running: boolean;
  compute?: () => unknown;
  same?: (a: unknown, b: unknown) => boolean;
}
