/**
 * The declarations of files that are being edited, read name by name.
 *
 * Whoever asks an outline for one function, class or name depends on that one and not on all that the file declares, so that another parameter somewhere
 * concerns only those who look at its function. Going through all of something depends on all of the file's declarations, as any other reading does.
 */
import { type Memo, type Question, question } from "./base/memo.ts";
import type { Outline } from "./names/outline.ts";
import type { Program } from "./names/program.ts";
import { bindingsShape, classShape, declaredShape, functionShape } from "./names/shapes.ts";

export class LiveOutlines {
  private readonly memo: Memo<Program>;
  private readonly now: (key: string) => Outline | undefined;
  private readonly all: (key: string) => void;
  private readonly known = new Map<string, Outline>();

  /** `now` gives the outline of a current file, and `all` records that all of it is depended on; neither is called before an outline is asked for. */
  constructor(memo: Memo<Program>, now: (key: string) => Outline | undefined, all: (key: string) => void) {
    this.memo = memo;
    this.now = now;
    this.all = all;
  }

  /** The outline of a file that is there. */
  of(key: string): Outline {
    let outline = this.known.get(key);
    if (!outline) {
      outline = this.create(key);
      this.known.set(key, outline);
    }
    return outline;
  }

  private create(key: string): Outline {
    const { now, all } = this;
    const whole = (): Outline => {
      all(key);
      return now(key)!;
    };
    const part = <V>(asked: Question<Program, string | null>, table: (outline: Outline) => ReadonlyMap<string, V>) =>
      new LiveMap<V>(
        (name) => {
          this.memo.getNamed(asked, key, name);
          return now(key) && table(now(key)!).get(name);
        },
        () => table(whole()),
      );
    const outline: Outline = {
      get origin() {
        return now(key)!.origin;
      },
      names: part(this.shape("names", bindingsShape), ({ names }) => names),
      classes: part(this.shape("classes", classShape), ({ classes }) => classes),
      functions: part(this.shape("functions", functionShape), ({ functions }) => functions),
      declared: part(this.shape("declared", declaredShape), ({ declared }) => declared),
      globalAssigned: part(this.shape("globalAssigned", bindingsShape), ({ globalAssigned }) => globalAssigned),
      get stars() {
        return whole().stars;
      },
      get localImports() {
        return whole().localImports;
      },
      get exports() {
        return whole().exports;
      },
      get given() {
        return whole().given;
      },
      get called() {
        return whole().called;
      },
      get signature() {
        return whole().signature;
      },
    };
    return outline;
  }

  private readonly questions = new Map<string, Question<Program, string | null>>();

  /** The question for the shape of what a table of an outline has under a name. */
  private shape<K extends Table, V>(table: K, shapeOf: (value: V) => string): Question<Program, string | null> {
    const known = this.questions.get(table);
    if (known) return known;
    const asked: Question<Program, string | null> = {
      ...question((_: Program, key: string, name: string) => {
        this.all(key);
        const found = (this.now(key)?.[table] as ReadonlyMap<string, V> | undefined)?.get(name);
        return found === undefined ? null : shapeOf(found);
      }, sameShape),
      handsOn: true,
    };
    this.questions.set(table, asked);
    return asked;
  }
}

/** Told apart from identity, so that marking stops at shapes that are the same. */
function sameShape(a: string | null, b: string | null): boolean {
  return a === b;
}

type Table = "names" | "classes" | "functions" | "declared" | "globalAssigned";

/** A map that knows whether one of its values is read or all of them. */
class LiveMap<V> implements ReadonlyMap<string, V> {
  private readonly one: (name: string) => V | undefined;
  private readonly whole: () => ReadonlyMap<string, V>;

  constructor(one: (name: string) => V | undefined, whole: () => ReadonlyMap<string, V>) {
    this.one = one;
    this.whole = whole;
  }

  get(name: string): V | undefined {
    return this.one(name);
  }

  has(name: string): boolean {
    return this.one(name) !== undefined;
  }

  get size(): number {
    return this.whole().size;
  }

  forEach(visit: (value: V, name: string, map: ReadonlyMap<string, V>) => void): void {
    this.whole().forEach(visit);
  }

  entries(): ReturnType<ReadonlyMap<string, V>["entries"]> {
    return this.whole().entries();
  }

  keys(): ReturnType<ReadonlyMap<string, V>["keys"]> {
    return this.whole().keys();
  }

  values(): ReturnType<ReadonlyMap<string, V>["values"]> {
    return this.whole().values();
  }

  [Symbol.iterator](): ReturnType<ReadonlyMap<string, V>["entries"]> {
    return this.whole().entries();
  }
}
