/**
 * Which files of a project to read first: those that open documents import, and what these import in turn. Most of what is found in a document is decided
 * there, so that something can be said of it long before everything is read.
 *
 * Imports are looked for by pattern and resolved by the end of a path: a guess, which costs nothing but time where it is wrong.
 */
export class Nearest {
  /** Paths by their last two parts as in a dotted name. */
  private readonly byName = new Map<string, string[]>();
  private readonly seen = new Set<string>();
  private readonly followed = new Set<string>();
  private readonly queue: string[] = [];

  /** `paths` of all files, relative to the project, forward slashes. */
  constructor(paths: Iterable<string>) {
    for (const path of paths) {
      const parts = path.replace(/(\/__init__)?\.pyi?$/, "").split("/");
      const name = parts.slice(-2).join(".");
      const known = this.byName.get(name);
      if (known) known.push(path);
      else this.byName.set(name, [path]);
    }
  }

  /** Puts what a file imports behind what is near already. */
  follow(path: string, text: string): void {
    if (this.followed.has(path)) return;
    this.followed.add(path);
    this.seen.add(path);
    for (const name of importedBy(path, text))
      for (const found of this.byName.get(name) ?? []) {
        if (this.seen.has(found)) continue;
        this.seen.add(found);
        this.queue.push(found);
      }
  }

  /** The next file to read, nearest first; undefined where nothing more is imported. */
  next(): string | undefined {
    return this.queue.shift();
  }
}

const IMPORT = /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+([^#\n]*)|import[ \t]+([\w., \t]+))/gm;

/** The last two parts of each dotted name that may be a module imported by a file. */
function* importedBy(path: string, text: string): Generator<string> {
  for (const [, dots, from, members, names] of text.matchAll(IMPORT)) {
    if (names !== undefined) {
      for (const name of names.split(",")) yield lastTwo(name.trim().split(/\s/, 1)[0]!);
      continue;
    }
    const folder = dots ? path.split("/").slice(0, -dots.length) : [];
    const base = [...folder, ...(from ? from.split(".") : [])].join(".");
    yield lastTwo(base);
    for (const member of members?.match(/\w+/g) ?? []) yield lastTwo(`${base}.${member}`);
  }
}

function lastTwo(dotted: string): string {
  return dotted.split(".").slice(-2).join(".");
}
