/** Two texts as a unified diff, as `git apply` and `patch` read it. Lines are compared as they are, line ends included. */

/** Lines around a change. */
const CONTEXT = 3;

/** Empty where the texts are the same. `path` is shown on both sides, behind `a/` and `b/`. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const old = linesOf(before);
  const fresh = linesOf(after);
  const steps = stepsBetween(old, fresh);
  const hunks = hunksOf(steps);
  if (hunks.length === 0) return "";
  const parts = [`--- a/${path}\n+++ b/${path}\n`];
  for (const [from, to] of hunks) {
    const own = steps.slice(from, to);
    const removed = own.filter(({ sign }) => sign !== "+").length;
    const added = own.filter(({ sign }) => sign !== "-").length;
    const { a, b } = own[0]!;
    parts.push(`@@ -${rangeOf(a, removed)} +${rangeOf(b, added)} @@\n`);
    for (const { sign, a, b } of own) {
      const line = sign === "+" ? fresh[b]! : old[a]!;
      parts.push(line.endsWith("\n") ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`);
    }
  }
  return parts.join("");
}

interface Step {
  readonly sign: " " | "-" | "+";
  /** Index of the line in the old text, or of the one it would stand before. */
  readonly a: number;
  readonly b: number;
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

function rangeOf(start: number, count: number): string {
  // An empty range names the line before it.
  return count === 1 ? `${start + 1}` : `${count === 0 ? start : start + 1},${count}`;
}

/** The steps of a shortest edit script: Myers, "An O(ND) Difference Algorithm", 1986, on what is left between equal ends. */
function stepsBetween(old: readonly string[], fresh: readonly string[]): readonly Step[] {
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < fresh.length - start &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  )
    end++;
  const n = old.length - end;
  const m = fresh.length - end;
  const steps: Step[] = [];
  for (let i = 0; i < start; i++) steps.push({ sign: " ", a: i, b: i });
  steps.push(...middleSteps(old, fresh, start, n, m));
  for (let i = 0; i < end; i++) steps.push({ sign: " ", a: n + i, b: m + i });
  return steps;
}

function middleSteps(old: readonly string[], fresh: readonly string[], start: number, n: number, m: number): Step[] {
  const furthest = new Map<number, number>([[1, start]]);
  const trail: ReadonlyMap<number, number>[] = [];
  const goesDown = (known: ReadonlyMap<number, number>, k: number, depth: number): boolean =>
    k === -depth || (k !== depth && (known.get(k - 1) ?? -1) < (known.get(k + 1) ?? -1));
  for (let depth = 0; ; depth++) {
    trail.push(new Map(furthest));
    for (let k = -depth; k <= depth; k += 2) {
      let x = goesDown(furthest, k, depth) ? furthest.get(k + 1)! : furthest.get(k - 1)! + 1;
      while (x < n && x - k < m && old[x] === fresh[x - k]) x++;
      furthest.set(k, x);
      if (x < n || x - k < m) continue;
      return walkedBack(trail, start, n, m, goesDown);
    }
  }
}

function walkedBack(
  trail: readonly ReadonlyMap<number, number>[],
  start: number,
  n: number,
  m: number,
  goesDown: (known: ReadonlyMap<number, number>, k: number, depth: number) => boolean,
): Step[] {
  const steps: Step[] = [];
  let a = n;
  let b = m;
  for (let depth = trail.length - 1; depth >= 0; depth--) {
    const known = trail[depth]!;
    const k = a - b;
    const down = goesDown(known, k, depth);
    const from = depth === 0 ? start : down ? known.get(k + 1)! : known.get(k - 1)!;
    const fromB = depth === 0 ? start : from - (down ? k + 1 : k - 1);
    while (a > from && b > fromB) steps.push({ sign: " ", a: --a, b: --b });
    if (depth === 0) break;
    if (down) steps.push({ sign: "+", a, b: --b });
    else steps.push({ sign: "-", a: --a, b });
  }
  return steps.reverse();
}

/** Ranges of steps around changes, with context; those that touch are one. */
function hunksOf(steps: readonly Step[]): readonly (readonly [number, number])[] {
  const hunks: [number, number][] = [];
  for (const [i, { sign }] of steps.entries()) {
    if (sign === " ") continue;
    const from = Math.max(0, i - CONTEXT);
    const to = Math.min(steps.length, i + CONTEXT + 1);
    const last = hunks.at(-1);
    if (last && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  }
  return hunks;
}
